package io.github.medgs.benchmarks;

import io.github.medgs.engine.AdamMoments;
import io.github.medgs.engine.Engine;
import io.github.medgs.engine.choice.EngineChoice;
import io.github.medgs.engine.TrainingSession;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;

/**
 * What a step costs, measured as processor time of the one thread that works, so that the table can be made on a machine
 * that does other things too. Engines take turns in rounds, and the least time of a step is taken, once all have settled:
 * the compiler takes seconds to be through, and on a busy machine longer. What has not settled by the last round is
 * marked.
 *
 * <p>Arguments: engines and workloads, for example {@code reference vector recipe-128 published-256x100000}.
 */
public final class CostTable {

    /** Of processor time: a busy machine takes longer for a round, and does no less in it. */
    private static final double ROUND_MILLISECONDS = 1000;
    private static final int FEWEST_ROUNDS = 4;
    private static final int MOST_ROUNDS = 40;
    /** Rounds that must have brought no more than this share. */
    private static final int QUIET_ROUNDS = 3;
    private static final double QUIET = 0.03;

    private CostTable() {}

    /** One engine on one workload. */
    private static final class Subject implements AutoCloseable {
        final String engineName;
        final Workload workload;
        final Engine engine;
        final TrainingSession session;
        int iteration;
        double least = Double.POSITIVE_INFINITY;
        int quietRounds;

        Subject(String engineName, String workloadName) {
            this.engineName = engineName;
            workload = Workload.named(workloadName);
            engine = EngineChoice.open(engineName, 1, null).engine();
            session = engine.train(workload.gaussians(),
                    new AdamMoments(workload.gaussians().form().rows(), workload.gaussians().capacity()));
        }

        void round() {
            double before = least;
            double end = processorTime() + ROUND_MILLISECONDS;
            double began;
            do {
                began = processorTime();
                session.step(workload.at(++iteration));
                least = Math.min(least, processorTime() - began);
            } while (began < end);
            quietRounds = least < (1 - QUIET) * before ? 0 : quietRounds + 1;
        }

        boolean settled() {
            return quietRounds >= QUIET_ROUNDS;
        }

        @Override
        public void close() {
            session.close();
            engine.close();
        }
    }

    public static void main(String[] arguments) {
        String[] engines = Arrays.stream(arguments).filter(a -> !a.contains("-")).toArray(String[]::new);
        String[] workloads = Arrays.stream(arguments).filter(a -> a.contains("-")).toArray(String[]::new);
        System.out.println("| workload | engine | Gaussians | processor ms a step | heap after, MB |");
        System.out.println("|---|---|---|---|---|");
        for (String workload : workloads) {
            Subject[] subjects =
                    Arrays.stream(engines).map(engine -> new Subject(engine, workload)).toArray(Subject[]::new);
            for (int round = 0; round < FEWEST_ROUNDS
                    || round < MOST_ROUNDS && !Arrays.stream(subjects).allMatch(Subject::settled); round++) {
                for (Subject subject : subjects) {
                    subject.round();
                }
            }
            for (Subject subject : subjects) {
                System.gc();
                long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
                System.out.printf(Locale.ROOT, "| %s | %s | %d | %.2f%s | %d |%n", workload, subject.engineName,
                        subject.workload.gaussians().count(), subject.least,
                        subject.settled() ? "" : " (not settled: still getting faster)", used >> 20);
            }
            Arrays.stream(subjects).forEach(Subject::close);
        }
    }

    /** Of this thread, in milliseconds. */
    private static double processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e6;
    }
}
