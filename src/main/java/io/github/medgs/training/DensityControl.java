package io.github.medgs.training;

import io.github.medgs.engine.AdamMoments;
import io.github.medgs.engine.DensityStatistics;
import io.github.medgs.kernel.Layout;
import io.github.medgs.kernel.Transcendental;
import io.github.medgs.model.Compositing;
import io.github.medgs.model.FoldedGaussians;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Puts Gaussians where the gradient asks for them and removes those that do nothing.
 *
 * <p>As published: small ones with a large gradient are cloned (the copy goes to the end, behind all others), large ones
 * split in two children of 1/1.6 the size drawn from the original, faint and oversized ones removed. Departures: there is
 * a cap, and when it is near, candidates are taken by falling gradient; a step that ends in density control still moves
 * the parameters, where the published one throws its gradient away; both heads are drawn in one pass, so a joint model's
 * gradient by the mean is that of both heads together, halved.
 */
final class DensityControl {

    private static final double SPLIT_SHRINK = 1.6;

    private final TrainingConfig.Density config;
    private final Heads heads;
    private final long seed;

    DensityControl(TrainingConfig.Density config, Heads heads, long seed) {
        this.config = config;
        this.heads = heads;
        this.seed = seed;
    }

    /** Whether Gaussians are gathered statistics for at this step. */
    boolean watches(int iteration) {
        return iteration < config.until();
    }

    /** Whether Gaussians are added and removed after this step. */
    boolean changesAt(int iteration) {
        return watches(iteration) && iteration > config.after() && iteration % config.interval() == 0;
    }

    /** Whether opacities are reset after this step. */
    boolean resetsAt(int iteration) {
        return watches(iteration) && iteration % config.opacityReset() == 0;
    }

    /** Adds and removes Gaussians; the parameters and moments are the host's. */
    void change(FoldedGaussians gaussians, AdamMoments moments, DensityStatistics statistics, int iteration) {
        int before = gaussians.count();
        float[] meanGradient = new float[before];
        float[] timeGradient = new float[before];
        int headCount = heads == Heads.JOINT ? 2 : 1;
        for (int g = 0; g < before; g++) {
            int visible = Math.max(1, statistics.visible()[g]);
            meanGradient[g] = statistics.meanGradient()[g] / (visible * headCount);
            timeGradient[g] = statistics.timeGradient()[g] / visible;
        }
        boolean[] clone = new boolean[before];
        boolean[] split = new boolean[before];
        for (int g = 0; g < before; g++) {
            boolean byMean = meanGradient[g] >= config.meanGradient();
            boolean byTime = timeGradient[g] >= config.timeGradient();
            boolean small = largestScale(gaussians, g) <= config.smallScale();
            double spread = Math.exp(gaussians.get(Layout.SPREAD, g));
            clone[g] = byMean && small || byTime && spread <= 1;
            split[g] = byMean && !small || byTime && spread >= 1;
        }
        limit(clone, split, meanGradient, Math.min(config.most(), gaussians.capacity()) - before);
        double[][] children = takeChildren(gaussians, split, iteration);
        appendClones(gaussians, moments, clone);
        boolean[] gone = Arrays.copyOf(split, gaussians.count());
        compact(gaussians, moments, gone);
        appendChildren(gaussians, moments, children);
        prune(gaussians, moments, iteration);
    }

    // A clone and a split each cost one place. The strongest gradients come first; ties by index.
    private static void limit(boolean[] clone, boolean[] split, float[] gradient, int room) {
        int wanted = 0;
        for (int g = 0; g < clone.length; g++) {
            wanted += (clone[g] ? 1 : 0) + (split[g] ? 1 : 0);
        }
        if (wanted <= room) {
            return;
        }
        // A gradient is a norm, and the bits of floats that are not negative rise as they do.
        long[] order = IntStream.range(0, clone.length).filter(g -> clone[g] || split[g])
                .mapToLong(g -> (long) -Float.floatToIntBits(gradient[g]) << Integer.SIZE | g).sorted().toArray();
        int left = Math.max(0, room);
        for (long key : order) {
            int g = (int) key;
            if (clone[g]) {
                clone[g] = left-- > 0;
            }
            if (split[g]) {
                split[g] = left-- > 0;
            }
        }
    }

    private void appendClones(FoldedGaussians gaussians, AdamMoments moments, boolean[] clone) {
        int end = gaussians.count();
        for (int g = 0; g < clone.length; g++) {
            if (clone[g]) {
                gaussians.parameters().copy(g, end);
                moments.first().clear(end);
                moments.second().clear(end);
                end++;
            }
        }
        gaussians.setCount(end);
    }

