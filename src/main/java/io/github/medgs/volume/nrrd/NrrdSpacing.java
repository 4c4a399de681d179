package io.github.medgs.volume.nrrd;

import io.github.medgs.volume.raw.TextHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.joml.Vector3d;

/**
 * Axes without directions: the spacing along each, from {@code spacings} or from where an axis begins and ends, and
 * where the first voxel lies.
 *
 * @param steps millimetres from voxel to voxel along each of the axes, negative where one runs the other way, 1 where the
 *     header does not say
 * @param origin of {@code axis mins}, or null where the header has none
 */
record NrrdSpacing(double[] steps, Vector3d origin) {

    /** How much one distance may be said otherwise, relatively, and be the same. */
    private static final double ROUNDED = 1e-3;

    static NrrdSpacing of(NrrdHeader header, int first, int count, long[] sizes, List<String> notes) {
        double[] spacings = numbers(header, "spacings");
        double[] mins = numbers(header, "axis mins");
        double[] maxs = numbers(header, "axis maxs");
        String centers = header.field("centers") == null ? header.field("centerings") : header.field("centers");
        List<String> centerings = NrrdSpace.quoted(centers == null ? header.field("centering") : centers);
        List<String> units = NrrdSpace.quoted(header.field("units"));
        double[] steps = new double[count];
        Vector3d origin = mins.length == 0 ? null : new Vector3d();
        for (int axis = 0; axis < count; axis++) {
            int at = first + axis;
            String centering = at < centerings.size() ? centerings.get(at).toLowerCase(Locale.ROOT) : "";
            double unit = at < units.size() ? NrrdSpace.millimetres(units.get(at), notes) : 1;
            double min = at < mins.length ? mins[at] : Double.NaN;
            double range = at < maxs.length ? maxs[at] - min : Double.NaN;
            boolean given = at < spacings.length && usable(spacings[at]);
            // Where cells have the voxels at their centres, an axis begins half a cell before the first.
            double cells = centering.equals("node") ? sizes[axis] - 1 : sizes[axis];
            double step = given ? spacings[at] : range / cells;
            boolean half = centering.equals("cell") || !given && centering.isEmpty();
            if (!usable(step)) {
                notes.add("the header gives no spacing along axis " + "ijk".charAt(axis) + "; 1 mm was taken");
                step = 1;
            }
            if (step < 0) {
                notes.add("the spacing along axis " + "ijk".charAt(axis) + " is negative: that axis was taken to run the"
                        + " other way");
            }
            steps[axis] = step * unit;
            if (origin != null && Double.isFinite(min)) {
                origin.setComponent(axis, (half ? min + step / 2 : min) * unit);
            }
        }
        return new NrrdSpacing(steps, origin);
    }

    /**
     * Says where spacings stand beside directions that are longer or shorter; the directions count.
     *
     * @param directions of the axes from the first spatial one on
     * @param scale millimetres per unit of each of the space's axes
     * @param notes gets it
     */
    static void noteDisagreement(NrrdHeader header, int first, List<Vector3d> directions, Vector3d scale, List<String> notes) {
        double[] spacings = numbers(header, "spacings");
        List<String> units = NrrdSpace.quoted(header.field("units"));
        for (int axis = 0; axis < directions.size(); axis++) {
            int at = first + axis;
            boolean given = at < spacings.length && usable(spacings[at]);
            boolean inUnits = at < units.size();
            double spacing = given ? Math.abs(spacings[at]) * (inUnits ? NrrdSpace.millimetres(units.get(at), new ArrayList<>())
                    : 1) : 0;
            double length = new Vector3d(directions.get(axis)).mul(inUnits ? scale : new Vector3d(1)).length();
            if (given && Math.abs(spacing - length) > ROUNDED * length) {
                notes.add("its spacings and its space directions say two different distances; the directions were taken");
                return;
            }
        }
    }

    private static boolean usable(double spacing) {
        return Double.isFinite(spacing) && spacing != 0;
    }

    private static double[] numbers(NrrdHeader header, String field) {
        String text = header.field(field);
        return text == null ? new double[0] : TextHeader.numbers(header.path(), field, text);
    }
}
