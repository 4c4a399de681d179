package io.github.medgs.cli;

import io.github.medgs.engine.EngineChoice;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code medgs devices}: the engines this machine has, and which one {@code auto} takes, and why. */
@Command(name = "devices", description = "The engines and devices of this machine, and which one auto takes.",
        mixinStandardHelpOptions = true)
final class DevicesCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        for (EngineChoice.Candidate candidate : EngineChoice.survey(Runtime.getRuntime().availableProcessors())) {
            String mark = candidate.automatic() ? "auto" : candidate.available() ? "yes" : "no";
            System.out.printf("%-10s %-5s %s%n", candidate.name(), mark, candidate.reason());
        }
        return Main.DONE;
    }
}
