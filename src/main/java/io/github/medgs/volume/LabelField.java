package io.github.medgs.volume;

import io.github.medgs.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Labels on a grid, and how sure each voxel is of its own: what surfaces between labels are made of.
 *
 * @param type how numbers are stored
 * @param labels the structures
 * @param index for each voxel, i fastest, its structure, counted from 1 (unsigned); 0 for the background
 * @param margin for each voxel how far it is from belonging to another, 0 to 1/2: between two voxels of different structures
 *     the boundary divides the way as their margins do
 */
public record LabelField(Grid grid, ScalarType type, List<Label> labels, short[] index, float[] margin) {

    public LabelField {
        if (index.length != grid.count() || margin.length != index.length) {
            throw new IllegalArgumentException(index.length + " voxels for " + grid.describe());
        }
        labels = List.copyOf(labels);
    }

    /** Slices drawn at some positions, in the order of a volume. */
    public static LabelField ofSlices(LabelSlices labels, short[] index, float[] margin, SliceGeometry geometry,
            double[] positions) {
        Grid grid = geometry.gridOf(positions);
        float[] slices = new float[index.length];
        for (int p = 0; p < slices.length; p++) {
            slices[p] = Short.toUnsignedInt(index[p]);
        }
        float[] voxels = Slicing.toVoxels(slices, grid, geometry.axis());
        short[] inOrder = new short[index.length];
        for (int p = 0; p < inOrder.length; p++) {
            inOrder[p] = (short) (int) voxels[p];
        }
        return new LabelField(grid, labels.type(), labels.labels(), inOrder,
                Slicing.toVoxels(margin, grid, geometry.axis()));
    }

    /** Labels as a map has them: each voxel is sure, so boundaries lie half way between voxels. */
    public static LabelField of(Volume map, LabelChoice choice, String name) {
        LabelChoice.Structures structures = choice.in(Labels.present(map, name), name);
        short[] index = new short[map.voxels().length];
        float[] margin = new float[index.length];
        for (int n = 0; n < index.length; n++) {
            Integer structure = structures.of().get(Labels.labelOr(map, n));
            index[n] = (short) (structure == null ? 0 : structure + 1);
            margin[n] = 0.5f;
        }
        return new LabelField(map.grid(), Labels.typeFor(map, structures.structures()), structures.structures(), index,
                margin);
    }

    /**
     * The map: numbers of labels, exact, in their type.
     *
     * @throws InputException when floats do not hold them and their bytes are more than an array's
     */
    public Volume volume() {
        float[] intensities = new float[index.length];
        for (int n = 0; n < index.length; n++) {
            intensities[n] = id(n);
        }
        return new Volume(grid, new StoredVoxels(intensities, Storage.plain(type), floatsHoldThem() ? null : bits()));
    }

    private long id(int voxel) {
        int structure = Short.toUnsignedInt(index[voxel]);
        return structure == 0 ? 0 : labels.get(structure - 1).id();
    }

    private boolean floatsHoldThem() {
        return labels.stream().allMatch(label -> type.holds(label.id()) && ScalarType.FLOAT32.holds(label.id()));
    }

    private byte[] bits() {
        byte[] bits = StoredVoxels.room(index.length, type, "the label map",
                "draw fewer slices, or number the labels below " + (1 << 24));
        ByteBuffer target = ByteBuffer.wrap(bits).order(ByteOrder.LITTLE_ENDIAN);
        for (int n = 0; n < index.length; n++) {
            type.put(id(n), target);
        }
        return bits;
    }

    /**
     * What the structures are called: all of them where one has a name or a colour of its own, since 3D Slicer shows
     * only those that are listed.
     */
    public Remark remark() {
        boolean named = labels.stream().anyMatch(label -> !label.equals(Label.of(label.id())));
        return !named ? Remark.NONE : Remark.naming(labels.stream()
                .filter(label -> label.id() > 0 && label.id() <= Integer.MAX_VALUE)
                .map(label -> new Segment((int) label.id(), label.name(), label.color())).toList());
    }

    /** How many voxels each structure has. */
    public long[] counts() {
        long[] counts = new long[labels.size()];
        for (short structure : index) {
            if (structure != 0) {
                counts[Short.toUnsignedInt(structure) - 1]++;
            }
        }
        return counts;
    }
}
