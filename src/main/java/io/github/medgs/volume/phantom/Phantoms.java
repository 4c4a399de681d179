package io.github.medgs.volume.phantom;

import io.github.medgs.InputException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The sample volumes by name. */
public final class Phantoms {

    private static final Map<String, Supplier<Phantom>> ALL = new LinkedHashMap<>();

    static {
        add("kidney", name -> KidneyPhantom.make(name,
                "right kidney with a tumour in contrast-enhanced CT; labels 1 kidney, 2 tumour",
                Grids.straight(96, 96, 24, 1.5, 1.5, 5), 17, null, 20_260_101));
        add("prostate", name -> ProstatePhantom.make(name, Grids.straight(96, 96, 26, 0.8, 0.8, 2), 20_260_102));
        add("brain", name -> BrainPhantom.make(name, Grids.oblique(88, 104, 26, 1.7, 1.7, 5, 12, -7), 20_260_103));
        add("kidney-tumour-baseline", name -> KidneyPhantom.make(name,
                "right kidney with a tumour of radius 11 mm, first scan; labels 1 kidney, 2 tumour",
                Grids.straight(80, 80, 26, 1.8, 1.8, 5), 11, "2024-03-12", 20_260_104));
        add("kidney-tumour-followup", name -> KidneyPhantom.make(name,
                "the same kidney with the tumour at radius 14 mm, second scan, patient lying differently",
                Grids.shifted(Grids.straight(80, 80, 32, 1.8, 1.8, 4), 4, -3, 6), 14, "2025-04-02", 20_260_105));
        add("aneurysm-baseline", name -> VesselPhantom.make(name,
                "abdominal aorta with a fusiform aneurysm of radius 22 mm, first scan; label 1 aorta",
                Grids.straight(72, 72, 28, 1.6, 1.6, 4), 12, "2024-01-15", 20_260_106));
        add("aneurysm-followup", name -> VesselPhantom.make(name,
                "the same aorta with the aneurysm at radius 25 mm, second scan; label 1 aorta",
                Grids.straight(72, 72, 28, 1.6, 1.6, 4), 15, "2025-01-20", 20_260_107));
        add("sphere", name -> GeometryPhantom.sphere(name, Grids.straight(36, 36, 26, 1.5, 1.5, 2.2)));
        add("torus", name -> GeometryPhantom.torus(name, Grids.oblique(52, 52, 22, 1.4, 1.4, 2, 20, 30)));
        add("branching-tube", name -> GeometryPhantom.branchingTube(name,
                Grids.shifted(Grids.straight(44, 44, 48, 1.3, 1.3, 1.8), 8, 8, 0)));
    }

    private Phantoms() {}

    private static void add(String name, java.util.function.Function<String, Phantom> maker) {
        ALL.put(name, () -> maker.apply(name));
    }

    /** All names, in the order people are told. */
    public static Set<String> names() {
        return Collections.unmodifiableSet(ALL.keySet());
    }

    /** @throws InputException for a name that is none */
    public static Phantom make(String name) {
        Supplier<Phantom> maker = ALL.get(name);
        if (maker == null) {
            throw new InputException(name, "is no phantom", "choose one of " + String.join(", ", ALL.keySet()));
        }
        return maker.get();
    }
}
