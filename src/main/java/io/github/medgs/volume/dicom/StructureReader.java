package io.github.medgs.volume.dicom;

import io.github.medgs.InputException;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.LoadedVolume;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.Segment;
import io.github.medgs.volume.Storage;
import io.github.medgs.volume.StoredVoxels;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.Words;
import io.github.medgs.volume.raw.ByteSource;
import io.github.medgs.volume.raw.Folders;
import io.github.medgs.volume.raw.VoxelLayout;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Radiotherapy structure sets (PS3.3, A.19) as label maps: each structure's closed contours, filled on the slices of an
 * image. A structure set has no grid of its own: it is the image's that the mask is read for, or that of the one series
 * in its folder.
 */
final class StructureReader {

    private static final int LARGEST_LABEL = 65_535;

    private final Path path;
    private final DicomObject object;
    private final List<String> notes = new ArrayList<>();

    private StructureReader(Path path) {
        this.path = path;
        try (DicomParser parser = new DicomParser(path)) {
            this.object = parser.read();
        } catch (EOFException e) {
            throw DicomParser.cutShort(path, e);
        } catch (IOException e) {
            throw ByteSource.unreadable(path, e);
        }
    }

    static LoadedVolume read(Path path, ReadOptions options) {
        return new StructureReader(path).read(options);
    }

    /** The structures in words, a line each, for a set without its image. */
    static List<String> lines(Path path) {
        StructureReader reader = new StructureReader(path);
        List<String> lines = new ArrayList<>();
        lines.add("format     DICOM structure set of " + reader.segments().size()
                + " structures: outlines, which are filled on an image");
        for (Segment segment : reader.segments()) {
            DicomObject contours = reader.contours(segment.label());
            lines.add("segment    " + segment.label() + " " + segment.name() + ", "
                    + Words.count(contours == null ? 0 : contours.items(Tag.CONTOURS).size(), "contour", "contours"));
        }
        return lines;
    }

    /** Whether the grid to fill on is known without being told. */
    static boolean hasImage(Path path) {
        return imageBeside(path) != null;
    }

    private LoadedVolume read(ReadOptions options) {
        options.frameOf(path.toString(), 1);
        Grid grid = options.onto();
        if (grid == null) {
            Path image = imageBeside(path);
            if (image == null) {
                throw new InputException(path.toString(), "is a structure set: outlines, which need the image they were"
                        + " drawn on", "give it as the mask of that image, or name the image").naming("like");
            }
            grid = DicomSource.of(image, ReadOptions.DEFAULT).grid();
            notes.add("it was filled on the slices of the series beside it (" + image.getFileName() + ")");
        }
        int count = VoxelLayout.voxelCount(path.toString(), grid.nx(), grid.ny(), grid.nz());
        float[] voxels = VoxelLayout.allocate(path.toString(), count);
        List<Segment> segments = segments();
        long shared = 0;
        for (Segment segment : segments) {
            DicomObject contours = contours(segment.label());
            if (contours != null) {
                ContourFill fill = new ContourFill(path, grid, segment.name(), notes);
                contours.items(Tag.CONTOURS).forEach(fill::add);
                shared += fill.into(voxels, segment.label());
            }
        }
        if (shared > 0) {
            notes.add(Words.count(shared, "voxel belongs", "voxels belong")
                    + " to several structures; the last one was taken");
        }
        return new LoadedVolume(new Volume(grid, StoredVoxels.exactly(voxels, Storage.plain(ScalarType.UINT16))),
                "DICOM structure set of " + Words.count(segments.size(), "structure", "structures"), "contours", 1, 0, notes,
                segments);
    }

    // The only image series of the folder, by a file of it; null for none or several.
    private static Path imageBeside(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        DicomFolder folder = DicomFolder.scan(parent, Folders.files(parent));
        SeriesList list = SeriesList.of(folder);
        return list.size() == 1 ? list.only(new ArrayList<>()).getFirst() : null;
    }

    // By their own numbers where these can be labels, else in their order.
    private List<Segment> segments() {
        List<DicomObject> items = object.items(Tag.STRUCTURES);
        boolean own = hasLabels();
        List<Segment> segments = new ArrayList<>();
        for (int n = 0; n < items.size(); n++) {
            int label = own ? (int) items.get(n).number(Tag.STRUCTURE_NUMBER, 0) : n + 1;
            String name = items.get(n).text(Tag.STRUCTURE_NAME);
            DicomObject contours = contoursOf((int) items.get(n).number(Tag.STRUCTURE_NUMBER, -1));
            double[] colour = contours == null ? null : contours.numbers(Tag.STRUCTURE_COLOUR, 3);
            int rgb = colour == null ? Segment.NO_COLOUR : level(colour[0]) << 16 | level(colour[1]) << 8 | level(colour[2]);
            segments.add(new Segment(label, name.isEmpty() ? "structure " + label : name, rgb));
        }
        return segments;
    }

    private boolean hasLabels() {
        Set<Double> numbers = new HashSet<>();
        return object.items(Tag.STRUCTURES).stream().mapToDouble(item -> item.number(Tag.STRUCTURE_NUMBER, 0))
                .allMatch(number -> number >= 1 && number <= LARGEST_LABEL && number == Math.rint(number)
                        && numbers.add(number));
    }

    private static int level(double colour) {
        return (int) Math.clamp(colour, 0, 255);
    }

    private DicomObject contours(int label) {
        if (hasLabels()) {
            return contoursOf(label);
        }
        return contoursOf((int) object.items(Tag.STRUCTURES).get(label - 1).number(Tag.STRUCTURE_NUMBER, -1));
    }

    private DicomObject contoursOf(int number) {
        return object.items(Tag.STRUCTURE_CONTOURS).stream()
                .filter(item -> item.number(Tag.REFERENCED_STRUCTURE, -1) == number).findFirst().orElse(null);
    }
}
