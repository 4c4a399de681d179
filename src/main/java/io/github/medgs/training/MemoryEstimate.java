package io.github.medgs.training;

import io.github.medgs.engine.Engine;
import io.github.medgs.engine.SessionSize;
import io.github.medgs.interslice.Interpolation;
import io.github.medgs.interslice.LearnedPredictor;
import io.github.medgs.interslice.StackMotion;
import io.github.medgs.kernel.Layout;
import io.github.medgs.model.TemporalWindow;

/**
 * How much memory and disk a run will take, from sizes alone: before anything large is allocated.
 *
 * <p>With V voxels, Vo voxels drawn, H heads drawn, G Gaussians at most, R parameters of each and P views of a step, in
 * bytes, everything being floats:
 *
 * <pre>
 * volumes    8 V + stored bytes, and 12 V for a mask: what was read, its slices, the mask's labels on their way
 * motion     30 V + S, 50 V + S where the target corrects itself: pyramid, flow and what continues it, while the motion is
 *             worked out; S is the threads' scratch memory, which those say that take it ({@link StackMotion#scratch},
 *             {@link LearnedPredictor#scratch})
 * shapes      44 V + 1300 pixels per thread: what the mixed target of a mask is worked out from
 * between     8 V of flow, 4 V of spline and 4 V of corrections that stay, 4 V more where the target corrects itself; and 8 V for
 *             the shapes of a mask, 12 V where they are mixed
 * labels      for each channel but the first 12 V and 24 I G: its mask and shapes; I coefficients of a mask head, and their
 *             moments, twice for a checkpoint
 * Gaussians  12 R G + 24 G: parameters, two moments, density statistics twice
 * ahead      16 pixels (threads / 2 + 6), from two threads on: the views of the next steps
 * engine     what the engine says ({@link Engine#trainingHeap})
 * checkpoint 12 R G + 12 G: it is read whole by a run that resumes
 * output      4 R G, 2 Vo for a surface, and the largest of: 8 H Vo, slices on their way to volumes; 4 H Vo + 12 Vo, volumes
 *             with the expected error on its way and the band, and S; 4 H Vo + 24 V + S, a motion of slices left out; 24 V + S,
 *             the motion of what lies beyond the window. Of more channels than one, N more with heads of I coefficients,
 *             4 R G + 8 I N G + 30 Vo besides: the model on its way to one label's at a time, and the labels
 * trust       of an image, while it is drawn: the acquired slices' stored bytes, 4 V of intensities, 8 V of what lies
 *             beyond the window, 16 V of motion; 4 V more for the clues of the uncertainty
 * </pre>
 *
 * <p>The largest of three moments counts: volumes + the larger of motion and shapes; volumes + between + Gaussians +
 * labels + ahead + the larger of engine and checkpoint; volumes + trust + output. A tenth and {@value #BASE} bytes are
 * added for what is small and for what waits to be collected. The disk takes two checkpoints, a model with the stored
 * bytes, and the volumes drawn: 28 R G + 24 G + 4 H Vo + 8 Vo.
 *
 * @param preparation bytes of heap while the motion between slices is worked out
 * @param training bytes of heap while it trains
 * @param output bytes of heap while results are drawn and written; 0 when none are
 * @param disk bytes that the output folder's disk will have to take, the checkpoint's successor included
 * @param block bytes of the parameters of all Gaussians there may be, or of the mask heads of many labels where these are
 *     more: the longest block of a model or a checkpoint but for its slices
 */
public record MemoryEstimate(long preparation, long training, long output, long disk, long block) {

    private static final long BASE = 24L << 20;
    private static final double SLACK = 1.1;

    /**
     * The sizes of a run.
     *
     * @param slices how many slices it learns from
     * @param drawnSlices how many slices it draws afterwards; 0 for none
     * @param channels of the mask head; 1 for a mask of one structure
     * @param stored bytes of a voxel as it was read
     * @param uncertainty whether that of the drawn slices is worked out
     */
    public record Sizes(int slices, int height, int width, boolean mask, long drawnSlices, int threads, int channels,
            int stored, boolean uncertainty) {

        public long voxels() {
            return (long) slices * height * width;
        }

        /** As this, with other numbers of slices. */
        public Sizes with(int otherSlices, long otherDrawn) {
            return new Sizes(otherSlices, height, width, mask, otherDrawn, threads, channels, stored, uncertainty);
        }
    }

