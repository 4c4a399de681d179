package io.github.medgs.benchmark;

/**
 * How many bytes a kernel must move and how many floating-point operations it does, by counting what its source reads,
 * writes and computes for a {@link Load}: each array element once, caches taken to be perfect. A lower bound; threads
 * that wait for one another or for memory are not in it.
 *
 * @param bytes moved between the device's memory and its processors
 * @param flops floating-point operations, two for a multiply-add
 * @param formula how the bytes and the flops were counted, for people
 */
public record KernelWork(double bytes, double flops, String formula) {

    /** Bytes of a splat, of the record of an entry's gradient, of a splat's box of tiles. */
    private static final double SPLAT = 48;
    private static final double RECORD = 36;
    private static final double BOX = 12;

    /** Operations of an exponential, of one within a splat's cut, of a fold without its polynomial, of Adam for one parameter. */
    private static final double EXP = 35;
    private static final double CUT_EXP = 22;
    private static final double FOLD = 150;
    private static final double ADAM = 12;

    /** Pixels of a tile, and the share of them that lie within a splat's ellipse, as counted on an abdominal CT. */
    private static final double TILE = 64;
    private static final double INSIDE = 0.07;

    /** The work of a kernel of a training step; none for a kernel that is not in this list. */
    public static KernelWork of(String kernel, Load l) {
        double g = l.gaussians();
        double gv = g * l.views();
        double d = l.drawn();
        double e = l.entries();
        double n = l.counters();
        double p = l.pixels();
        double surfaces = 2.0 * l.views() * p;
        double similar = l.similar() * p;
        double rows = l.rows();
        return switch (kernel) {
            case "fold" -> new KernelWork(gv * 12 + d * (4 * rows + SPLAT + BOX),
                    gv * (EXP + 10) + d * (FOLD + 4 * l.motionDegree()),
                    "12 GV + D (4 R + 60); GV 45 + D (150 + 4 m)");
            case "sumSplats" -> new KernelWork(gv * 4, 0, "4 GV; 0");
            case "number" -> new KernelWork(gv * 8 + d * BOX + e * 8, 0, "8 GV + 12 D + 8 E; 0");
            case "count" -> new KernelWork(e * 12 + n * 4, 0, "12 E + 4 N; 0");
            case "sumBlocks" -> new KernelWork(n * 4, 0, "4 N; 0");
            case "scanBlocks" -> new KernelWork(n * 8, 0, "8 N; 0");
            case "fill" -> new KernelWork(e * 24, 0, "24 E; 0");
            case "draw" -> new KernelWork(e * (SPLAT + 4) + surfaces * 8, e * TILE * (11 + INSIDE * (CUT_EXP + 16)),
                    "52 E + 16 VP; 64 E (11 + 0.07 x 38)");
            case "compose" -> new KernelWork(surfaces * 24, surfaces * 4, "48 VP; 8 VP");
            case "finishPixels" -> new KernelWork(surfaces * 8, 0, "16 VP; 0");
            case "between" -> new KernelWork(surfaces * 4 * 4, surfaces * 100, "32 VP; 200 VP");
            case "pixelLoss" -> new KernelWork(surfaces * 12, surfaces * 6, "24 VP; 12 VP");
            case "moments" -> new KernelWork(similar * 28, similar * 11 * 13, "28 SP; 143 SP");
            case "slopes" -> new KernelWork(similar * 32, similar * (11 * 10 + 60), "32 SP; 170 SP");
            case "spreadRows" -> new KernelWork(similar * 24, similar * 66, "24 SP; 66 SP");
            case "spreadColumns" -> new KernelWork(similar * 28, similar * 76, "28 SP; 76 SP");
            case "sumSurfaces" -> new KernelWork(surfaces / 256 * 12, surfaces / 256 * 3, "24 VP / 256; 6 VP / 256");
            case "records" -> new KernelWork(e * (SPLAT + 8 + RECORD) + surfaces * 12,
                    e * TILE * (11 + INSIDE * (CUT_EXP + 40) + 24), "92 E + 24 VP; 64 E (11 + 0.07 x 62 + 24)");
            case "violations" -> new KernelWork(g * 4, g * (EXP + 5), "4 G; 40 G");
            case "sumViolations" -> new KernelWork(g / 256 * 16, g / 256 * 4, "16 G / 256; 4 G / 256");
            case "adam" -> new KernelWork(gv * 4 + d * SPLAT + e * RECORD + l.moved() * rows * 24,
                    d * (250 + 8 * l.motionDegree()) + e * 9 + l.moved() * rows * ADAM,
                    "4 GV + 48 D + 36 E + 24 R M; D (250 + 8 m) + 9 E + 12 R M");
            default -> new KernelWork(0, 0, "");
        };
    }

    /**
     * The least time, in seconds, on a card of such peaks.
     *
     * @param bandwidth bytes a second
     * @param arithmetic operations a second
     * @param launch seconds that a launch takes in any case
     */
    public double seconds(double bandwidth, double arithmetic, double launch) {
        return launch + Math.max(bytes / bandwidth, flops / arithmetic);
    }
}
