package io.github.medgs.volume.phantom;

import io.github.medgs.InputException;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.Words;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** The sample volumes by name. */
public final class Phantoms {

    private static final double LEAST_SIZE = 0.2;
    private static final double MOST_SIZE = 4;

    /** A patient of another seed lies up to this far from where the sample lies, in millimetres along each axis. */
    private static final double DISPLACEMENT = 2;

    private static final Map<String, Recipe> ALL = new LinkedHashMap<>();

    @FunctionalInterface
    private interface Maker {
        Phantom make(Grid grid, long seed);
    }

    private record Recipe(Grid grid, long seed, Maker maker) {}

    static {
        add("kidney", Grids.straight(96, 96, 24, 1.5, 1.5, 5), 20_260_101, (grid, seed) -> KidneyPhantom.make("kidney",
                "right kidney with a tumour in contrast-enhanced CT; labels 1 kidney, 2 tumour", grid, 17, null, seed));
        add("prostate", Grids.straight(96, 96, 26, 0.8, 0.8, 2), 20_260_102,
                (grid, seed) -> ProstatePhantom.make("prostate", grid, seed));
        add("brain", Grids.oblique(88, 104, 26, 1.7, 1.7, 5, 12, -7), 20_260_103,
                (grid, seed) -> BrainPhantom.make("brain", grid, seed));
        add("kidney-tumour-baseline", Grids.straight(80, 80, 26, 1.8, 1.8, 5), 20_260_104,
                (grid, seed) -> KidneyPhantom.make("kidney-tumour-baseline",
                        "right kidney with a tumour of radius 11 mm, first scan; labels 1 kidney, 2 tumour", grid, 11,
                        "2024-03-12", seed));
        add("kidney-tumour-followup", Grids.shifted(Grids.straight(80, 80, 32, 1.8, 1.8, 4), 4, -3, 6), 20_260_105,
                (grid, seed) -> KidneyPhantom.make("kidney-tumour-followup",
                        "the same kidney with the tumour at radius 14 mm, second scan, patient lying differently", grid,
                        14, "2025-04-02", seed));
        add("aneurysm-baseline", Grids.straight(72, 72, 28, 1.6, 1.6, 4), 20_260_106,
                (grid, seed) -> VesselPhantom.make("aneurysm-baseline",
                        "abdominal aorta with a fusiform aneurysm of radius 22 mm, first scan; label 1 aorta", grid, 12,
                        "2024-01-15", seed));
        add("aneurysm-followup", Grids.straight(72, 72, 28, 1.6, 1.6, 4), 20_260_107,
                (grid, seed) -> VesselPhantom.make("aneurysm-followup",
                        "the same aorta with the aneurysm at radius 25 mm, second scan; label 1 aorta", grid, 15,
                        "2025-01-20", seed));
        add("sphere", Grids.straight(36, 36, 26, 1.5, 1.5, 2.2), 0,
                (grid, seed) -> GeometryPhantom.sphere("sphere", grid));
        add("torus", Grids.oblique(52, 52, 22, 1.4, 1.4, 2, 20, 30), 0,
                (grid, seed) -> GeometryPhantom.torus("torus", grid));
        add("branching-tube", Grids.shifted(Grids.straight(44, 44, 48, 1.3, 1.3, 1.8), 8, 8, 0), 0,
                (grid, seed) -> GeometryPhantom.branchingTube("branching-tube", grid));
    }

    private Phantoms() {}

    private static void add(String name, Grid grid, long seed, Maker maker) {
        ALL.put(name, new Recipe(grid, seed, maker));
    }

    /** All names, in the order people are told. */
    public static Set<String> names() {
        return Collections.unmodifiableSet(ALL.keySet());
    }

    /**
     * The sample volume itself.
     *
     * @throws InputException for a name that is none
     */
    public static Phantom make(String name) {
        Recipe recipe = recipe(name);
        return recipe.maker.make(recipe.grid, recipe.seed);
    }

    /**
     * Another patient of the same kind.
     *
     * @param seed of the noise, and of where the patient lies; {@code null} for the sample's
     * @param size how many times as large the body is, from 0.2 to 4; the spacing stays, so there are that many times as
     *     many voxels along each axis
     * @throws InputException for a name that is none, or a size out of range
     */
    public static Phantom make(String name, Long seed, double size) {
        Recipe recipe = recipe(name);
        if (!(size >= LEAST_SIZE && size <= MOST_SIZE)) {
            throw new InputException("size " + size, "is out of range",
                    "give " + LEAST_SIZE + " to " + MOST_SIZE).naming("size");
        }
        Grid grid = Grids.finer(recipe.grid, size);
        if (seed != null) {
            Random random = new Random(seed);
            grid = Grids.shifted(grid, displacement(random), displacement(random), displacement(random));
        }
        // Two seeds follow each other within a phantom, so neighbours share no noise.
        long noise = seed == null ? recipe.seed : recipe.seed + 2 * seed;
        Phantom made = recipe.maker.make(grid, noise).scaled(size);
        return seed == null && size == 1 ? made : made.described(made.description() + "; seed "
                + (seed == null ? "as the sample" : seed) + (size == 1 ? "" : ", all lengths times " + Words.number(size)));
    }

    private static double displacement(Random random) {
        return DISPLACEMENT * (2 * random.nextDouble() - 1);
    }

    private static Recipe recipe(String name) {
        Recipe recipe = ALL.get(name);
        if (recipe == null) {
            throw new InputException(name, "is no phantom", "choose one of " + String.join(", ", ALL.keySet()));
        }
        return recipe;
    }
}