    /** The estimate for a configuration and who trains; {@link Heads#AUTO} is taken by whether there is a mask. */
    public static MemoryEstimate of(TrainingConfig config, Sizes sizes, Engine engine) {
        Heads heads = config.heads().resolve(sizes.mask());
        boolean mask = sizes.mask() && heads.hasMask();
        long voxels = sizes.voxels();
        long pixels = (long) sizes.height() * sizes.width();
        long volumes = (8 + sizes.stored()) * voxels + (sizes.mask() ? 12 * voxels : 0);
        boolean startsMoving = config.start().kind() == TrainingConfig.StartKind.SLICES && config.start().motion();
        Interpolation target = heads.hasImage() ? config.between().target() : Interpolation.NONE;
        boolean moves = startsMoving || target.moves();
        // Correcting pictures tries itself on every second slice, with a motion of its own.
        boolean corrects = target == Interpolation.LEARNED;
        long motion = !moves ? 0 : (corrects ? 50 : 30) * voxels + scratch(sizes, corrects);
        boolean mixes = mask && config.between().maskTarget().mixes();
        long shapes = mixes ? 44 * voxels + 1300 * pixels * sizes.threads() : 0;
        long held = mixes ? 12 * voxels : mask && config.between().maskTarget().ofShapes() ? 8 * voxels : 0;
        long between = (corrects ? 20 * voxels : moves ? 16 * voxels : target == Interpolation.SPLINE ? 4 * voxels : 0) + held;
        long ahead = 16 * pixels * ViewsAhead.held(sizes.threads());
        long rows = Layout.rows(config.model().motionDegree(), config.model().intensityDegree());
        long most = Trainer.capacity(config, sizes.slices(), sizes.height(), sizes.width());
        long gaussians = (12 * rows + 24) * most;
        long checkpoint = (12 * rows + 12) * most;
        long more = mask ? sizes.channels() - 1 : 0;
        long head = config.model().intensityDegree() + 1;
        long channels = more * (12 * voxels + 24 * head * most);
        int heldHeads = (heads.hasImage() ? 1 : 0) + (mask ? 1 : 0);
        long drawn = sizes.drawnSlices() * pixels;
        return new MemoryEstimate(
                withSlack(volumes + Math.max(motion, shapes)),
                withSlack(volumes + between + gaussians + channels + ahead
                        + Math.max(engine.trainingHeap(session(config, sizes, mask)), checkpoint)),
                drawn == 0 ? 0 : withSlack(volumes + 4 * rows * most + output(sizes, heads.hasImage(), heldHeads)
                        + (more == 0 ? 0 : 4 * rows * most + 8 * head * more * most + 30 * drawn)),
                (28 * (rows + more * head) + 24) * likely(config, voxels, most)
                        + (4L * heldHeads + (heads.hasImage() && sizes.uncertainty() ? 8 : 0)) * drawn
                        + sizes.stored() * voxels + (1L << 16),
                4 * Math.max(rows, more * head) * most);
    }

    private static long output(Sizes sizes, boolean image, int heads) {
        long voxels = sizes.voxels();
        long drawn = sizes.drawnSlices() * sizes.height() * sizes.width();
        boolean unsure = image && sizes.uncertainty();
        long trust = image ? (28L + sizes.stored()) * voxels + (unsure ? 4 * voxels : 0) : 0;
        long scratch = scratch(sizes, unsure);
        long most = Math.max(8L * heads * drawn, image ? 24 * voxels + scratch : 0);
        if (unsure) {
            most = Math.max(most, 4L * heads * drawn + Math.max(12 * drawn, 24 * voxels) + scratch);
        }
        return trust + most + 2 * drawn;
    }

    /** Of all threads while a motion is worked out, and where it is asked for what corrects its pictures. */
    private static long scratch(Sizes sizes, boolean corrects) {
        long motion = StackMotion.scratch(sizes.slices(), sizes.height(), sizes.width(), sizes.threads());
        return corrects ? Math.max(motion,
                LearnedPredictor.scratch(sizes.slices(), sizes.height(), sizes.width(), sizes.threads())) : motion;
    }

    /** On the disk stand the Gaussians that there are, not those that there is room for. */
    private static long likely(TrainingConfig config, long voxels, long most) {
        boolean grows = config.density().until() > config.density().after();
        boolean onSlices = config.start().kind() == TrainingConfig.StartKind.SLICES;
        return grows || !onSlices ? most : Math.min(most, (long) (1.05 * voxels / config.start().pixelsPerGaussian()));
    }

    private static SessionSize session(TrainingConfig config, Sizes sizes, boolean mask) {
        boolean pictures = config.between().target() != Interpolation.NONE
                || config.between().maskTarget() != Interpolation.NONE;
        int views = (config.views().neighbours() ? 3 : 1) + (pictures ? 2 : 0);
        // A hat reaches the two slices at its sides; the other windows may reach the whole stack.
        double share = config.model().window() == TemporalWindow.HAT ? Math.min(1, 3.0 / sizes.slices()) : 1;
        return new SessionSize(Trainer.capacity(config, sizes.slices(), sizes.height(), sizes.width()),
                Layout.rows(config.model().motionDegree(), config.model().intensityDegree()), views, share, sizes.slices(),
                sizes.height(), sizes.width(), mask);
    }

    private static long withSlack(long bytes) {
        return (long) (SLACK * bytes) + BASE;
    }

    /** The most heap that any moment of the run takes. */
    public long heap() {
        return Math.max(preparation, Math.max(training, output));
    }
}
