package io.github.medgs.volume.nrrd;

import io.github.medgs.volume.Segment;
import io.github.medgs.volume.Volume;
import java.util.ArrayList;
import java.util.Arrays;
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

    /** The keys of segments that lie in one volume. */
    static String text(List<Segment> segments, Volume volume) {
        StringBuilder text = new StringBuilder();
        for (int n = 0; n < segments.size(); n++) {
            Segment segment = segments.get(n);
            String start = "Segment" + n + "_";
            text.append(start).append("ID:=Segment_").append(segment.label()).append('\n')
                    .append(start).append("Name:=").append(value(segment.name())).append('\n')
                    .append(start).append("Color:=").append(String.join(" ", segment.shares())).append('\n')
                    .append(start).append("LabelValue:=").append(segment.label()).append('\n')
                    .append(start).append("Layer:=0\n")
                    .append(start).append("Extent:=0 ").append(volume.nx() - 1).append(" 0 ").append(volume.ny() - 1)
                    .append(" 0 ").append(volume.nz() - 1).append('\n');
        }
        return text.toString();
    }

    // As the format has it, a backslash stands for itself when doubled; a line break would end the key.
    private static String value(String name) {
        return name.replaceAll("\\p{Cntrl}", " ").replace("\\", "\\\\");
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
        try {
            double[] shares = Arrays.stream(words).mapToDouble(Double::parseDouble).toArray();
            boolean known = shares.length == 3 && Arrays.stream(shares).allMatch(share -> share >= 0 && share <= 1);
            return known ? Segment.rgb(shares) : Segment.NO_COLOUR;
        } catch (NumberFormatException e) {
            return Segment.NO_COLOUR;
        }
    }
}
