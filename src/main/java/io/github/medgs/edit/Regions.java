package io.github.medgs.edit;

import io.github.medgs.InputException;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.SliceGeometry;
import java.util.List;
import org.joml.Vector3d;

/** Regions from what a list selects. */
final class Regions {

    private final TrainedModel model;
    private final SliceSpace space;
    private final DrawnSlices slices;
    private final Edits.Masks masks;

    Regions(TrainedModel model, SliceSpace space, DrawnSlices slices, Edits.Masks masks) {
        this.model = model;
        this.space = space;
        this.slices = slices;
        this.masks = masks;
    }

    Region of(Selection selection) {
        return switch (selection) {
            case Selection.Mask mask -> new MaskRegion(mask, masks.mask(mask.file()), model.geometry());
            case Selection.Structure structure -> structure(structure);
            case Selection.Box box -> box(box);
            case Selection.Sphere sphere -> sphere(sphere);
            case Selection.Polygon polygon -> polygon(polygon);
            case Selection.Intensity range -> new IntensityRegion(range, model, slices);
            case Selection.And and -> {
                List<Region> parts = and.of().stream().map(this::of).toList();
                yield (column, row, depth) -> {
                    for (Region part : parts) {
                        if (!part.contains(column, row, depth)) {
                            return false;
                        }
                    }
                    return true;
                };
            }
            case Selection.Or or -> {
                List<Region> parts = or.of().stream().map(this::of).toList();
                yield (column, row, depth) -> {
                    for (Region part : parts) {
                        if (part.contains(column, row, depth)) {
                            return true;
                        }
                    }
                    return false;
                };
            }
            case Selection.Not not -> {
                Region inner = of(not.of());
                yield (column, row, depth) -> !inner.contains(column, row, depth);
            }
        };
    }

    // Named in a list, not by what a command or a program may set.
    private int required(Selection.Structure structure) {
        try {
            return model.labels().require(structure.label(), "the model");
        } catch (InputException e) {
            throw e.naming();
        }
    }

    private Region structure(Selection.Structure structure) {
        if (!model.labelled()) {
            throw new InputException("label", "selects a structure, and the model has one mask and knows no labels",
                    "select by a mask or a place");
        }
        int label = required(structure);
        float[] binary = new float[model.labels().index().length];
        boolean any = false;
        for (int p = 0; p < binary.length; p++) {
            binary[p] = model.labels().at(p) == label ? 1 : 0;
            any |= binary[p] > 0;
        }
        SliceGeometry geometry = model.geometry();
        // Columns, rows and slices as a grid of its own; without a place of its structure there is none to look for.
        Grid grid = new Grid(geometry.width(), geometry.height(), geometry.positions().length,
                geometry.slicesToPatient().scale(1, 1, geometry.sourceSpacing()), geometry.positions());
        return any ? new MaskRegion(binary, grid, geometry) : (column, row, depth) -> false;
    }

    private Region box(Selection.Box box) {
        Vector3d place = new Vector3d();
        return (column, row, depth) -> {
            space.toPatient(place.set(column, row, depth));
            for (int axis = 0; axis < 3; axis++) {
                if (place.get(axis) < box.from()[axis] || place.get(axis) > box.to()[axis]) {
                    return false;
                }
            }
            return true;
        };
    }

    private Region sphere(Selection.Sphere sphere) {
        Vector3d place = new Vector3d();
        double[] centre = sphere.centre();
        return (column, row, depth) -> space.toPatient(place.set(column, row, depth))
                .distanceSquared(centre[0], centre[1], centre[2]) <= sphere.radius() * sphere.radius();
    }

    /** Even-odd rule on the corners' columns and rows. */
    private Region polygon(Selection.Polygon polygon) {
        List<Vector3d> corners = polygon.points().stream()
                .map(point -> space.toSlices(new Vector3d(point[0], point[1], point[2]))).toList();
        double[] depths = polygon.depth();
        return (column, row, depth) -> {
            if (depth < depths[0] || depth > depths[1]) {
                return false;
            }
            boolean inside = false;
            Vector3d before = corners.getLast();
            for (Vector3d corner : corners) {
                if (corner.y > row != before.y > row && column
                        < (before.x - corner.x) * (row - corner.y) / (before.y - corner.y) + corner.x) {
                    inside = !inside;
                }
                before = corner;
            }
            return inside;
        };
    }
}
