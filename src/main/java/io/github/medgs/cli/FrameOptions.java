package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.evaluation.surface.Placement;
import io.github.medgs.surface.Frame;
import io.github.medgs.surface.TriangleMesh;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** In which frame meshes are whose files do not say. */
final class FrameOptions {

    @Option(names = "--frame", paramLabel = "LPS|RAS", split = ",", description = "patient coordinates of meshes whose files do not state theirs; two by comma where the first and the second differ (default: LPS)")
    private List<Frame> frames = List.of();

    /** @param which 0 for the first mesh of the command, 1 for the second */
    Frame of(int which) {
        if (frames.size() > 2) {
            throw new InputException("--frame", "has " + frames.size() + " values", "give one, or two by comma");
        }
        return frames.isEmpty() ? Frame.LPS : frames.get(Math.min(which, frames.size() - 1));
    }

    /** What people should know of two surfaces: that they do not overlap, and which mirror image would. */
    static List<String> warnings(SurfaceSource first, TriangleMesh surface, SurfaceSource second,
            TriangleMesh reference) {
        List<String> warnings = new ArrayList<>(first.warnings());
        warnings.addAll(second.warnings());
        String line = switch (Placement.of(surface, reference)) {
            case MEETS -> null;
            case APART -> "the surfaces do not overlap: do both come from the same patient space?";
            case OTHER_FRAME -> "the surfaces overlap little or not, but would if one were in the other frame: "
                    + (first.frameAssumed() ? first.file() + " was taken as LPS or as --frame says; try --frame RAS"
                            + (second.frameAssumed() ? ",LPS" : "")
                            : second.frameAssumed() ? second.file() + " does not state its frame; try --frame LPS,RAS"
                            : "one of the files states the wrong one");
            case MIRRORED_X -> "the surfaces overlap little or not, but would if one were mirrored left to right: was it exported"
                    + " with x turned?";
            case MIRRORED_Y -> "the surfaces overlap little or not, but would if one were mirrored front to back: was it exported"
                    + " with y turned?";
        };
        if (line != null) {
            warnings.add(line);
        }
        return warnings;
    }
}
