package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.surface.Frame;
import picocli.CommandLine.Option;

/** How a surface is taken from a mask field. */
final class SurfaceOptions {

    @Option(names = "--level", paramLabel = "L", defaultValue = "0.5", description = "value of the field on the surface (default: ${DEFAULT-VALUE})")
    float level;

    @Option(names = "--frame", paramLabel = "LPS|RAS", defaultValue = "LPS", description = "patient coordinates of the file (default: ${DEFAULT-VALUE})")
    Frame frame;

    void check() {
        if (!(level > 0 && level < 1)) {
            throw new InputException("--level " + level, "is outside the field's range", "give a value between 0 and 1");
        }
    }
}
