package io.github.medgs.cli;

import io.github.medgs.reconstruction.SurfaceRecipe;
import io.github.medgs.surface.Frame;
import picocli.CommandLine.Option;

/** How a surface is taken from a mask field. */
final class SurfaceOptions {

    @Option(names = "--level", paramLabel = "L", defaultValue = "0.5", description = "value of the field on the surface (default: ${DEFAULT-VALUE})")
    private float level;

    @Option(names = "--frame", paramLabel = "LPS|RAS", defaultValue = "LPS", description = "patient coordinates of the file (default: ${DEFAULT-VALUE})")
    private Frame frame;

    @Option(names = "--smooth", paramLabel = "N", defaultValue = "0", description = "Taubin smoothing, N pairs of steps: 10 takes the voxels' staircase away; the volume stays (default: none)")
    private int smooth;

    @Option(names = "--largest", description = "keep the piece with the largest volume only")
    private boolean largest;

    @Option(names = "--fill-holes", description = "fill cavities inside the surface")
    private boolean fillHoles;

    @Option(names = "--decimate", paramLabel = "SHARE", defaultValue = "1", description = "keep this share of the triangles, as in 0.2 (default: all)")
    private double decimate;

    SurfaceRecipe recipe() {
        return new SurfaceRecipe(level, frame, smooth, largest, fillHoles, decimate);
    }
}
