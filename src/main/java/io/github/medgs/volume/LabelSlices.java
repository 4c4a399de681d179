package io.github.medgs.volume;

import io.github.medgs.InputException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The labels of a stack of slices: which structure each pixel belongs to, and which mask channel draws each structure.
 *
 * <p>Structures that come near one another, within two slices that follow each other, have different channels; those
 * that never do may share one (see {@link LabelChannels}). Where a channel is inside, the structure is the one of that
 * channel that is nearest in the slices at both sides: {@link #nearest}.
 *
 * @param type how numbers are stored
 * @param labels the structures, by rising number; at most 65,535
 * @param channels for each structure its channel, from 0
 * @param index for each pixel its structure, counted from 1 (unsigned); 0 outside. Slice by slice, row by row
 * @param width of a slice; {@code height} likewise
 */
public record LabelSlices(ScalarType type, List<Label> labels, int[] channels, short[] index, int width, int height) {

    public LabelSlices {
        labels = List.copyOf(labels);
        if (labels.isEmpty() || channels.length != labels.size() || index.length % (width * height) != 0) {
            throw new IllegalArgumentException(labels.size() + " labels, " + channels.length + " channels and "
                    + index.length + " pixels");
        }
    }

    /** The number of slices. */
    public int count() {
        return index.length / pixels();
    }

    /** Pixels of a slice. */
    public int pixels() {
        return width * height;
    }

    /** How many channels there are. */
    public int channelCount() {
        int most = 0;
        for (int channel : channels) {
            most = Math.max(most, channel + 1);
        }
        return most;
    }

    /** The structure of a pixel, from 0, or -1 outside all. */
    public int at(int pixel) {
        return Short.toUnsignedInt(index[pixel]) - 1;
    }

    /** Dice of each structure here and in another drawing of the same slices; 1 where it is in neither. */
    public double[] dice(short[] drawn) {
        long[] both = new long[labels.size() + 1];
        long[] either = new long[both.length];
        for (int p = 0; p < drawn.length; p++) {
            int its = Short.toUnsignedInt(drawn[p]);
            int own = at(p) + 1;
            either[its]++;
            either[own]++;
            both[own] += its == own ? 1 : 0;
        }
        return IntStream.range(1, both.length).mapToDouble(n -> either[n] == 0 ? 1 : 2.0 * both[n] / either[n]).toArray();
    }

    /** 1 where a structure of a channel is, else 0, on all slices. */
    public float[] mask(int channel) {
        float[] mask = new float[index.length];
        for (int p = 0; p < mask.length; p++) {
            int label = at(p);
            mask[p] = label >= 0 && channels[label] == channel ? 1 : 0;
        }
        return mask;
    }

    /** 1 where any structure is, else 0. */
    public float[] union() {
        float[] mask = new float[index.length];
        for (int p = 0; p < mask.length; p++) {
            mask[p] = index[p] != 0 ? 1 : 0;
        }
        return mask;
    }

    /**
     * The structure with a number.
     *
     * @param name of the model, for messages
     * @return its place in {@link #labels}
     */
    public int require(long id, String name) {
        for (int label = 0; label < labels.size(); label++) {
            if (labels.get(label).id() == id) {
                return label;
            }
        }
        throw absent(String.valueOf(id), name);
    }

    /**
     * The structure with a number or, where none has it, a name.
     *
     * @param name of the model, for messages
     * @return its place in {@link #labels}
     */
    public int require(String numberOrName, String name) {
        for (int label = 0; label < labels.size(); label++) {
            if (String.valueOf(labels.get(label).id()).equals(numberOrName)) {
                return label;
            }
        }
        int[] named = IntStream.range(0, labels.size()).filter(label -> labels.get(label).name().equals(numberOrName))
                .toArray();
        if (named.length > 1) {
            throw new InputException(name, "has " + named.length + " structures called " + numberOrName,
                    "give the number of one: " + labels.get(named[0]).id() + " or " + labels.get(named[1]).id())
                    .naming("label");
        }
        if (named.length == 0) {
            throw absent(numberOrName, name);
        }
        return named[0];
    }

    private InputException absent(String label, String name) {
        return new InputException(name, "has no label " + label, "choose among its labels: "
                + String.join(", ", labels.stream().limit(20).map(LabelSlices::words).toList())
                + (labels.size() > 20 ? ", ..." : "")).naming("label");
    }

    private static String words(Label label) {
        return label.name().equals(Label.of(label.id()).name()) ? String.valueOf(label.id())
                : label.id() + " (" + label.name() + ")";
    }

    /** The structure that has a channel to itself within two slices: its place; -1 for none, -2 for several. */
    public int sole(int channel, int before, int after) {
        int sole = -1;
        for (int slice = before; ; slice = after) {
            for (int p = slice * pixels(); p < (slice + 1) * pixels(); p++) {
                int label = at(p);
                if (label >= 0 && label != sole && channels[label] == channel) {
                    if (sole >= 0) {
                        return -2;
                    }
                    sole = label;
                }
            }
            if (slice == after) {
                return sole;
            }
        }
    }

    /**
     * The structure of a channel that is nearest to a pixel in two slices, on the straight way in the plane; of equally
     * near ones the first.
     *
     * @param aspect how far rows are apart, in columns; see {@link SliceGeometry#aspect}
     * @return its place in {@link #labels}, or -1 where the channel has none in these slices
     */
    public int nearest(int channel, int before, int after, int pixel, double aspect) {
        int row = pixel / width;
        int column = pixel % width;
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        double ofRows = aspect * aspect;
        // Ring by ring; what lies on a ring is at least as far away as the ring is, on its shorter way.
        for (int ring = 0; ring <= Math.max(width, height) && ring * ring * Math.min(1, ofRows) <= least; ring++) {
            for (int r = Math.max(0, row - ring); r <= Math.min(height - 1, row + ring); r++) {
                boolean edge = r == row - ring || r == row + ring;
                for (int c = column - ring; c <= column + ring; c += edge || ring == 0 ? 1 : 2 * ring) {
                    if (c < 0 || c >= width) {
                        continue;
                    }
                    double distance = ofRows * (r - row) * (r - row) + (c - column) * (c - column);
                    for (int slice = before; ; slice = after) {
                        int label = at(slice * pixels() + r * width + c);
                        boolean nearer = distance < least || distance == least && label < best;
                        if (label >= 0 && channels[label] == channel && nearer) {
                            least = distance;
                            best = label;
                        }
                        if (slice == after) {
                            break;
                        }
                    }
                }
            }
        }
        return best;
    }
}
