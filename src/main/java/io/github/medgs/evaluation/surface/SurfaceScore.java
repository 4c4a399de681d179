package io.github.medgs.evaluation.surface;

import io.github.medgs.surface.Measures;
import io.github.medgs.surface.TriangleMesh;

/**
 * How one surface agrees with a reference, never rescaled, never registered. Distances in millimetres, volumes in cubic
 * millimetres.
 *
 * @param assd average symmetric surface distance, exact
 * @param hd95 95th percentile by area, the larger of both directions, exact
 * @param hd Hausdorff distance
 * @param chamfer Chamfer distance of the published evaluation: 50,000 samples, mean of both directions
 * @param chamferHd95 HD95 of the published evaluation: both directions' samples pooled
 * @param dice overlap of the volumes, or NaN where it was not asked for
 * @param volume of the surface, or of the voxels that it goes round
 * @param referenceVolume of the reference, likewise
 */
public record SurfaceScore(double assd, double hd95, double hd, double chamfer, double chamferHd95, double dice,
        double volume, double referenceVolume) {

    /** Scores a surface that is not empty against a reference that is not; volumes are what they enclose. */
    public static SurfaceScore of(TriangleMesh surface, TriangleMesh reference, double dice, int threads) {
        SurfaceDistances exact = SurfaceDistances.between(surface, reference, threads);
        SampledDistances sampled = SampledDistances.between(surface, reference);
        return new SurfaceScore(exact.assd(), exact.hd95(), exact.hd(), sampled.chamfer(), sampled.hd95(), dice,
                Measures.signedVolume(surface), Measures.signedVolume(reference));
    }

    /** The same with volumes known otherwise: a surface round voxels cuts their corners. */
    public SurfaceScore withVolumes(double surface, double reference) {
        return new SurfaceScore(assd, hd95, hd, chamfer, chamferHd95, dice, surface, reference);
    }

    /** Too much volume positive, too little negative, as a share of the reference's. */
    public double volumeError() {
        return (volume - referenceVolume) / referenceVolume;
    }
}
