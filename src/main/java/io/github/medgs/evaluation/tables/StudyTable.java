package io.github.medgs.evaluation.tables;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A table: every case by every stride by every method.
 *
 * @param name as {@code --only} calls it
 * @param byCase whether a row is a case and stride, and a column a method; else the other way round
 * @param published what the paper has for a method, by its label; empty where it has nothing
 */
record StudyTable(String name, Measure measure, List<Integer> strides, List<TableMethod> methods, boolean byCase,
        Map<String, String> published) {

    private static final List<TableMethod> IMAGES =
            Stream.of("linear", "cubic", "spline", "flow", "motion", "learned", "paper", "default").map(TableMethod::of).toList();

    /** The paper's Table 1. */
    static final StudyTable SURFACES = new StudyTable("surfaces", Measure.PUBLISHED, List.of(1), List.of(
            new TableMethod("ISO", "iso", List.of()), new TableMethod("FUNSR", "funsr", List.of()),
            new TableMethod("Poisson", "poisson", List.of()), new TableMethod("MedGS mask only", "mask", List.of()),
            new TableMethod("MedGS joint", "joint", List.of())), false, Map.of());

    /** The paper's Table 2. Its rows for single terms come in the order of its text. */
    static final StudyTable ABLATION = new StudyTable("ablation", Measure.INTERPOLATION, List.of(2), List.of(
            new TableMethod("without in-between regularisation", "paper", List.of("between.target=none")),
            new TableMethod("without the sigma regulariser", "paper", List.of("objective.spreadImage=0", "objective.spreadMask=0")),
            new TableMethod("without both", "paper", List.of("between.target=none", "objective.spreadImage=0", "objective.spreadMask=0")),
            TableMethod.of("paper")), false, Map.of(
            "without in-between regularisation", "32.68 ± 2.17 / 0.89 ± 0.01",
            "without the sigma regulariser", "33.13 ± 1.67 / 0.90 ± 0.02",
            "without both", "32.76 ± 2.09 / 0.87 ± 0.02",
            "paper", "33.52 ± 1.87 / 0.91 ± 0.01"));

    /** The paper's Table 3, with more methods. */
    static final StudyTable STRIDES = new StudyTable("strides", Measure.INTERPOLATION, List.of(2, 3, 5), IMAGES, true, Map.of());

    /** The form of CT-ORG. */
    static final StudyTable CT_ORG = new StudyTable("ct-org", Measure.INTERPOLATION, List.of(2, 3, 4), IMAGES, true, Map.of());

    /** Surfaces from every Nth slice. */
    static final StudyTable SPARSE = new StudyTable("sparse", Measure.SPARSE, List.of(2, 4), List.of(
            new TableMethod("ISO", "iso", List.of()), new TableMethod("shape-based", "shape", List.of()),
            new TableMethod("MCI", "mci", List.of()), new TableMethod("Poisson", "poisson", List.of()),
            new TableMethod("thresholded Poisson", "thresholded-poisson", List.of()),
            new TableMethod("`mixed`", "mixed", List.of()),
            new TableMethod("`learned`", "learned", List.of()), new TableMethod("FUNSR", "funsr", List.of()),
            new TableMethod("MedGS mask only", "mask", List.of()), new TableMethod("MedGS joint", "joint", List.of())), true, Map.of());

    /** All, in the order of the page. */
    static final List<StudyTable> ALL = List.of(SURFACES, ABLATION, STRIDES, CT_ORG, SPARSE);
}
