package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.reconstruction.SurfaceRecipe;
import io.github.medgs.surface.Frame;
import io.github.medgs.surface.MeshFormat;
import picocli.CommandLine.Option;

/** How a surface is taken from a mask field. */
final class SurfaceOptions {

    @Option(names = "--level", paramLabel = "L", defaultValue = "0.5", description = "value of the field on the surface (default: ${DEFAULT-VALUE})")
    private float level;

    @Option(names = "--frame", paramLabel = "LPS|RAS", description = "patient coordinates of the file (default: LPS; those of a GIFTI are always RAS)")
    private Frame frame;

    @Option(names = "--smooth", paramLabel = "N", description = "fair: without the voxels' staircase, no vertex moved by more than half a voxel; 0: as marching cubes made it; N: so many pairs of Taubin's steps. The volume stays (default: fair for what a model draws, 0 for a mask)")
    private String smooth;

    @Option(names = "--largest", description = "keep the piece with the largest volume only; its cavities stay, unless --fill-holes is given")
    private boolean largest;

    @Option(names = "--fill-holes", description = "fill cavities inside the surface")
    private boolean fillHoles;

    @Option(names = "--decimate", paramLabel = "SHARE", defaultValue = "1", description = "keep this share of the triangles, as in 0.2 (default: all)")
    private double decimate;

    /**
     * @param model whether a model draws the field, else it is a mask
     * @param format of the file
     */
    SurfaceRecipe recipe(boolean model, MeshFormat format) {
        Frame usual = format.frame(Frame.LPS);
        if (frame != null && format.frame(frame) != frame) {
            throw new InputException("--frame " + frame, "is not what a ." + format.extension() + " is in, which is always "
                    + usual, "leave it out, or write another format");
        }
        return new SurfaceRecipe(level, frame == null ? usual : frame, steps(model), largest, fillHoles, decimate);
    }

    private int steps(boolean model) {
        if (smooth == null) {
            return model ? SurfaceRecipe.FAIR : 0;
        }
        if (smooth.equals("fair")) {
            return SurfaceRecipe.FAIR;
        }
        if (!smooth.matches("[0-9]{1,9}")) {
            throw new InputException("--smooth " + smooth, "is neither fair nor a number of steps",
                    "give fair, or 0 to 1000");
        }
        return Integer.parseInt(smooth);
    }
}
