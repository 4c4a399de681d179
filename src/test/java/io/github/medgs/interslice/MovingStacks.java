package io.github.medgs.interslice;

/** Stacks whose motion from slice to slice is known. */
final class MovingStacks {

    static final int HEIGHT = 40;
    static final int WIDTH = 48;

    private MovingStacks() {}

    /** How far the texture has moved at a position along the stack: columns, rows. */
    interface Path {
        double[] at(double position);
    }

    /** A smooth texture that moves as one along a path. */
    static KeptSlices texture(double[] positions, Path path) {
        float[] values = new float[positions.length * HEIGHT * WIDTH];
        for (int k = 0; k < positions.length; k++) {
            float[] slice = textureSlice(path.at(positions[k]));
            System.arraycopy(slice, 0, values, k * slice.length, slice.length);
        }
        return new KeptSlices(values, positions, HEIGHT, WIDTH, 1, 1);
    }

    static float[] textureSlice(double[] moved) {
        float[] slice = new float[HEIGHT * WIDTH];
        for (int row = 0; row < HEIGHT; row++) {
            for (int column = 0; column < WIDTH; column++) {
                double c = column - moved[0];
                double r = row - moved[1];
                slice[row * WIDTH + column] = (float) (0.5 + 0.15 * Math.sin(0.45 * c + 0.2 * r)
                        + 0.15 * Math.cos(0.38 * r - 0.13 * c) + 0.1 * Math.sin(0.8 * c) * Math.sin(0.7 * r));
            }
        }
        return slice;
    }

    static double[] evenPositions(int count) {
        double[] positions = new double[count];
        for (int k = 0; k < count; k++) {
            positions[k] = k;
        }
        return positions;
    }
}
