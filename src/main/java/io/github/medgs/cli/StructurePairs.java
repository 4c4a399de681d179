package io.github.medgs.cli;

import io.github.medgs.cli.SurfacePair.Row;
import io.github.medgs.evaluation.longitudinal.OrganSurface;
import io.github.medgs.volume.Label;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which structure of one source belongs to which of another: those of one name, as numbers are given anew by many a
 * program and by folders of masks; else those of one number; and where each source has but one, those two.
 */
final class StructurePairs {

    private final SurfaceSource first;
    private final SurfaceSource second;

    /** What belongs to a structure of the second source. */
    private final Map<OrganSurface, OrganSurface> partners = new IdentityHashMap<>();

    private StructurePairs(SurfaceSource first, SurfaceSource second) {
        this.first = first;
        this.second = second;
    }

    /**
     * Pairs them, and says where numbers and names do not agree.
     *
     * @param wanted the labels that were asked for; empty: all
     */
    static List<Row> rows(SurfaceSource first, SurfaceSource second, Set<Long> wanted, Console console) {
        boolean named = first.knowsLabels() && second.knowsLabels();
        boolean alone = first.organs().size() == 1 && second.organs().size() == 1;
        StructurePairs pairs = new StructurePairs(first, second);
        if (named) {
            pairs.byName(console);
        }
        // Not where they were asked for by a number that both know.
        if (alone && (wanted.isEmpty() || !named)) {
            pairs.theOnlyTwo(named, console);
        } else {
            pairs.byNumber(console);
        }
        return pairs.rows(wanted, console);
    }

    private void byName(Console console) {
        Map<String, OrganSurface> names = names(first);
        List<String> renumbered = new ArrayList<>();
        names(second).forEach((name, organ) -> {
            OrganSurface partner = names.get(name);
            if (partner != null) {
                partners.put(organ, partner);
                if (partner.label() != organ.label()) {
                    renumbered.add(organ.name() + " (" + partner.label() + " and " + organ.label() + ")");
                }
            }
        });
        if (!renumbered.isEmpty()) {
            console.say(first.file() + " and " + second.file() + " number structures differently: compared by name are "
                    + renumbered.stream().sorted().limit(20).collect(Collectors.joining(", "))
                    + (renumbered.size() > 20 ? ", ..." : ""));
        }
    }

    /** Structures by their names, spelt one way, as far as they have one that no other in the source has. */
    private static Map<String, OrganSurface> names(SurfaceSource source) {
        Map<String, OrganSurface> names = new HashMap<>();
        Set<String> twice = new HashSet<>();
        for (OrganSurface organ : source.organs()) {
            if (hasName(organ) && names.put(spelling(organ), organ) != null) {
                twice.add(spelling(organ));
            }
        }
        names.keySet().removeAll(twice);
        return names;
    }

    /** Whether its file has a name for it. */
    private static boolean hasName(OrganSurface organ) {
        return !organ.name().equals(Label.of(organ.label()).name());
    }

    /** "Left Kidney" and "left_kidney" are one name. */
    private static String spelling(OrganSurface organ) {
        return organ.name().strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", " ");
    }

    private static boolean otherNames(OrganSurface one, OrganSurface other) {
        return hasName(one) && hasName(other) && !spelling(one).equals(spelling(other));
    }

    private void theOnlyTwo(boolean named, Console console) {
        OrganSurface one = first.organs().getFirst();
        OrganSurface other = second.organs().getFirst();
        if (partners.put(other, one) == null && named && (one.label() != other.label() || otherNames(one, other))) {
            console.say((otherNames(one, other) ? "warning: " : "") + one.name() + " of " + first.file()
                    + " is compared with " + other.name() + " of " + second.file() + ": each has but one");
        }
    }

    private void byNumber(Console console) {
        Map<Long, OrganSurface> left = new HashMap<>();
        first.organs().stream().filter(organ -> !partners.containsValue(organ)).forEach(organ -> left.put(organ.label(), organ));
        for (OrganSurface organ : second.organs()) {
            OrganSurface partner = partners.containsKey(organ) ? null : left.get(organ.label());
            if (partner != null) {
                partners.put(organ, partner);
                if (otherNames(partner, organ)) {
                    console.say("warning: label " + organ.label() + " is " + partner.name() + " in " + first.file() + " and "
                            + organ.name() + " in " + second.file() + ": they are compared by their number; give one of"
                            + " them another number if they are not the same structure");
                }
            }
        }
    }

    private List<Row> rows(Set<Long> wanted, Console console) {
        List<Row> rows = new ArrayList<>();
        Set<Long> taken = new HashSet<>();
        for (OrganSurface organ : second.organs()) {
            OrganSurface partner = partners.get(organ);
            long label = partner != null && first.knowsLabels() && !second.knowsLabels() ? partner.label() : organ.label();
            taken.add(label);
            rows.add(new Row(partner, organ, label, partner == null ? organ.name() : name(partner, organ, wanted)));
        }
        for (OrganSurface organ : first.organs()) {
            if (!partners.containsValue(organ)) {
                long label = organ.label();
                while (!taken.add(label)) {
                    label = Math.max(label, Collections.max(taken)) + 1;
                }
                if (label != organ.label()) {
                    console.say(organ.name() + ", " + organ.label() + " in " + first.file() + ", is reported as " + label
                            + ", as " + second.file() + " has something else of that number");
                }
                rows.add(new Row(organ, null, label, organ.name()));
            }
        }
        return rows;
    }

    /**
     * The name of two that belong together. A label that was asked for names nothing alone that was taken whole because
     * its source does not know that label.
     */
    private String name(OrganSurface inFirst, OrganSurface inSecond, Set<Long> wanted) {
        if (first.knowsLabels() && second.knowsLabels()) {
            return otherNames(inFirst, inSecond) ? inFirst.name() + " against " + inSecond.name()
                    : (hasName(inSecond) || !hasName(inFirst) ? inSecond : inFirst).name();
        }
        if (!first.knowsLabels() && !second.knowsLabels()) {
            return inSecond.name();
        }
        OrganSurface numbered = first.knowsLabels() ? inFirst : inSecond;
        OrganSurface whole = first.knowsLabels() ? inSecond : inFirst;
        return wanted.isEmpty() ? numbered.name() : whole.name() + " against " + numbered.name();
    }
}
