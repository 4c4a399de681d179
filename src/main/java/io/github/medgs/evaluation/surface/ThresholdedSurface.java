package io.github.medgs.evaluation.surface;

import io.github.medgs.training.TrainingData;
import java.io.IOException;

/**
 * Another method's field as a mask: inside or outside, nothing between. The reference is the surface of a mask, whose
 * vertices lie half way between voxels, so a method that is sure of its voxels gains.
 */
public record ThresholdedSurface(SurfaceMethod method) implements SurfaceMethod {

    @Override
    public String name() {
        return "thresholded " + method.name();
    }

    @Override
    public float[] field(TrainingData kept, double[] positions) throws IOException {
        float[] field = method.field(kept, positions);
        for (int i = 0; i < field.length; i++) {
            field[i] = field[i] >= 0.5f ? 1 : 0;
        }
        return field;
    }
}
