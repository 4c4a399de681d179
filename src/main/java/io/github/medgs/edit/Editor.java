package io.github.medgs.edit;

import io.github.medgs.InputException;
import io.github.medgs.kernel.Layout;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.HeadRows;
import io.github.medgs.model.ModelForm;
import io.github.medgs.model.ParameterTable;
import io.github.medgs.model.TrainedModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.joml.Matrix4d;

/**
 * One edit of one model.
 *
 * <p>An edit is thought of in pictures: on each slice, what is selected appears at its new place, something fills the
 * place it left, all else stays. Gaussians then carry it out. Those of the selection are placed anew
 * ({@link Transport}); those that stood at the destination go, so that every place keeps one set of weights and nothing
 * shows through; those left behind stay as what fills the hole. At last the intensities near by are settled on the
 * pictures ({@link Settling}).
 */
final class Editor {

    private final TrainedModel model;
    private final FoldedGaussians gaussians;
    private final HeadRows heads;
    private final SliceSpace space;
    private final GaussianPlaces places;
    private final DrawnSlices slices;
    private final Regions regions;

    Editor(TrainedModel original, Edits.Masks masks) {
        this.model = original.widened();
        this.heads = new HeadRows(model);
        this.gaussians = model.gaussians();
        this.space = new SliceSpace(model);
        this.places = new GaussianPlaces(gaussians, space);
        this.slices = new DrawnSlices(model, space, places);
        this.regions = new Regions(model, space, slices, masks);
    }

    /** The edited model, and what was done. */
    record Outcome(TrainedModel model, Step step) {}

    Outcome apply(Edit edit) {
        checkIntensities(edit);
        Region region = regions.of(edit.select());
        BitSet selected = selected(region);
        Placement placement = new Placement(space, region);
        Matrix4d move = edit.change() instanceof Change.Move change ? placement.affine(change) : null;
        Region destination = move == null ? null : region.moved(move);
        Canvas canvas = new Canvas(gaussians, heads, space, places, region, destination);
        Painter painter = new Painter(model, space, places, slices, canvas, edit);
        painter.paint(move);

        boolean fades = edit.change() instanceof Change.Fade fade && fade.left() > 0;
        boolean gone = edit.change().leavesHole() && edit.fill() instanceof Fill.None && !fades;
        FoldedGaussians staying = copy(gaussians);
        List<float[]> after = new ArrayList<>();
        Map<float[], Integer> stayed = new IdentityHashMap<>();
        for (int g = 0; g < gaussians.count(); g++) {
            if (selected.get(g) && gone || destination != null && places.mostlyIn(destination, g)) {
                continue;
            }
            if (selected.get(g)) {
                painter.start(staying, g);
            }
            float[] parameters = parameters(staying, g);
            stayed.put(parameters, g);
            after.add(parameters);
        }
        int removed = gaussians.count() - after.size();
        List<float[]> placed = move == null ? List.of()
                : new Transport(gaussians, heads, space, places, region, move).copies();
        // In front of what is there: it is the array's order that composites.
        after.addAll(0, placed);
        TrainedModel edited = model.withGaussians(assembled(after));
        new Settling(edited, space, canvas).settle();
        edited = new Retouching(model, edited, space, canvas).applied();
        requireFinite(edited.gaussians());
        if (model.labelled()) {
            edited = edited.with(new Relabelling(model, edited, space, canvas, edit.change().leavesHole()).labels(move),
                    model.heads());
        }
        return new Outcome(edited.narrowed(), new Step(EditsWriter.node(edit).toString(), selected.cardinality(),
                placed.size(), removed, repainted(after, stayed, edited.gaussians()),
                move == null ? 0 : placement.lost(move)));
    }

    /**
     * How many of those that stayed look otherwise than before: what is settled counts as what is painted does.
     *
     * @param order the Gaussians as they were assembled
     * @param stayed of those among them that stayed, where they stood before
     */
    private int repainted(List<float[]> order, Map<float[], Integer> stayed, FoldedGaussians edited) {
        int repainted = 0;
        for (int n = 0; n < order.size(); n++) {
            Integer before = stayed.get(order.get(n));
            repainted += before != null && !Arrays.equals(parameters(gaussians, before), parameters(edited, n)) ? 1 : 0;
        }
        return repainted;
    }

    /** The Gaussians that a selection takes. */
    BitSet selected(Selection selection) {
        return selected(regions.of(selection));
    }

    private BitSet selected(Region region) {
        BitSet selected = new BitSet(gaussians.count());
        for (int g = 0; g < gaussians.count(); g++) {
            selected.set(g, places.mostlyIn(region, g));
        }
        return selected;
    }

    private void checkIntensities(Edit edit) {
        boolean paints = edit.change() instanceof Change.SetIntensity || edit.change() instanceof Change.ScaleIntensity;
        if (paints && !model.image()) {
            throw new InputException("edit", "changes intensities, and the model has no image head",
                    "train one with an image");
        }
        if (edit.change() instanceof Change.SetIntensity set) {
            requireInWindow("setIntensity", set.value());
        }
        if (edit.change().leavesHole() && edit.fill() instanceof Fill.Background background && model.image()) {
            requireInWindow("background", background.intensity());
        }
    }

    private static void requireFinite(FoldedGaussians edited) {
        for (float value : edited.parameters().values()) {
            if (!Float.isFinite(value)) {
                throw new InputException("edit", "makes Gaussians of which no file can hold the values", "give smaller factors");
            }
        }
    }

    private void requireInWindow(String key, double value) {
        // As a float, as the window's ends are: they are values of their range.
        float intensity = (float) value;
        if (!(intensity >= model.window().low() && intensity <= model.window().high())) {
            throw new InputException("key " + key, value + " lies outside of the intensities that the model knows, "
                    + model.window().low() + " to " + model.window().high(), "give a value of that range");
        }
    }

    /** Anchored Gaussians stay sorted by their slices, as training places them. */
    private FoldedGaussians assembled(List<float[]> all) {
        ModelForm form = gaussians.form();
        if (GaussianPlaces.anchored(form)) {
            all.sort(Comparator.comparingDouble(parameters -> parameters[Layout.TIME]));
        }
        FoldedGaussians assembled = new FoldedGaussians(form,
                new ParameterTable(gaussians.parameters().rows(), Math.max(1, all.size())), all.size());
        for (int g = 0; g < all.size(); g++) {
            for (int row = 0; row < assembled.parameters().rows(); row++) {
                assembled.set(row, g, all.get(g)[row]);
            }
        }
        return assembled;
    }

    private static FoldedGaussians copy(FoldedGaussians gaussians) {
        ParameterTable table = gaussians.parameters();
        return new FoldedGaussians(gaussians.form(),
                new ParameterTable(table.rows(), table.capacity(), table.values().clone()), gaussians.count());
    }

    /** Every parameter of one Gaussian. */
    static float[] parameters(FoldedGaussians gaussians, int g) {
        float[] parameters = new float[gaussians.parameters().rows()];
        for (int row = 0; row < parameters.length; row++) {
            parameters[row] = gaussians.get(row, g);
        }
        return parameters;
    }
}
