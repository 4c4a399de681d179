package io.github.medgs.edit;

import io.github.medgs.engine.Engine;
import io.github.medgs.engine.VolumeRenderer;
import io.github.medgs.engine.reference.ReferenceEngine;
import io.github.medgs.engine.vector.VectorEngine;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.training.Configs;
import io.github.medgs.training.Heads;
import io.github.medgs.training.InBetween;
import io.github.medgs.training.Trainer;
import io.github.medgs.training.TrainingConfig;
import io.github.medgs.training.TrainingData;
import io.github.medgs.training.TrainingListener;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.Volume;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.joml.Matrix4d;
import org.joml.Vector3d;

/** A ball of 200 in a ramp of grey, on slices at uneven distances along an oblique axis, and a model of it. */
final class EditedStack {

    static final int WIDTH = 36;
    static final int HEIGHT = 30;
    static final int DEPTH = 31;
    /** Of the kept slices along k, one millimetre each: gaps of 2 and 3 mm. */
    static final int[] KEPT = {0, 3, 5, 7, 9, 12, 14, 17, 20, 22, 24, 27, 30};
    static final Vector3d CENTRE = new Vector3d(17, 15, 15);
    static final double RADIUS = 7;

    /** A turn of 20 degrees, left-handed rows, an origin elsewhere. */
    static final Matrix4d AFFINE = new Matrix4d().translation(-30, 12, 40).rotateX(StrictMath.toRadians(20)).scale(-1, 1, 1);

    private EditedStack() {}

    static Volume image() {
        return volume(false);
    }

    static Volume mask() {
        return volume(true);
    }

    /** The kept slices alone, as if their gaps were equal. */
    static Volume kept() {
        float[] voxels = new float[WIDTH * HEIGHT * KEPT.length];
        for (int n = 0; n < KEPT.length; n++) {
            System.arraycopy(image().voxels(), KEPT[n] * WIDTH * HEIGHT, voxels, n * WIDTH * HEIGHT, WIDTH * HEIGHT);
        }
        return new Volume(WIDTH, HEIGHT, KEPT.length, voxels, AFFINE);
    }

    private static Volume volume(boolean mask) {
        float[] voxels = new float[WIDTH * HEIGHT * DEPTH];
        for (int n = 0; n < voxels.length; n++) {
            int i = n % WIDTH;
            int j = n / WIDTH % HEIGHT;
            int k = n / WIDTH / HEIGHT;
            boolean in = CENTRE.distance(i, j, k) <= RADIUS;
            voxels[n] = mask ? in ? 2 : 0 : in ? 200 : 40 + i;
        }
        return new Volume(WIDTH, HEIGHT, DEPTH, voxels, AFFINE);
    }

    static TrainedModel model(String preset, List<String> settings) throws IOException {
        SliceStack stack = SliceStack.of(image(), SliceAxis.K, new IntensityWindow(0, 255)).keep(KEPT);
        float[] mask = SliceStack.of(mask(), SliceAxis.K, new IntensityWindow(0, 2)).keep(KEPT).values();
        TrainingData data = new TrainingData(stack, mask);
        TrainingConfig config = Configs.load(preset, null, settings);
        try (Engine engine = new VectorEngine(2)) {
            return new Trainer(engine, config, data, Heads.JOINT, InBetween.of(config, data, Heads.JOINT, 1), 2,
                    new TrainingListener() {}).run(null, false, () -> false).model();
        }
    }

    /** Millimetre slices of both heads. */
    static VolumeRenderer.Rendered drawn(TrainedModel model) {
        try (Engine engine = new ReferenceEngine()) {
            VolumeRenderer renderer = new VolumeRenderer(engine, model);
            return renderer.render(IntStream.rangeClosed(0, KEPT[KEPT.length - 1]).asDoubleStream().toArray(), true, true, done -> {});
        }
    }

    /** Volume in cubic millimetres and centroid (x, y, z) in patient millimetres of a mask field. */
    static double[] moments(Volume field) {
        Vector3d sum = new Vector3d();
        double weight = 0;
        for (int n = 0; n < field.voxels().length; n++) {
            float share = field.voxels()[n];
            if (share > 0) {
                sum.add(share * (n % WIDTH), share * (n / WIDTH % HEIGHT), share * (double) (n / WIDTH / HEIGHT));
                weight += share;
            }
        }
        field.indexToPatient().transformPosition(sum.div(weight));
        return new double[] {weight * field.voxelVolume(), sum.x, sum.y, sum.z};
    }
}
