package io.github.medgs.evaluation.longitudinal;

/** Distances as colours: white where nothing has moved, red outward, blue inward, full at {@value #FULL} mm. */
final class DistanceColors {

    static final double FULL = 5;

    private DistanceColors() {}

    /** Red, green, blue of each distance. */
    static byte[] of(float[] distances) {
        byte[] colors = new byte[3 * distances.length];
        for (int v = 0; v < distances.length; v++) {
            double share = Math.clamp(distances[v] / FULL, -1, 1);
            int pale = (int) Math.round(255 * (1 - Math.abs(share)));
            colors[3 * v] = (byte) (share >= 0 ? 255 : pale);
            colors[3 * v + 1] = (byte) pale;
            colors[3 * v + 2] = (byte) (share >= 0 ? pale : 255);
        }
        return colors;
    }
}
