package io.github.medgs.training;

/**
 * Random numbers that are a function of the seed, of what they are for, and of the iteration: nothing has to be saved for
 * a run to go on as if it had never stopped. The generator is SplitMix64 (Steele, Lea and Flood 2014), whose bits no
 * library version can change.
 */
public final class StepRandom {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    public StepRandom(long seed, Use use, long iteration) {
        state = mix(mix(seed ^ use.ordinal() * 0xD1B54A32D192ED03L) + iteration * GOLDEN_GAMMA);
    }

    /** What numbers are drawn for; a new use is added at the end, so that the others keep their numbers. */
    public enum Use {
        START,
        VIEWS,
        SPLIT,
        QUERIES,
        BATCH
    }

    private long next() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    private static long mix(long z) {
        long y = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        y = (y ^ y >>> 27) * 0x94D049BB133111EBL;
        return y ^ y >>> 31;
    }

    /** Uniform in (0, 1). */
    public double uniform() {
        return ((next() >>> 11) + 0.5) * 0x1p-53;
    }

    double uniform(double lowest, double highest) {
        return lowest + (highest - lowest) * uniform();
    }

    /** Uniform in 0 .. bound - 1. */
    public int below(int bound) {
        return (int) ((next() >>> 33) * bound >>> 31);
    }

    /** Standard normal, by Box and Muller; StrictMath gives the same bits everywhere. */
    public double normal() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(uniform()));
        return radius * StrictMath.cos(2 * StrictMath.PI * uniform());
    }
}
