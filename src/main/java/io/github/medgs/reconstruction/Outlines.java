package io.github.medgs.reconstruction;

import io.github.medgs.volume.Label;
import io.github.medgs.volume.LabelField;
import io.github.medgs.volume.SliceGeometry;
import io.github.medgs.volume.Volume;
import java.util.List;

/**
 * What is outlined in a picture of a volume, on its grid.
 *
 * @param structures for each voxel its structure, counted from 1, or less than a half for none
 * @param colors of the structures, 0xRRGGBB
 */
record Outlines(Volume structures, int[] colors) {

    /** The outline of one mask, 0xRRGGBB. */
    static final int ONE_MASK = 0xFFC400;
    private static final float LEVEL = 0.5f;

    /** Those of what was drawn; {@code null} where no mask was. */
    static Outlines of(DrawnSlices drawn) {
        return drawn.labels() != null ? of(drawn.labels()) : drawn.mask() != null ? of(drawn.mask()) : null;
    }

    /** The outline of a field from 0 to 1. */
    static Outlines of(Volume field) {
        float[] inside = new float[field.voxels().length];
        for (int n = 0; n < inside.length; n++) {
            inside[n] = field.voxels()[n] >= LEVEL ? 1 : 0;
        }
        return new Outlines(field.withVoxels(inside), new int[] {ONE_MASK});
    }

    /** Those of labels, each in its colour. */
    static Outlines of(LabelField field) {
        float[] structures = new float[field.index().length];
        for (int n = 0; n < structures.length; n++) {
            structures[n] = Short.toUnsignedInt(field.index()[n]);
        }
        List<Label> labels = field.labels();
        return new Outlines(new Volume(field.grid(), structures), labels.stream().mapToInt(Label::color).toArray());
    }

    /** The row of the slices that crosses most of the structures. */
    int fullestRow(SliceGeometry geometry) {
        int slices = structures.size(geometry.axis().index());
        int best = geometry.height() / 2;
        int most = 0;
        for (int row = 0; row < geometry.height(); row++) {
            int count = 0;
            for (int slice = 0; slice < slices; slice++) {
                for (int column = 0; column < geometry.width(); column++) {
                    count += PlanePicture.at(structures, geometry, slice, row, column) > 0 ? 1 : 0;
                }
            }
            if (count > most) {
                most = count;
                best = row;
            }
        }
        return best;
    }

    /** The colour of a structure, opaque. */
    int color(int structure) {
        return 0xFF << 24 | colors[structure - 1];
    }
}
