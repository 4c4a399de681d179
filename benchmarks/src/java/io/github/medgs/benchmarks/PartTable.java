package io.github.medgs.benchmarks;

import io.github.medgs.engine.reference.ReferenceParts;
import io.github.medgs.engine.vector.VectorParts;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The parts of a step on one thread, as {@link CostTable} measures whole steps: least processor time, the two engines
 * taking turns. Arguments: workloads.
 */
public final class PartTable {

    private static final int ROUNDS = 4;
    private static final long ROUND_NANOSECONDS = 500_000_000L;

    private PartTable() {}

    public static void main(String[] workloads) {
        System.out.println("| workload | part | reference, ms | vector, ms | ratio |");
        System.out.println("|---|---|---|---|---|");
        for (String name : workloads) {
            Map<String, Double> reference = new TreeMap<>();
            Map<String, Double> vector = new TreeMap<>();
            try (Parts plain = new ReferenceParts(Workload.named(name));
                    Parts fast = new VectorParts(Workload.named(name))) {
                plain.prepare();
                fast.prepare();
                for (int round = 0; round < ROUNDS; round++) {
                    measure(plain, reference);
                    measure(fast, vector);
                }
            }
            reference.forEach((part, time) -> System.out.printf(Locale.ROOT, "| %s | %s | %.3f | %.3f | %.1f |%n",
                    name, part, time, vector.get(part), time / vector.get(part)));
        }
    }

    private static void measure(Parts parts, Map<String, Double> least) {
        measure("fold", () -> {}, parts::fold, least);
        measure("draw", () -> {}, parts::draw, least);
        measure("gradient", parts::draw, parts::gradient, least);
        measure("similarity", () -> {}, parts::similarity, least);
    }

    private static void measure(String part, Runnable before, Runnable timed, Map<String, Double> least) {
        long end = System.nanoTime() + ROUND_NANOSECONDS;
        do {
            before.run();
            long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            timed.run();
            double time = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began) / 1e6;
            least.merge(part, time, Math::min);
        } while (System.nanoTime() < end);
    }
}
