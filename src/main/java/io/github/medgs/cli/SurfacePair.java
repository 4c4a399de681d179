package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.evaluation.longitudinal.OrganSurface;
import io.github.medgs.volume.Labels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Two sources, and which structure of one belongs to which of the other ({@link StructurePairs}); where one source does
 * not tell labels apart, all of the other together.
 *
 * @param rows every structure of either, the second's first
 */
record SurfacePair(SurfaceSource first, SurfaceSource second, List<Row> rows) {

    /**
     * A structure, in both sources or in one.
     *
     * @param first {@code null} where the first source lacks it
     * @param second {@code null} where the second source lacks it
     * @param label the number under which it is reported, which no other row has
     * @param name the name under which it is reported
     */
    record Row(OrganSurface first, OrganSurface second, long label, String name) {

        boolean inBoth() {
            return first != null && second != null;
        }

        private OrganSurface named(OrganSurface organ) {
            return new OrganSurface(label, name, organ.mesh(), organ.volume());
        }
    }

    /**
     * Reads both, joins the labels of one where the other does not tell them apart, and says so.
     *
     * @param mayLack whether one of the two may lack what the other has, or all
     * @throws InputException when a source lacks what it has to have, or when both do
     */
    static SurfacePair read(Path first, Path second, Set<Long> wanted, boolean mayLack, FrameOptions frames,
            VolumeOptions volumes, EngineOptions engines, Console console) throws IOException {
        SurfaceSource one = SurfaceSource.read(first, wanted, mayLack, frames.of(0), volumes, engines, console);
        SurfaceSource other = SurfaceSource.read(second, wanted, mayLack, frames.of(1), volumes, engines, console);
        if (mayLack) {
            requireAny(one, other, wanted);
        }
        for (SurfaceSource source : List.of(one, other)) {
            if (!wanted.isEmpty() && !source.knowsLabels()) {
                console.say(source.file() + " does not tell labels apart: all of it is taken, whatever --label says");
            }
        }
        if (one.isOneOfAll() && other.organs().size() > 1) {
            console.say(first + " does not tell labels apart: it is compared with " + all(wanted) + " of " + second
                    + " together");
            other = other.together(wanted, engines, console);
        } else if (other.isOneOfAll() && one.organs().size() > 1) {
            console.say(second + " does not tell labels apart: " + all(wanted) + " of " + first
                    + " together " + (wanted.isEmpty() ? "is" : "are") + " compared with it");
            one = one.together(wanted, engines, console);
        }
        return new SurfacePair(one, other, StructurePairs.rows(one, other, wanted, console));
    }

    private static String all(Set<Long> wanted) {
        return wanted.isEmpty() ? "all" : "the labels " + list(wanted);
    }

    private static String list(Set<Long> labels) {
        return labels.stream().sorted().limit(20).map(String::valueOf).collect(Collectors.joining(", "))
                + (labels.size() > 20 ? ", ..." : "");
    }

    /** Where one may lack what the other has: something has to be in either. */
    private static void requireAny(SurfaceSource one, SurfaceSource other, Set<Long> wanted) {
        if (wanted.isEmpty() && one.organs().isEmpty() && other.organs().isEmpty()) {
            throw new InputException(one.file().toString(), "holds no surface, nor does " + other.file(),
                    "give masks of which one at least marks something");
        }
        // What does not tell labels apart is taken whole for the wanted ones: against an empty mask it is new, or gone.
        boolean met = !one.knowsLabels() && (!other.knowsLabels() || present(other).isEmpty())
                || !other.knowsLabels() && present(one).isEmpty();
        for (long label : wanted) {
            if (!met && !one.has(label) && !other.has(label)) {
                SortedSet<Long> present = present(one);
                present.addAll(present(other));
                throw new InputException("--label " + label, "is neither in " + one.file() + " nor in " + other.file(),
                        present.isEmpty() ? "both are empty: give a mask that marks something"
                                : "choose among their labels: " + list(present));
            }
        }
    }

    /** The labels that a source has, wanted or not; none where it does not tell them apart. */
    private static SortedSet<Long> present(SurfaceSource source) {
        return source.knowsLabels() ? Labels.present(source.volume(), source.file().toString()) : new TreeSet<>();
    }

    /** The first source's structures, under the numbers and names of their rows. */
    List<OrganSurface> firstOrgans() {
        return rows.stream().filter(row -> row.first() != null).map(row -> row.named(row.first())).toList();
    }

    /** The second source's structures, under the numbers and names of their rows. */
    List<OrganSurface> secondOrgans() {
        return rows.stream().filter(row -> row.second() != null).map(row -> row.named(row.second())).toList();
    }
}
