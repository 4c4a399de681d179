package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.Label;
import io.github.medgs.volume.LabelNames;
import io.github.medgs.volume.Labels;
import io.github.medgs.volume.LoadedVolume;
import io.github.medgs.volume.Mask;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import picocli.CommandLine.Option;

/** What a volume file does not say about itself. */
final class VolumeOptions {

    @Option(names = "--frame-index", paramLabel = "N", description = "which volume of a file that holds several, from 0 (default: 0, or the one of the DICOM file that is named)")
    private Integer frame;

    @Option(names = "--series", paramLabel = "N|UID", description = "which image series of a DICOM folder: its number as medgs info lists it, or its SeriesInstanceUID")
    private String series;

    @Option(names = "--spacing-mm", paramLabel = "I,J,K", description = "voxel spacing of PNG slices that come without one: column, row, slice")
    private String spacing;

    /** How to read, as the user said. */
    ReadOptions readOptions() {
        if (frame != null && frame < 0) {
            throw new InputException("--frame-index " + frame, "is no volume of a file", "count from 0");
        }
        return new ReadOptions(frame == null ? ReadOptions.ANY_FRAME : frame, spacing == null ? null : numbers(spacing),
                series, null);
    }

    /** Reads a volume, and says what its reader noted. */
    Volume load(Path path, Console console) {
        return said(path, VolumeFiles.load(path, readOptions()), console);
    }

    /** As below, labels by their numbers. */
    Mask loadMask(Path path, Set<Long> labels, MaskOptions options, Grid image, Console console) {
        return loadMask(path, labels.stream().map(String::valueOf).toList(), Map.of(), options, image, console);
    }

    /**
     * Reads the mask of an image: the image's frame where the mask has several too, else its only one. It is brought
     * onto the image's grid, and what that took is said.
     *
     * @param labels by number or name
     * @param given names of labels that go before those of the file
     */
    Mask loadMask(Path path, List<String> labels, Map<Long, Label> given, MaskOptions options, Grid image, Console console) {
        ReadOptions onto = readOptions().onto(image);
        LoadedVolume loaded = loadFrame(path, onto);
        Map<Long, Label> names = new HashMap<>(loaded.names());
        names.putAll(given);
        Set<Long> wanted = new LinkedHashSet<>();
        labels.forEach(label -> wanted.add(LabelNames.number(label, names,
                Labels.occurring(loaded.volume(), path.toString()), path.toString())));
        List<String> notes = new ArrayList<>();
        Mask mask = new Mask(said(path, loaded, console), path.toString(), wanted, options.soft, names)
                .onto(image, options.resample, notes);
        // Only to hear what its values are: the run asks again.
        mask.inside(notes);
        notes.forEach(note -> console.say(path + ": " + note));
        if (!options.soft && wanted.isEmpty()) {
            sayGrey(path, mask.volume(), Labels.present(mask.volume(), path.toString()),
                    "if they are probabilities, give --soft, and if it is an image, give the mask", console);
        }
        return mask;
    }

    /** Reads a volume that belongs to an image: the image's frame where the file has several too, else its only one. */
    Volume loadBeside(Path path, Console console) {
        return said(path, loadFrame(path, readOptions()), console);
    }

    private LoadedVolume loadFrame(Path path, ReadOptions options) {
        LoadedVolume first = VolumeFiles.load(path, options.withFrame(ReadOptions.ANY_FRAME));
        boolean choose = frame != null && frame > 0 && first.frames() > 1;
        return choose ? VolumeFiles.load(path, options) : first;
    }

    /** What looks like an image or like probabilities of 0 to 255 would be taken for so many labels. */
    static void sayGrey(Path path, Volume mask, SortedSet<Long> labels, String remedy, Console console) {
        if (Labels.looksGrey(mask, labels)) {
            console.say("warning: " + path + ": each of its " + labels.size() + " values from " + labels.first() + " to "
                    + labels.last() + " is taken for a label; " + remedy);
        }
    }

    /**
     * Reads what belongs to an image, with its segments' names; outlines are filled on the image's grid.
     *
     * @param image {@code null} for what stands alone: then what was asked for is asked of it
     */
    LoadedVolume loadOnto(Path path, Grid image, Console console) {
        LoadedVolume loaded = VolumeFiles.load(path, image == null ? readOptions() : readOptions().onto(image));
        said(path, loaded, console);
        return loaded;
    }

    private static Volume said(Path path, LoadedVolume loaded, Console console) {
        loaded.notes().forEach(note -> console.say(path + ": " + note));
        return loaded.volume();
    }

    private static double[] numbers(String text) {
        String[] words = text.split(",", -1);
        double[] numbers = new double[words.length];
        for (int n = 0; n < words.length; n++) {
            try {
                numbers[n] = Double.parseDouble(words[n].strip());
            } catch (NumberFormatException e) {
                throw new InputException("--spacing-mm " + text, "is not three numbers",
                        "write --spacing-mm I,J,K, as in 0.5,0.5,3", e);
            }
        }
        return numbers;
    }
}
