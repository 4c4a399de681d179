package io.github.medgs.volume.nrrd;

import io.github.medgs.volume.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The segments of a 3D Slicer segmentation ({@code .seg.nrrd}): keys {@code Segment0_Name}, {@code Segment0_Layer}. */
final class NrrdSegments {

    private static final int MOST = 65_536;

    private NrrdSegments() {}

    /** @param layer the volume of the file that was read: segments that overlap lie in several */
    static List<Segment> of(NrrdHeader header, int layer) {
        List<Segment> segments = new ArrayList<>();
        for (int n = 0; n < MOST && header.key("Segment" + n + "_ID") != null
                || header.key("Segment" + n + "_Name") != null; n++) {
            String start = "Segment" + n + "_";
            String name = header.key(start + "Name");
            int label = whole(header.key(start + "LabelValue"), n + 1);
            if (whole(header.key(start + "Layer"), 0) == layer && label > 0) {
                segments.add(new Segment(label, name == null ? header.key(start + "ID") : name,
                        color(header.key(start + "Color"))));
            }
        }
        segments.sort(Comparator.comparingInt(Segment::label));
        return segments;
    }

    private static int whole(String text, int otherwise) {
        try {
            return text == null ? otherwise : Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    // Three shares of red, green and blue.
    private static int color(String text) {
        String[] words = text == null ? new String[0] : text.strip().split("\\s+");
        int rgb = 0;
        try {
            for (int n = 0; n < 3; n++) {
                double share = words.length == 3 ? Double.parseDouble(words[n]) : -1;
                if (!(share >= 0 && share <= 1)) {
                    return Segment.NO_COLOUR;
                }
                rgb = rgb << 8 | (int) Math.round(255 * share);
            }
        } catch (NumberFormatException e) {
            return Segment.NO_COLOUR;
        }
        return rgb;
    }
}
