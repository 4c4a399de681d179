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
 * that does other things too. Times of several rounds are interleaved, and the least is taken.
 *
 * <p>Arguments: engines and workloads, for example {@code reference vector recipe-128 published-256x100000}.
 */
public final class CostTable {

    private static final int ROUNDS = 4;
    private static final long ROUND_NANOSECONDS = 1_000_000_000L;

    private CostTable() {}

    /** One engine on one workload. */
    private static final class Subject implements AutoCloseable {
        final String engineName;
        final Workload workload;
        final Engine engine;
        final TrainingSession session;
        int iteration;
        double least = Double.POSITIVE_INFINITY;

        Subject(String engineName, String workloadName) {
            this.engineName = engineName;
            workload = Workload.named(workloadName);
            engine = EngineChoice.open(engineName, 1, null).engine();
            session = engine.train(workload.gaussians(),
                    new AdamMoments(workload.gaussians().form().rows(), workload.gaussians().capacity()));
        }

        void round() {
            long end = System.nanoTime() + ROUND_NANOSECONDS;
            do {
                long began = processorTime();
                session.step(workload.at(++iteration));
                least = Math.min(least, (processorTime() - began) / 1e6);
            } while (System.nanoTime() < end);
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
            for (int round = 0; round < ROUNDS; round++) {
                for (Subject subject : subjects) {
                    subject.round();
                }
            }
            for (Subject subject : subjects) {
                System.gc();
                long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
                System.out.printf(Locale.ROOT, "| %s | %s | %d | %.2f | %d |%n", workload, subject.engineName,
                        subject.workload.gaussians().count(), subject.least, used >> 20);
            }
            Arrays.stream(subjects).forEach(Subject::close);
        }
    }

    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
