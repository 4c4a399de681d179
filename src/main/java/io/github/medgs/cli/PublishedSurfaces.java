package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.engine.Engine;
import io.github.medgs.evaluation.surface.PublishedFigures;
import io.github.medgs.evaluation.surface.PublishedProtocol;
import io.github.medgs.evaluation.surface.PublishedTable;
import io.github.medgs.evaluation.surface.SurfaceMethod;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.files.FolderLock;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.Mask;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** The paper's Table 1 on the user's masks: {@code evaluate surface --protocol paper}. */
final class PublishedSurfaces {

    static final String CSV_FILE = "paper.csv";
    static final String JSON_FILE = "paper.json";
    static final String HTML_FILE = "paper.html";
    private static final String RESULT = "a report";

    @Option(names = "--image", paramLabel = "FILE", description = "for --protocol paper alone: the image of each mask, in their order, for the method joint; repeat for several masks")
    private List<Path> images = List.of();

    /**
     * Scores every method on every mask and writes the reports after each mask.
     *
     * @param asked the methods that the user named, or {@code null}: the paper's, joint where there are images
     */
    void run(List<Path> masks, Set<Long> labels, OutputFolder output, List<String> asked, SparseOptions methods,
            VolumeOptions volumes, EngineOptions engines, Console console) throws IOException {
        output.check(JSON_FILE, RESULT);
        output.checkFiles(List.of(CSV_FILE, HTML_FILE));
        List<String> names = names(asked, masks.size());
        Once.requireSome("--methods", names);
        Once.require("--methods", names);
        List<String> volumeNames = CaseNames.of(masks);
        for (String name : names) {
            methods.method(name, null, console, engines.threads());
        }
        // Every file is looked at before the first is worked on; all of them together need not fit into memory.
        PublishedProtocol only = null;
        for (int n = 0; n < masks.size(); n++) {
            only = protocol(n, masks, labels, methods, volumes, engines, console);
        }
        List<PublishedTable.Case> cases = new ArrayList<>();
        try (Engine engine = SparseOptions.anyLearned(names) ? engines.open(console) : null;
                FolderLock _ = output.lock(JSON_FILE, RESULT)) {
            List<SurfaceMethod> chosen = new ArrayList<>();
            for (String name : names) {
                chosen.add(methods.method(name, engine, console, engines.threads()));
            }
            for (int n = 0; n < masks.size(); n++) {
                PublishedProtocol protocol = masks.size() == 1 ? only
                        : protocol(n, masks, labels, methods, volumes, engines, Console.MUTE);
                console.say(masks.get(n).toString());
                List<PublishedProtocol.Score> scores = new ArrayList<>();
                for (SurfaceMethod method : chosen) {
                    scores.add(protocol.run(method));
                }
                cases.add(new PublishedTable.Case(volumeNames.get(n), protocol.floor(), scores));
                PublishedTable table = new PublishedTable(names, cases);
                AtomicFile.writeText(output.resolve(CSV_FILE), table.csv());
                AtomicFile.writeText(output.resolve(JSON_FILE), table.json());
                AtomicFile.writeText(output.resolve(HTML_FILE), table.html());
                new PublishedTable(names, cases.subList(n, n + 1)).lines().forEach(console::say);
            }
        }
        if (cases.size() > 1) {
            console.say("mean of " + cases.size());
            new PublishedTable(names, cases).lines().forEach(console::say);
        }
        console.say(PublishedTable.COMPARABLE);
        console.say("wrote " + output.resolve(HTML_FILE));
    }

    /** Another protocol would not look at them. */
    void requireNoImages() {
        if (!images.isEmpty()) {
            throw new InputException("--image", "is for --protocol paper alone", "leave it out, or add --protocol paper");
        }
    }

    private List<String> names(List<String> asked, int masks) {
        if (!images.isEmpty() && images.size() != masks) {
            throw new InputException("--image", "was given " + images.size() + " times for " + masks + " masks",
                    "give the image of every mask, in their order, or of none");
        }
        List<String> names = asked != null ? asked
                : PublishedFigures.methods().stream().filter(name -> !images.isEmpty() || !name.equals("joint")).toList();
        if (images.isEmpty() && names.stream().anyMatch(name -> name.endsWith("joint"))) {
            throw new InputException("--methods joint", "needs the images", "give --image FILE for every mask");
        }
        return names;
    }

    private PublishedProtocol protocol(int n, List<Path> masks, Set<Long> labels, SparseOptions methods,
            VolumeOptions volumes, EngineOptions engines, Console console) {
        // A mask is its own image where there is none: what its reader notes is then said as it is read for a mask.
        Volume image = images.isEmpty() ? volumes.load(masks.get(n), Console.MUTE) : volumes.load(images.get(n), console);
        Mask mask = methods.mask(masks.get(n), labels, volumes, image.grid(), console);
        SliceStack stack = images.isEmpty() ? methods.slices().stack(image, new IntensityWindow(0, 1))
                : methods.slices().stack(image, images.get(n));
        return new PublishedProtocol(stack, mask, engines.threads());
    }
}
