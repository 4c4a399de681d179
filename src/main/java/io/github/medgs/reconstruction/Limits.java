package io.github.medgs.reconstruction;

import io.github.medgs.InputException;
import io.github.medgs.engine.Engine;
import io.github.medgs.files.ThisProcess;
import io.github.medgs.training.Configs;
import io.github.medgs.training.MemoryEstimate;
import io.github.medgs.training.MemoryEstimate.Sizes;
import io.github.medgs.training.TrainingConfig;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceGeometry;
import io.github.medgs.volume.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Refuses a run that this machine cannot carry through, before it starts, and says what would fit. */
final class Limits {

    /** What the parallel collector keeps back of its heap, a ninth, counts as the run's too. */
    private static final double HEAP_OVER_USABLE = 1.125;

    /** A spread of Gaussians thinner than this is not worth suggesting. */
    private static final int MOST_PIXELS_PER_GAUSSIAN = 64;

    /** Of a block of a file, which fits an array: what does not pack well takes a little more than it is long. */
    private static final long MOST_BYTES = (1L << 31) - (1 << 20);

    private final String subject;
    private final TrainingConfig config;
    private final Sizes sizes;
    private final Engine engine;

    /** @param subject the volume, as the user wrote it */
    Limits(String subject, TrainingConfig config, Sizes sizes, Engine engine) {
        this.subject = subject;
        this.config = config;
        this.sizes = sizes;
        this.engine = engine;
    }

    /**
     * What a run needs.
     *
     * @param heap bytes that it is expected to need
     */
    record Need(Sizes sizes, long heap) {}

    /**
     * Refuses what neither Java's memory nor the disk can take.
     *
     * @param channels that its mask head is likely to have
     * @param drawing how finely it will be drawn afterwards, or {@code null} when it will not
     * @param recipe what it will hold
     * @param engine that it will be learnt with
     * @param folder where results will be written; it need not exist yet
     */
    static Need require(String subject, Volume image, SliceAxis axis, boolean mask, int channels, SliceSpacing drawing,
            DrawingRecipe recipe, TrainingConfig asked, int threads, Engine engine, Path folder) throws IOException {
        Grid grid = image.grid();
        grid.requireProper(subject);
        SliceGeometry geometry = SliceGeometry.of(grid, axis);
        int slices = geometry.positions().length;
        long drawn = drawing == null ? 0 : drawing.positions(geometry).length;
        Limits limits = new Limits(subject, asked.forSlices(slices),
                new Sizes(slices, geometry.height(), geometry.width(), mask, drawn, threads, channels,
                        image.stored().bytes(), drawing == null || recipe.uncertainty()), engine);
        limits.requireArrays(image.stored().bits() != null && recipe.acquired() && !recipe.floats());
        limits.requireMemory(Runtime.getRuntime().maxMemory());
        limits.requireDisk(folder);
        return new Need(limits.sizes, MemoryEstimate.of(limits.config, limits.sizes, engine).heap());
    }

    /**
     * Refuses what no memory could hold, since a Java array has fewer than 2^31 elements: the slices and the Gaussians that
     * a model keeps, and the volume that is drawn.
     *
     * @param keepsBits whether the drawn volume keeps the bits of its voxels, as one does whose input floats round
     */
    void requireArrays(boolean keepsBits) {
        MemoryEstimate needed = MemoryEstimate.of(config, sizes, engine);
        long kept = config.heads().resolve(sizes.mask()).hasImage() ? sizes.voxels() * sizes.stored() : 0;
        if (kept > MOST_BYTES) {
            throw new InputException(subject, "has slices of " + size(kept) + ", and a model keeps at most " + size(MOST_BYTES),
                    "crop it to " + MOST_BYTES / (kept / sizes.slices()) + " slices of this size, or convert it to a type of"
                            + " fewer bytes");
        }
        if (needed.block() > MOST_BYTES) {
            List<String> remedies = new ArrayList<>();
            List<String> quantities = new ArrayList<>();
            addFewerGaussians(remedies, quantities, fewer -> fewer.block() <= MOST_BYTES);
            throw new InputException(subject, "may get Gaussians of " + size(needed.block()) + ", and a model holds at most "
                    + size(MOST_BYTES), remedies.isEmpty() ? "set a smaller density.most" : remedies.getFirst())
                    .naming(quantities.toArray(String[]::new));
        }
        long pixels = (long) sizes.height() * sizes.width();
        long most = (Integer.MAX_VALUE - 8) / (pixels * (keepsBits ? sizes.stored() : 1));
        if (sizes.drawnSlices() > most) {
            List<String> quantities = new ArrayList<>(List.of("factor", "spacing"));
            if (keepsBits) {
                quantities.add("type");
            }
            throw new InputException(subject, "would be drawn as " + sizes.drawnSlices() + " slices of " + sizes.width() + " x "
                    + sizes.height() + ", and a volume holds " + most + " of them", "choose a smaller factor or a larger spacing"
                    + (keepsBits ? ", store floats" : "") + ", or crop it").naming(quantities.toArray(String[]::new));
        }
    }

