package io.github.medgs.cli;

import io.github.medgs.cohort.CohortStatus;
import io.github.medgs.cohort.CohortStatus.Phase;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code medgs cohort status}: how far a cohort is, from its files alone. */
@Command(name = "status", description = "Say how far a cohort is: done, running, failed and why, waiting, time to go.",
        mixinStandardHelpOptions = true)
final class CohortStatusCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "DIR", description = "the folder that medgs cohort writes into")
    private Path folder;

    @Override
    public Integer call() throws Exception {
        CohortStatus status = CohortStatus.of(folder);
        System.out.println(status.entries().size() + " subjects: " + status.count(Phase.DONE) + " done, "
                + status.count(Phase.RUNNING) + " running, " + status.count(Phase.FAILED) + " failed, "
                + status.count(Phase.WAITING) + " waiting");
        for (CohortStatus.Entry entry : status.entries()) {
            if (entry.phase() == Phase.FAILED) {
                System.out.println(Console.shown("failed   " + entry.id() + ": " + entry.reason()));
            } else if (entry.phase() == Phase.RUNNING) {
                System.out.println(Console.shown("running  " + entry.id() + ", for " + Console.clock(entry.seconds())));
            }
        }
        double left = status.secondsToGo();
        if (Double.isFinite(left)) {
            System.out.println("to go    about " + Console.clock(left));
        } else if (status.count(Phase.WAITING) > 0 && status.count(Phase.RUNNING) == 0) {
            System.out.println("nobody works on it: run medgs cohort again to do what waits");
        }
        System.out.flush();
        return status.count(Phase.FAILED) > 0 ? CohortCommand.SOME_FAILED : Main.DONE;
    }
}
