package io.github.medgs.volume;

import io.github.medgs.InputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongPredicate;

/**
 * Which labels of a map are learnt, which of them as one, and what they are called.
 *
 * @param labels the wanted ones; empty: every label but 0
 * @param merges labels that become one structure, under the number of the first of them
 * @param mergeAll whether all wanted labels become one structure
 * @param names names and colours by number
 */
public record LabelChoice(Set<Long> labels, List<List<Long>> merges, boolean mergeAll, Map<Long, Label> names) {

    /** Every label by itself. */
    public static final LabelChoice ALL = new LabelChoice(Set.of(), List.of(), false, Map.of());

    public LabelChoice {
        labels = Set.copyOf(labels);
        merges = merges.stream().map(List::copyOf).toList();
        names = Map.copyOf(names);
        Set<Long> seen = new LinkedHashSet<>();
        for (List<Long> merge : merges) {
            if (merge.isEmpty()) {
                throw new InputException("merge", "has a group of no labels", "name the labels of each group").naming("merge");
            }
            for (long label : merge) {
                if (!seen.add(label)) {
                    throw new InputException("merge " + join(merge), "names label " + label + " twice",
                            "name each label in one group").naming("merge");
                }
            }
        }
    }

    /** Some labels, each by itself. */
    public static LabelChoice of(Set<Long> labels) {
        return new LabelChoice(labels, List.of(), false, Map.of());
    }

    /** The same, where labels without a name are called what a file calls them. */
    public LabelChoice knowing(Map<Long, Label> known) {
        Map<Long, Label> all = new HashMap<>(known);
        all.putAll(names);
        return new LabelChoice(labels, merges, mergeAll, all);
    }

    /**
     * As {@code --merge} has it: numbers or names with plus signs between them.
     *
     * @param names what labels are called
     * @param occurs whether there is a label of a number
     * @param map what holds the labels, for messages
     */
    public static List<Long> merge(String text, Map<Long, Label> names, LongPredicate occurs, String map) {
        List<Long> merge = new ArrayList<>();
        for (String word : text.split("\\+", -1)) {
            if (word.isBlank()) {
                throw new InputException("merge " + text, "is not labels to join", "write numbers or names with plus signs,"
                        + " as in 1+2, or all").naming("merge");
            }
            merge.add(LabelNames.number(word, names, occurs, map));
        }
        return merge;
    }

    /** @param of for each wanted label of the map the structure that it becomes */
    record Structures(List<Label> structures, SortedMap<Long, Integer> of) {}

    /**
     * The structures in a map, by rising number.
     *
     * @param present the labels that it holds
     * @param name of the map, for messages
     * @throws InputException when a wanted label is not in it
     */
    Structures in(SortedSet<Long> present, String name) {
        SortedSet<Long> wanted = new TreeSet<>(labels.isEmpty() ? present : labels);
        merges.forEach(wanted::addAll);
        Labels.requirePresent(wanted, present, name);
        SortedMap<Long, Long> head = new TreeMap<>();
        wanted.forEach(label -> head.put(label, mergeAll ? wanted.first() : label));
        for (List<Long> merge : merges) {
            merge.forEach(label -> head.put(label, mergeAll ? wanted.first() : merge.getFirst()));
        }
        SortedMap<Long, Integer> heads = new TreeMap<>();
        new TreeSet<>(head.values()).forEach(first -> heads.put(first, heads.size()));
        SortedMap<Long, Integer> of = new TreeMap<>();
        head.forEach((label, first) -> of.put(label, heads.get(first)));
        return new Structures(heads.keySet().stream().map(this::named).toList(), of);
    }

    /** What a label is called. */
    public Label named(long id) {
        Label named = names.get(id);
        return named != null ? named : Label.of(id);
    }

    private static String join(List<Long> labels) {
        return String.join("+", labels.stream().map(String::valueOf).toList());
    }
}
