package io.github.medgs.volume.phantom;

import io.github.medgs.volume.Grid;
import io.github.medgs.volume.Volume;
import java.util.ArrayList;
import java.util.List;
import org.joml.Vector3d;

/** Tissues painted over each other in order, seen through a scanner: voxels average what they contain. */
final class Scene {

    private record Tissue(Shape shape, double intensity, int label) {}

    /** Points per voxel along an axis that an image averages. */
    private static final int IMAGE_SAMPLES = 3;

    /** Points per voxel along an axis by which a volume is measured; only where a surface may pass. */
    private static final int MEASURE_SAMPLES = 4;

    /** Voxels further apart than this, in millimetres, may miss a structure: it is measured on closer ones. */
    private static final double MEASURE_SPACING = 5;

    private final double background;
    private final List<Tissue> tissues = new ArrayList<>();

    Scene(double background) {
        this.background = background;
    }

    /** Paints a tissue over what is there. @param label in the mask, or 0 for none of its own */
    Scene paint(Shape shape, double intensity, int label) {
        tissues.add(new Tissue(shape, intensity, label));
        return this;
    }

    /** The image without noise: each voxel the mean over its box, or its centre's value where no surface is near. */
    float[] image(Grid grid) {
        float[] voxels = new float[(int) grid.count()];
        double near = 0.75 * Math.sqrt(grid.spacing(0) * grid.spacing(0) + grid.spacing(1) * grid.spacing(1)
                + grid.spacing(2) * grid.spacing(2));
        Vector3d point = new Vector3d();
        for (int n = 0; n < voxels.length; n++) {
            place(grid, n, 0, 1, point);
            if (!isNearASurface(point, near)) {
                voxels[n] = (float) intensity(point.x, point.y, point.z);
                continue;
            }
            double sum = 0;
            for (int sample = 0; sample < IMAGE_SAMPLES * IMAGE_SAMPLES * IMAGE_SAMPLES; sample++) {
                place(grid, n, sample, IMAGE_SAMPLES, point);
                sum += intensity(point.x, point.y, point.z);
            }
            voxels[n] = (float) (sum / (IMAGE_SAMPLES * IMAGE_SAMPLES * IMAGE_SAMPLES));
        }
        return voxels;
    }

    private boolean isNearASurface(Vector3d point, double near) {
        for (Tissue tissue : tissues) {
            if (Math.abs(tissue.shape.signedDistance(point.x, point.y, point.z)) < near) {
                return true;
            }
        }
        return false;
    }

    /** The label map: each voxel the label of its centre. */
    Volume mask(Grid grid) {
        float[] voxels = new float[(int) grid.count()];
        Vector3d point = new Vector3d();
        for (int n = 0; n < voxels.length; n++) {
            place(grid, n, 0, 1, point);
            voxels[n] = label(point.x, point.y, point.z);
        }
        return new Volume(grid, voxels);
    }

    /**
     * The volume of a label within the grid's boxes, in cubic millimetres, by counting 64 points per voxel, or per part
     * of one that is large, wherever the label changes nearby. Good to about a tenth of a percent.
     */
    double volume(Grid boxes, int label) {
        double most = Math.max(boxes.spacing(0), Math.max(boxes.spacing(1), boxes.spacing(2)));
        // Rounding does not make a voxel of that size a larger one.
        Grid grid = Grids.finer(boxes, Math.max(1, Math.ceil(most / MEASURE_SPACING - 1e-9)));
        Volume mask = mask(grid);
        int samples = MEASURE_SAMPLES * MEASURE_SAMPLES * MEASURE_SAMPLES;
        Vector3d point = new Vector3d();
        long inside = 0;
        for (int k = 0; k < grid.nz(); k++) {
            for (int j = 0; j < grid.ny(); j++) {
                for (int i = 0; i < grid.nx(); i++) {
                    if (isUniform(mask, i, j, k, label)) {
                        inside += mask.voxel(i, j, k) == label ? samples : 0;
                        continue;
                    }
                    for (int sample = 0; sample < samples; sample++) {
                        place(grid, mask.index(i, j, k), sample, MEASURE_SAMPLES, point);
                        inside += label(point.x, point.y, point.z) == label ? 1 : 0;
                    }
                }
            }
        }
        return inside * grid.voxelVolume() / samples;
    }

    private static boolean isUniform(Volume mask, int i, int j, int k, int label) {
        boolean here = mask.voxel(i, j, k) == label;
        for (int neighbour = 0; neighbour < 27; neighbour++) {
            int x = Math.clamp(i + neighbour % 3 - 1, 0, mask.nx() - 1);
            int y = Math.clamp(j + neighbour / 3 % 3 - 1, 0, mask.ny() - 1);
            int z = Math.clamp(k + neighbour / 9 - 1, 0, mask.nz() - 1);
            if (mask.voxel(x, y, z) == label != here) {
                return false;
            }
        }
        return true;
    }

    private double intensity(double x, double y, double z) {
        for (int n = tissues.size() - 1; n >= 0; n--) {
            Tissue tissue = tissues.get(n);
            if (tissue.shape.signedDistance(x, y, z) < 0) {
                return tissue.intensity;
            }
        }
        return background;
    }

    private int label(double x, double y, double z) {
        for (int n = tissues.size() - 1; n >= 0; n--) {
            Tissue tissue = tissues.get(n);
            if (tissue.shape.signedDistance(x, y, z) < 0) {
                return tissue.label;
            }
        }
        return 0;
    }

    // The sample-th of samples^3 points in voxel n's box, in patient millimetres.
    private static void place(Grid grid, int n, int sample, int samples, Vector3d point) {
        double offset = 0.5 / samples - 0.5;
        point.set(n % grid.nx() + (double) (sample % samples) / samples + offset,
                n / grid.nx() % grid.ny() + (double) (sample / samples % samples) / samples + offset,
                n / grid.nx() / grid.ny() + (double) (sample / samples / samples) / samples + offset);
        grid.indexToPatient().transformPosition(point);
    }
}
