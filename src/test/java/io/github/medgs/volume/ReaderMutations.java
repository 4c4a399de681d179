package io.github.medgs.volume;

import com.sun.management.ThreadMXBean;
import io.github.medgs.InputException;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Reads many damaged files with every reader, and holds each reading to the promise: a volume or an {@link
 * InputException} of one line, within ten seconds, without memory beyond the file's honest size.
 *
 * <p>{@link ReaderMutationTest} runs 250 files per reader with a small heap. A thousand, or more with another seed:
 * {@code mvn test -Dtest=ReaderMutationTest -Dmedgs.mutations=1000 -Dmedgs.seed=7}, of some alone with {@code
 * -Dmedgs.samples='jpeg.*'}
 */
final class ReaderMutations {

    /** The samples hold some ten kilobytes; buffers and decoders take the rest. */
    private static final long MOST_BYTES = 32L << 20;

    private static final long MOST_NANOSECONDS = 10_000_000_000L;

    private ReaderMutations() {}

    /** @param arguments how many files per reader, the seed, a folder for the files, and a pattern of samples' names */
    public static void main(String[] arguments) throws IOException {
        int count = Integer.parseInt(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        Path folder = Path.of(arguments[2]);
        int broken = 0;
        for (SampleFiles.Sample sample : SampleFiles.all()) {
            if (sample.name().matches(arguments[3])) {
                broken += run(sample, count, seed, folder);
            }
        }
        System.exit(broken == 0 ? 0 : 1);
    }

    private static int run(SampleFiles.Sample sample, int count, long seed, Path parent) throws IOException {
        Path folder = Files.createDirectories(parent.resolve(sample.name()));
        Path file = sample.writeInto(folder);
        String whole = problem(folder.resolve(sample.target()), true);
        if (whole != null) {
            System.out.println(sample.name() + ": the sample itself: " + whole);
            return 1;
        }
        int broken = 0;
        int volumes = 0;
        long most = 0;
        // One generator's numbers as seeds: neighbouring seeds of Random begin alike.
        SplittableRandom seeds = new SplittableRandom(seed);
        for (int n = 0; n < count; n++) {
            byte[] bytes = sample.mutated(new Random(seeds.nextLong()));
            Files.write(file, bytes);
            long before = allocated();
            String problem = problem(folder.resolve(sample.target()), false);
            most = Math.max(most, allocated() - before);
            if (allocated() - before > MOST_BYTES) {
                problem = "took " + (allocated() - before) + " bytes of memory";
            }
            volumes += problem == null ? 1 : 0;
            if (problem != null && !problem.isEmpty()) {
                broken++;
                System.out.println(sample.name() + " " + n + ": " + problem);
            }
        }
        System.out.println(sample.name() + ": " + count + " mutated files, seed " + seed + ": " + volumes
                + " still volumes, " + (count - volumes - broken) + " refused, " + broken + " broken; at most "
                + (most >> 10) + " KiB allocated");
        return broken;
    }

    // Null for a volume, "" for a refusal in one line, else what is wrong.
    private static String problem(Path path, boolean mustBeVolume) {
        long start = System.nanoTime();
        try {
            VolumeFiles.load(path, SampleFiles.OPTIONS);
            return System.nanoTime() - start > MOST_NANOSECONDS ? "took longer than ten seconds" : null;
        } catch (InputException e) {
            if (mustBeVolume || e.getMessage().lines().count() != 1) {
                return e.getMessage();
            }
            return System.nanoTime() - start > MOST_NANOSECONDS ? "took longer than ten seconds" : "";
        } catch (Throwable e) {
            return e + " at " + List.of(e.getStackTrace()).subList(0, Math.min(4, e.getStackTrace().length));
        }
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    /** A small volume whose bytes are worth breaking. */
    static Volume volume() {
        return Volumes.numbered(12, 10, 5, Volumes.oblique(0.7, 0.9, -3));
    }

    /** What every writer of ours can hold. */
    static final ScalarType TYPE = ScalarType.INT16;
}