    /** @param heap bytes that Java may take */
    void requireMemory(long heap) {
        MemoryEstimate needed = MemoryEstimate.of(config, sizes, engine);
        if (needed.heap() <= heap) {
            return;
        }
        List<String> remedies = new ArrayList<>();
        List<String> quantities = new ArrayList<>();
        remedies.add("give it more with " + ThisProcess.withHeap(
                (long) (needed.heap() * HEAP_OVER_USABLE) / (1L << 30) + 1));
        if (Math.max(needed.preparation(), needed.training()) <= heap) {
            long drawn = largest(sizes.drawnSlices(), slices -> fits(sizes.with(sizes.slices(), slices), heap));
            if (drawn >= sizes.slices()) {
                remedies.add("draw at most " + drawn + " slices, with a smaller factor or a larger spacing");
                quantities.addAll(List.of("factor", "spacing"));
            }
        } else {
            addFewerGaussians(remedies, quantities, fewer -> fewer.heap() <= heap);
            double finer = (double) sizes.drawnSlices() / sizes.slices();
            long slices = largest(sizes.slices(),
                    count -> fits(sizes.with((int) count, (long) (count * finer)), heap));
            if (slices > 1) {
                remedies.add("crop it to " + slices + " slices of this size");
            }
        }
        throw new InputException(subject, "needs about " + size(needed.heap()) + " of memory (" + sizes.slices()
                + " slices of " + sizes.width() + " x " + sizes.height() + "), and Java may take " + size(heap),
                String.join(", or ", remedies)).naming(quantities.toArray(String[]::new));
    }

    private void addFewerGaussians(List<String> remedies, List<String> quantities, Predicate<MemoryEstimate> fits) {
        boolean onSlices = config.start().kind() == TrainingConfig.StartKind.SLICES;
        String key = onSlices ? "start.pixelsPerGaussian" : "density.most";
        for (int step = 1; step <= MOST_PIXELS_PER_GAUSSIAN; step++) {
            long value = onSlices ? step : config.density().most() / (step + 1);
            if (onSlices && value <= config.start().pixelsPerGaussian() || value < 1) {
                continue;
            }
            TrainingConfig fewer = Configs.with(config, onSlices ? List.of(key + "=" + value)
                    : List.of(key + "=" + value, "start.gaussians=" + Math.min(config.start().gaussians(), value)));
            if (fits.test(MemoryEstimate.of(fewer, sizes, engine))) {
                remedies.add("use fewer Gaussians by setting " + key + "=" + value + (onSlices ? "" : " and no more"
                        + " start.gaussians than that"));
                quantities.add("set");
                return;
            }
        }
    }

    private boolean fits(Sizes sizes, long heap) {
        return MemoryEstimate.of(config, sizes, engine).heap() <= heap;
    }

    /** The largest number up to a limit for which a falling condition still holds; 0 for none. */
    private static long largest(long limit, LongPredicate fits) {
        long holds = 0;
        long fails = limit + 1;
        while (fails - holds > 1) {
            long middle = (holds + fails) >>> 1;
            if (fits.test(middle)) {
                holds = middle;
            } else {
                fails = middle;
            }
        }
        return holds;
    }

    /** @param folder where results will be written; it need not exist yet */
    void requireDisk(Path folder) throws IOException {
        long needed = MemoryEstimate.of(config, sizes, engine).disk();
        Path existing = folder.toAbsolutePath();
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        long usable = Files.getFileStore(existing).getUsableSpace() + size(folder);
        if (needed > usable) {
            throw new InputException(folder.toString(), "needs about " + size(needed)
                    + " of disk for its checkpoints and results, and there are " + usable / (1 << 20) + " MiB",
                    "make room, or give another folder").naming("output");
        }
    }

    // What an earlier run left there is what this one replaces.
    private static long size(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static String size(long bytes) {
        return bytes < 10L << 30 ? (bytes + (1 << 20) - 1 >> 20) + " MiB" : (bytes >> 30) + " GiB";
    }
}
