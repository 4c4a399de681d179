package io.github.medgs.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.medgs.InputException;
import io.github.medgs.evaluation.longitudinal.OrganSurface;
import io.github.medgs.evaluation.surface.Overlap;
import io.github.medgs.evaluation.surface.SparseFiles;
import io.github.medgs.evaluation.surface.SurfaceScore;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.surface.MeshCheck;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code medgs evaluate surface}: one surface against another. It takes the options of {@code evaluate sparse} too, for
 * scripts that know that protocol by its older spelling.
 */
@Command(name = "surface",
        description = "Distances, overlap and volume error of a surface against a reference, never rescaled or"
                + " registered. With --protocol sparse: as medgs evaluate sparse. With --protocol paper: the surfaces that"
                + " methods make of whole masks, by the measure of the MedGS paper's Table 1, beside its figures.",
        mixinStandardHelpOptions = true)
final class EvaluateSurfaceCommand implements Callable<Integer> {

    private static final List<String> OF_PROTOCOLS = List.of("--methods", "--funsr-steps", "--soft",
            "--resample-mask", "--axis", "--window", "--preset", "--config", "--set", "--seed");

    /** The other one has its own stride. */
    private static final List<String> OF_SPARSE = List.of("--stride", "--offsets");

    /** What is compared. */
    enum Protocol {
        PAIR, SPARSE, PAPER
    }

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "PREDICTED and REFERENCE, each a mesh, mask, mask field or model; IMAGE and MASK with --protocol sparse; one or more MASKs with --protocol paper")
    private List<Path> files;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", required = true, description = "JSON report (a folder with --protocol sparse or paper)")
    private Path output;

    @Option(names = "--protocol", paramLabel = "PROTOCOL", defaultValue = "pair", description = "pair, sparse or paper (default: ${DEFAULT-VALUE})")
    private Protocol protocol;

    @Option(names = "--label", paramLabel = "N", description = "label of the masks to take; repeat for several (default: all); a mesh or a field has none and is taken whole")
    private List<Long> labels = List.of();

    @Option(names = "--force", description = "sparse, paper: replace earlier results in the output folder")
    private boolean force;

    @Mixin
    private SparseOptions sparse;

    @Mixin
    private PublishedSurfaces published;

    @Mixin
    private FrameOptions frames;

    @Mixin
    private VolumeOptions volumeOptions;

    @Mixin
    private EngineOptions engineOptions;

    @Mixin
    private ConsoleOptions consoleOptions;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Console console = consoleOptions.console();
        Set<Long> wanted = new LinkedHashSet<>(labels);
        if (protocol != Protocol.SPARSE) {
            refuse(OF_SPARSE, "sparse");
        }
        if (protocol != Protocol.PAIR) {
            refuse(List.of("--frame"), "pair");
        }
        if (protocol == Protocol.PAPER) {
            published.run(files, wanted, new OutputFolder(output, force), named() ? sparse.methods() : null, sparse,
                    volumeOptions, engineOptions, console);
            return Main.DONE;
        }
        published.requireNoImages();
        if (protocol == Protocol.PAIR) {
            // Two surfaces are compared as they are: what a protocol makes of a mask would be passed over.
            refuse(OF_PROTOCOLS, "sparse or paper");
        }
        if (files.size() != 2) {
            String what = protocol == Protocol.SPARSE ? "the image and the mask" : "the surface and its reference";
            throw new InputException("evaluate surface", "was given " + files.size() + (files.size() == 1 ? " file" : " files"),
                    "give two: " + what);
        }
        Path predicted = files.get(0);
        Path reference = files.get(1);
        if (protocol == Protocol.SPARSE) {
            sparse.run(predicted, reference, wanted, new OutputFolder(output, force), volumeOptions, engineOptions, console);
            return Main.DONE;
        }
        if (Files.isDirectory(output)) {
            throw new InputException(output.toString(), "is a folder", "give the name of a file");
        }
        OutputFile.requireOther(output, predicted, reference);
        AtomicFile.requirePlace(output);
        SurfacePair pair = SurfacePair.read(
                predicted, reference, wanted, false, frames, volumeOptions, engineOptions, console);
        SurfaceSource first = pair.first();
        SurfaceSource second = pair.second();
        requireCommon(pair);
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        ObjectNode root = mapper.createObjectNode();
        root.put("predicted", predicted.toString());
        root.put("reference", reference.toString());
        root.put("registered", false);
        for (SurfacePair.Row row : pair.rows()) {
            if (!row.inBoth()) {
                absent(root, row, row.first() == null ? predicted : reference, console);
                continue;
            }
            OrganSurface guess = row.first();
            OrganSurface truth = row.second();
            List<String> warnings = FrameOptions.warnings(first, guess.mesh(), second, truth.mesh());
            warnings.forEach(warning -> console.say("warning: " + warning));
            SurfaceScore score = SurfaceScore.of(
                    guess.mesh(), truth.mesh(), dice(first, guess, second, truth), engineOptions.threads())
                    .withVolumes(guess.volume(), truth.volume());
            ObjectNode node = root.withArray("structures").addObject();
            node.put("label", row.label()).put("name", row.name());
            warnings.forEach(warning -> node.withArray("warnings").add(warning));
            SparseFiles.put(node, score);
            MeshCheck check = MeshCheck.of(guess.mesh());
            node.put("predictedSound", check.sound());
            check.complaints().forEach(complaint -> node.withArray("predictedComplaints").add(complaint));
            console.say(String.format(Locale.ROOT,
                    "%s: ASSD %.3f mm, HD95 %.2f mm, HD %.2f mm, Chamfer %.3f mm, Dice %s, volume %s %%",
                    row.name(), score.assd(), score.hd95(), score.hd(), score.chamfer(),
                    Double.isNaN(score.dice()) ? "-" : String.format(Locale.ROOT, "%.4f", score.dice()),
                    Words.signed(100 * score.volumeError(), 1)));
        }
        AtomicFile.writeText(output, mapper.writeValueAsString(root) + "\n");
        console.say("wrote " + output);
        return Main.DONE;
    }

    private void refuse(List<String> options, String protocols) {
        for (String option : options) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw new InputException(option, "is for --protocol " + protocols, "leave it out, or name the protocol");
            }
        }
    }

    private boolean named() {
        return spec.commandLine().getParseResult().hasMatchedOption("--methods");
    }

    /** A row for a structure that one of the files lacks. */
    private static void absent(ObjectNode root, SurfacePair.Row row, Path lacking, Console console) {
        root.withArray("structures").addObject().put("label", row.label()).put("name", row.name())
                .put("absentFrom", lacking.toString());
        console.say(row.name() + ": " + lacking + " has no surface of it");
    }

    private static void requireCommon(SurfacePair pair) {
        if (pair.rows().stream().noneMatch(SurfacePair.Row::inBoth)) {
            throw new InputException(pair.first().file().toString(), "has no label that " + pair.second().file() + " has",
                    "give files of the same structures");
        }
    }

    /** On the voxels of a mask where there is one, the reference's first; NaN where a mesh is not closed. */
    private static double dice(SurfaceSource first, OrganSurface guess, SurfaceSource second, OrganSurface truth)
            throws IOException {
        Volume a = first.voxelsOf(guess);
        Volume b = second.voxelsOf(truth);
        if (a != null && b != null && a.sameGrid(b)) {
            return Overlap.dice(a.voxels(), b.voxels());
        }
        if (!MeshCheck.of(guess.mesh()).closed() || !MeshCheck.of(truth.mesh()).closed()) {
            return Double.NaN;
        }
        return b != null ? Overlap.dice(guess.mesh(), b) : a != null ? Overlap.dice(truth.mesh(), a)
                : Overlap.dice(guess.mesh(), truth.mesh());
    }
}
