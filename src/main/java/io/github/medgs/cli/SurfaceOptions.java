package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.surface.Frame;
import io.github.medgs.surface.MeshCleaning;
import io.github.medgs.surface.MeshDecimation;
import io.github.medgs.surface.MeshSmoothing;
import io.github.medgs.surface.TriangleMesh;
import picocli.CommandLine.Option;

/** How a surface is taken from a mask field. */
final class SurfaceOptions {

    @Option(names = "--level", paramLabel = "L", defaultValue = "0.5", description = "value of the field on the surface (default: ${DEFAULT-VALUE})")
    float level;

    @Option(names = "--frame", paramLabel = "LPS|RAS", defaultValue = "LPS", description = "patient coordinates of the file (default: ${DEFAULT-VALUE})")
    Frame frame;

    @Option(names = "--smooth", paramLabel = "N", defaultValue = "0", description = "Taubin smoothing, N pairs of steps: 10 takes the voxels' staircase away; the volume stays (default: none)")
    private int smooth;

    @Option(names = "--largest", description = "keep the piece with the largest volume only")
    private boolean largest;

    @Option(names = "--fill-holes", description = "fill cavities inside the surface")
    private boolean fillHoles;

    @Option(names = "--decimate", paramLabel = "SHARE", defaultValue = "1", description = "keep this share of the triangles, as in 0.2 (default: all)")
    private double decimate;

    /** The surface as the options want it: pieces first, then smoothing, then fewer triangles. */
    TriangleMesh clean(TriangleMesh mesh) {
        TriangleMesh clean = fillHoles ? MeshCleaning.fillHoles(mesh) : mesh;
        clean = largest ? MeshCleaning.largest(clean) : clean;
        return MeshDecimation.decimate(MeshSmoothing.taubin(clean, smooth), decimate);
    }

    /** Whether pieces or cavities go, or the level is not the boundary of voxels: then the volume is not the voxels'. */
    boolean changesVolume() {
        return largest || fillHoles || level != 0.5f;
    }

    void check() {
        if (smooth < 0 || smooth > 1000) {
            throw new InputException("--smooth " + smooth, "is no sensible number of steps", "give 0 to 1000");
        }
        if (!(decimate > 0 && decimate <= 1)) {
            throw new InputException("--decimate " + decimate, "is no share", "give a value above 0 and up to 1");
        }
        if (!(level > 0 && level < 1)) {
            throw new InputException("--level " + level, "is outside the field's range", "give a value between 0 and 1");
        }
    }
}