    /** Two children of each split Gaussian, all parameters of each, in the order in which they are appended. */
    private double[][] takeChildren(FoldedGaussians gaussians, boolean[] split, int iteration) {
        StepRandom random = new StepRandom(seed, StepRandom.Use.SPLIT, iteration);
        int count = 0;
        for (boolean one : split) {
            count += one ? 1 : 0;
        }
        double[][] children = new double[2 * count][gaussians.form().rows()];
        int rows = gaussians.form().rows();
        for (int copy = 0; copy < 2; copy++) {
            int child = copy * count;
            for (int g = 0; g < split.length; g++) {
                if (!split[g]) {
                    continue;
                }
                for (int row = 0; row < rows; row++) {
                    children[child][row] = gaussians.get(row, g);
                }
                double along = random.normal() * Math.exp(gaussians.get(Layout.LOG_SCALE_X, g));
                double across = random.normal() * Math.exp(gaussians.get(Layout.LOG_SCALE_Z, g));
                float turns = Transcendental.sigmoid(gaussians.get(Layout.ANGLE, g));
                double cosine = Transcendental.cosineOfTurns(turns);
                double sine = Transcendental.sineOfTurns(turns);
                // The axes in (column, row) are (cos, sin) and (sin, -cos); Z points up, so rows change sign.
                children[child][Layout.X] += along * cosine + across * sine;
                children[child][Layout.Z] += -along * sine + across * cosine;
                children[child][Layout.LOG_SCALE_X] -= Math.log(SPLIT_SHRINK);
                children[child][Layout.LOG_SCALE_Z] -= Math.log(SPLIT_SHRINK);
                child++;
            }
        }
        return children;
    }

    private static void appendChildren(FoldedGaussians gaussians, AdamMoments moments, double[][] children) {
        int end = gaussians.count();
        gaussians.setCount(end + children.length);
        for (double[] child : children) {
            for (int row = 0; row < child.length; row++) {
                gaussians.set(row, end, (float) child[row]);
            }
            moments.first().clear(end);
            moments.second().clear(end);
            end++;
        }
    }

    private void prune(FoldedGaussians gaussians, AdamMoments moments, int iteration) {
        boolean[] gone = new boolean[gaussians.count()];
        for (int g = 0; g < gone.length; g++) {
            boolean faint = (!heads.hasImage() || opacity(gaussians, Layout.IMAGE_OPACITY, g) < config.lowestOpacity())
                    && (!heads.hasMask() || opacity(gaussians, Layout.MASK_OPACITY, g) < config.lowestOpacity());
            boolean large = iteration > config.largestScaleAfter()
                    && largestScale(gaussians, g) > config.largestScale();
            gone[g] = faint || large;
        }
        compact(gaussians, moments, gone);
    }

    private static void compact(FoldedGaussians gaussians, AdamMoments moments, boolean[] gone) {
        int[] kept = IntStream.range(0, gaussians.count()).filter(g -> !gone[g]).toArray();
        gaussians.parameters().keep(kept);
        moments.first().keep(kept);
        moments.second().keep(kept);
        gaussians.setCount(kept.length);
    }

    /** Lowers every opacity to at most the reset value and forgets its moments. */
    void resetOpacity(FoldedGaussians gaussians, AdamMoments moments) {
        float highest = gaussians.form().compositing() == Compositing.ALPHA
                ? Raw.logit(config.resetOpacity()) : (float) Math.log(config.resetOpacity());
        for (int row : new int[] {Layout.IMAGE_OPACITY, Layout.MASK_OPACITY}) {
            for (int g = 0; g < gaussians.count(); g++) {
                gaussians.set(row, g, Math.min(gaussians.get(row, g), highest));
            }
            moments.first().fillRow(row, 0f);
            moments.second().fillRow(row, 0f);
        }
    }

    private static float opacity(FoldedGaussians gaussians, int row, int g) {
        int used = gaussians.form().headOpacity() == io.github.medgs.model.HeadOpacity.SHARED
                ? Layout.IMAGE_OPACITY : row;
        float raw = gaussians.get(used, g);
        return gaussians.form().compositing() == Compositing.ALPHA
                ? Transcendental.sigmoid(raw) : Transcendental.exp(raw);
    }

    private static double largestScale(FoldedGaussians gaussians, int g) {
        return Math.exp(Math.max(gaussians.get(Layout.LOG_SCALE_X, g), gaussians.get(Layout.LOG_SCALE_Z, g)));
    }
}
