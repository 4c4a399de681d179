package io.github.medgs.engine.tornado;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The kernels of a training step in their order, then the others, for people. Links to no class of TornadoVM, so that it can be read where
 * there is none; a test holds it to the plan.
 */
public final class KernelCatalogue {

    /**
     * One kernel.
     *
     * @param name of the task and of the method
     * @param source the class that it is a method of
     * @param thread what one thread is
     * @param group threads of a group, and what they share
     * @param does what the kernel does
     */
    public record Kernel(String name, String source, String thread, String group, String does) {}

    private static final String TILE = "64: a tile of 8 x 8 pixels, splats in local memory";
    private static final String SUM = "256, sums in local memory";
    private static final String NUMBERS = "256: a tile of 64 x 64, in local memory";

    /** Those of a training step, in its order, after the one that takes the model up. */
    public static final List<Kernel> STEP = List.of(
            new Kernel("accept", "StateKernels", "a Gaussian", "256", "takes the model and the statistics up"),
            new Kernel("fold", "FoldKernels", "a Gaussian at a view's time", "64",
                    "folds and culls; which tiles the ellipse meets"),
            new Kernel("sumSplats", "BinKernels", "16 splats", SUM, "sums the entries of blocks of 4096 splats"),
            new Kernel("number", "BinKernels", "16 splats", SUM, "numbers the entries splat by splat, and lists them"),
            new Kernel("count", "BinKernels", "an entry of a chunk of a view", "64, a round of entries in local memory",
                    "counts entries per tile and chunk"),
            new Kernel("sumBlocks", "ScanKernels", "16 counters", SUM, "sums blocks of 4096 counters"),
            new Kernel("scanBlocks", "ScanKernels", "16 counters", SUM, "prefix sums within each block"),
            new Kernel("fill", "BinKernels", "an entry of a chunk of a view", "64, a round of entries in local memory",
                    "writes the tiles' lists in array order"),
            new Kernel("draw", "DrawKernels", "a pixel of a segment of a tile's list", TILE, "rasterises both heads"),
            new Kernel("compose", "DrawKernels", "a pixel of a view", "64: a tile of 8 x 8 pixels",
                    "puts the segments of each tile together"),
            new Kernel("finishPixels", "DrawKernels", "a pixel of a segment of a tile's list", TILE,
                    "alpha compositing: draws the pixels that a segment finishes"),
            new Kernel("pixelLoss", "LossKernels", "a pixel of a head", SUM, "loss by pixel and its gradient"),
            new Kernel("moments", "SimilarityKernels", "a pixel of a head", "256", "SSIM: five moments along rows"),
            new Kernel("slopes", "SimilarityKernels", "a pixel of a head", SUM, "SSIM: along columns, and its slopes"),
            new Kernel("spreadRows", "SimilarityKernels", "a pixel of a head", "256", "SSIM gradient: along rows"),
            new Kernel("spreadColumns", "SimilarityKernels", "a pixel of a head", "256",
                    "SSIM gradient: along columns, to the pixel"),
            new Kernel("sumSurfaces", "LossKernels", "a share of a head's groups", SUM, "sums each head of each view"),
            new Kernel("records", "BackwardKernels", "a pixel, then a share of an entry, then a field", TILE,
                    "backward: the gradient of every tile entry"),
            new Kernel("violations", "SpreadKernels", "a Gaussian", SUM, "who violates the bounds of the spread"),
            new Kernel("sumViolations", "SpreadKernels", "a share of the groups", "256, one group", "sums them"),
            new Kernel("adam", "UpdateKernels", "a Gaussian", "64",
                    "gathers its records, chain rule, statistics, Adam"));

    /** Those that not every step has, of a start, of a surface, of the second lesson and of its network. */
    private static final List<Kernel> OTHERS = List.of(
            new Kernel("between", "BetweenKernels", "a pixel of a view", "64",
                    "step: blends the picture between two slices"),
            new Kernel("sharpen", "SharpenKernels", "a Gaussian of a slice", "256",
                    "start: corrects intensities by what the drawn slice misses"),
            new Kernel("classify", "IsosurfaceKernels", "a sample of the padded grid", "256",
                    "surface: counts crossed edges and triangles"),
            new Kernel("emit", "IsosurfaceKernels", "a sample of the padded grid", "256",
                    "surface: writes vertices and triangles"),
            new Kernel("plainProduct", "ProductKernels", "a number of a product", "256",
                    "lesson: a matrix product, each number by itself"),
            new Kernel("product", "ProductKernels", "a number of a product",
                    "256: a tile of 16 x 16, in local memory", "lesson: the same, tile by tile"),
            new Kernel("begin", "NetworkKernels", "a row of a batch", "256", "network: what no batch changes"),
            new Kernel("enter", "NetworkKernels", "a number of a batch's points", "256", "network: lays the points down"),
            new Kernel("layer", "NetworkKernels", "4 x 4 numbers of a product", NUMBERS,
                    "network: values, gradient and second pass of a layer"),
            new Kernel("leave", "NetworkKernels", "a row of a batch", "256", "network: takes f and its gradient out"),
            new Kernel("carry", "NetworkKernels", "a number of a batch's points", "256", "network: begins the second pass"),
            new Kernel("weights", "LearningKernels", "4 x 4 numbers of a gradient", NUMBERS,
                    "network: all layers' weight gradients, by slices of rows"),
            new Kernel("biases", "LearningKernels", "a unit's share of a slice of rows", "256",
                    "network: all biases' gradients"),
            new Kernel("descend", "LearningKernels", "some weights of a unit", "256: a unit, sums in local memory",
                    "network: sums the slices, chain rule, Adam"),
            new Kernel("refresh", "LearningKernels", "some weights of a unit", "256: a unit, sums in local memory",
                    "network: weights of directions and lengths"));

    /** All. */
    public static final List<Kernel> ALL = Stream.concat(STEP.stream(), OTHERS.stream()).toList();

    private KernelCatalogue() {}

    public static Optional<Kernel> find(String name) {
        return ALL.stream().filter(kernel -> kernel.name().equals(name)).findFirst();
    }
}
