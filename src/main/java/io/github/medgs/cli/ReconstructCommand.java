package io.github.medgs.cli;

import io.github.medgs.reconstruction.DrawingRecipe;
import io.github.medgs.reconstruction.Reconstruction;
import io.github.medgs.reconstruction.SliceSpacing;
import io.github.medgs.reconstruction.SurfaceRecipe;
import io.github.medgs.surface.MeshFormat;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code medgs reconstruct}: the main job, from a volume on disk to in-between slices, a surface and a report. */
@Command(name = "reconstruct",
        description = "Learn a volume, and write the slices between its slices, the organ's surface and a report.",
        mixinStandardHelpOptions = true)
final class ReconstructCommand implements Callable<Integer> {

    /** Options that mean nothing where no surface is made, as of every image without a mask. */
    static final List<String> OF_SURFACES = List.of("level", "frame", "smooth", "largest", "fill-holes", "decimate", "mesh-format");

    @Spec
    private CommandSpec spec;

    @Mixin
    private TrainingOptions training;

    @Mixin
    private InterpolationOptions interpolation;

    @Option(names = "--no-uncertainty", description = "do not work out how sure drawn voxels are (uncertainty.nii.gz, band.nii.gz)")
    private boolean noUncertainty;

    @Mixin
    private SurfaceOptions surface;

    @Option(names = "--mesh-format", paramLabel = "FORMAT", defaultValue = "stl", description = "stl, ply, obj, glb, vtk or gii (default: ${DEFAULT-VALUE})")
    private MeshFormat meshFormat;

    @Mixin
    private LiveOptions live;

    @Mixin
    private EngineOptions engineOptions;

    @Mixin
    private ConsoleOptions consoleOptions;

    @Override
    public Integer call() throws Exception {
        Console console = consoleOptions.console();
        live.check();
        Reconstruction run = reconstruction(console);
        int status = training.carryOut(run, run::run, live.open(training.folder(), engineOptions, console), console);
        if (status == Main.DONE) {
            console.say("wrote " + training.folder());
        }
        return status;
    }

    /** The run that the options describe; all files are read. */
    Reconstruction reconstruction(Console console) throws IOException {
        SliceSpacing spacing = interpolation.spacing();
        SurfaceRecipe recipe = surface.recipe(true, meshFormat);
        DrawingRecipe drawing = interpolation.recipe(!noUncertainty);
        training.requireMask(ofSurface(), "speaks of a surface, and without a mask there is none");
        return training.reconstruction(engineOptions, console).spacing(spacing).drawing(drawing).surface(recipe, meshFormat);
    }

    /** An option of surfaces that was given, or {@code null}. */
    private String ofSurface() {
        return OF_SURFACES.stream().map(name -> "--" + name).filter(spec.commandLine().getParseResult()::hasMatchedOption)
                .findFirst().orElse(null);
    }
}
