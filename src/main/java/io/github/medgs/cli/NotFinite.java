package io.github.medgs.cli;

import io.github.medgs.volume.Words;
import java.nio.file.Path;

/** Tells of voxels that are no number, which every method sees as the window's low end. */
final class NotFinite {

    private NotFinite() {}

    /** @param count how many there are */
    static void say(Path file, int count, Console console) {
        if (count > 0) {
            console.say("warning: " + file + ": " + Words.count(count, "voxel is", "voxels are")
                    + " NaN or infinite; " + (count == 1 ? "it counts" : "they count") + " as the window's low end");
        }
    }
}
