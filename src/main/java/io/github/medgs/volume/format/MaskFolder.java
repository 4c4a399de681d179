package io.github.medgs.volume.format;

import io.github.medgs.InputException;
import io.github.medgs.files.InputFiles;
import io.github.medgs.volume.Labels;
import io.github.medgs.volume.LoadedVolume;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.Segment;
import io.github.medgs.volume.Storage;
import io.github.medgs.volume.StoredVoxels;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.Words;
import io.github.medgs.volume.raw.Folders;
import io.github.medgs.volume.raw.VoxelLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

/**
 * A folder of masks, one structure in each file, as TotalSegmentator and others write them: one label map. Files are
 * numbered from 1 in the order of their names, empty ones too, so that a structure has one number in every such folder;
 * each is called what its file is.
 */
final class MaskFolder {

    private MaskFolder() {}

    /** The volumes of a folder, by their names; of a header and its data the header. */
    static List<Path> volumes(Path folder) {
        return Folders.files(folder).stream().filter(VolumeFiles::isNamedAsVolumeOrHeader)
                .sorted(Comparator.comparing(file -> file.getFileName().toString())).toList();
    }

    /**
     * Reads them.
     *
     * @param files at least one
     * @throws InputException when one is no mask of one structure, lies on another grid than the first, or has a name that
     *     cannot be read in this locale
     */
    static LoadedVolume read(Path folder, List<Path> files, ReadOptions options) {
        options.frameOf(folder.toString(), 1);
        files.forEach(InputFiles::requireReadableName);
        Volume first = null;
        float[] voxels = null;
        long shared = 0;
        int empty = 0;
        Map<String, List<String>> said = new LinkedHashMap<>();
        List<Segment> segments = new ArrayList<>();
        for (Path file : files) {
            LoadedVolume loaded = VolumeFiles.load(file, ReadOptions.DEFAULT);
            loaded.notes().forEach(note -> said.computeIfAbsent(note, _ -> new ArrayList<>()).add(file.getFileName().toString()));
            Volume mask = loaded.volume();
            if (first == null) {
                first = mask;
                voxels = VoxelLayout.allocate(folder.toString(), mask.voxels().length);
            } else if (!mask.grid().sameAs(first.grid())) {
                throw new InputException(file.toString(), "lies on another grid than " + files.getFirst().getFileName()
                        + " (" + mask.describeGrid() + "; " + first.describeGrid() + ")", "put masks on one grid into a folder");
            }
            int label = segments.size() + 1;
            if (marksNothing(mask, file)) {
                empty++;
            } else {
                float[] inside = Labels.binary(mask, Set.of(), file.toString());
                for (int n = 0; n < voxels.length; n++) {
                    shared += inside[n] != 0 && voxels[n] != 0 ? 1 : 0;
                    voxels[n] = inside[n] != 0 ? label : voxels[n];
                }
            }
            segments.add(new Segment(label, structure(file), Segment.NO_COLOUR));
        }
        ScalarType type = files.size() < 256 ? ScalarType.UINT8 : ScalarType.UINT16;
        return new LoadedVolume(new Volume(first.grid(), StoredVoxels.exactly(voxels, Storage.plain(type))),
                "folder of " + Words.count(files.size(), "mask", "masks"), "one structure a file", 1, 0,
                notes(files.size(), empty, shared, said), segments);
    }

    /** Whether a mask is empty; one of several structures, or of none, is refused. */
    private static boolean marksNothing(Volume mask, Path file) {
        String advice = "every file of a folder of masks marks one structure; give a volume file";
        SortedSet<Long> labels;
        try {
            labels = Labels.present(mask, file.toString());
        } catch (InputException e) {
            throw new InputException(file.toString(), "holds more than a mask", advice, e);
        }
        if (labels.size() > 1) {
            throw new InputException(file.toString(), "holds " + labels.size() + " different values", advice);
        }
        return labels.isEmpty();
    }

    // What readers said of files comes last, once for all those of which it is true.
    private static List<String> notes(int files, int empty, long shared, Map<String, List<String>> said) {
        List<String> notes = new ArrayList<>();
        notes.add(Words.count(files, "mask is", "masks are") + " taken as labels from 1 on, in the order of their files' names"
                + (empty > 0 ? "; " + Words.count(empty, "of them is", "of them are") + " empty" : ""));
        if (shared > 0) {
            notes.add(Words.count(shared, "voxel belongs", "voxels belong")
                    + " to several masks; the highest number was taken");
        }
        said.forEach((note, of) -> notes.add(of.getFirst() + (of.size() == 1 ? "" : " and " + (of.size() - 1) + " more") + ": "
                + note));
        return notes;
    }

    private static String structure(Path file) {
        String name = file.getFileName().toString();
        return VolumeFiles.HEADER.matcher(name.substring(0, name.length() - VolumeFiles.ending(name).length())).replaceFirst("");
    }
}
