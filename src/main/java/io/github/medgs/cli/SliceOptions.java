package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.Volume;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How a volume becomes a stack of slices. */
final class SliceOptions {

    @Option(names = "--axis", paramLabel = "AXIS", defaultValue = "auto", description = "slicing axis: auto (the coarsest spacing), i, j or k (default: ${DEFAULT-VALUE})")
    private SliceAxis axis;

    @Option(names = "--window", paramLabel = "LO,HI", description = "intensities that become 0 and 1 (default: 0.1 to 99.9 percentile)")
    private String window;

    SliceAxis axis() {
        return axis;
    }

    /** The wanted window, or {@code null} for the automatic one. */
    IntensityWindow window() {
        if (window == null) {
            return null;
        }
        String[] ends = window.split(",", -1);
        try {
            if (ends.length == 2) {
                return new IntensityWindow(Float.parseFloat(ends[0].strip()), Float.parseFloat(ends[1].strip()));
            }
        } catch (NumberFormatException e) {
            // falls through to the one message
        }
        throw new InputException("--window " + window, "is not two numbers", "write --window LO,HI, as in -160,240");
    }

    /** @param file the volume's, for messages */
    SliceStack stack(Volume volume, Path file) {
        return stack(volume, IntensityWindow.automatic(volume, file.toString()));
    }

    /** @param usual the window where the user gave none */
    SliceStack stack(Volume volume, IntensityWindow usual) {
        IntensityWindow wanted = window();
        return SliceStack.of(volume, axis, wanted == null ? usual : wanted);
    }
}
