package io.github.medgs.volume.dicom;

import io.github.medgs.volume.Grid;
import io.github.medgs.volume.LoadedVolume;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.Segment;
import io.github.medgs.volume.Storage;
import io.github.medgs.volume.StoredVoxels;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.Words;
import io.github.medgs.volume.raw.VoxelLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.joml.Matrix4d;
import org.joml.Vector3d;

/**
 * DICOM segmentations (PS3.3, A.51 and A.101) as label maps: a voxel holds its segment's number. On the grid of the
 * image that the mask is read for, where its frames are slices of that; else on their own, from the first to the last.
 */
final class SegmentationReader {

    /** How far a distance may be off a whole number of slices, as a share of it. */
    private static final double WHOLE = 0.03;

    private final Path path;
    private final DicomObject object;
    private final List<DicomSlice> slices;
    private final List<String> notes = new ArrayList<>();
    private final boolean labelMap;
    private final double half;
    private final Map<Integer, Integer> labels;
    private final double spacingBetween;

    private SegmentationReader(Path path) {
        DicomImage.Parsed parsed = DicomImage.parse(path);
        this.path = path;
        this.object = parsed.object();
        this.slices = SliceReader.slices(object, parsed.image(), notes);
        this.spacingBetween = SliceReader.spacingBetween(object, parsed.image());
        String type = object.text(Tag.SEGMENTATION_TYPE);
        this.labelMap = type.equals("LABELMAP");
        this.labels = labelMap ? Map.of() : labels(object);
        boolean fractional = type.equals("FRACTIONAL");
        this.half = labelMap ? 0 : fractional ? object.unsignedShort(Tag.LARGEST_FRACTION, 255) / 2.0 : 0.5;
        if (fractional) {
            notes.add("its segments are fractional: a voxel belongs to one where it is at least half of "
                    + object.unsignedShort(Tag.LARGEST_FRACTION, 255));
        }
    }

    static LoadedVolume read(Path path, ReadOptions options) {
        return new SegmentationReader(path).read(options);
    }

    private LoadedVolume read(ReadOptions options) {
        options.frameOf(path.toString(), 1);
        for (DicomSlice slice : slices) {
            if (slice.position() == null || slice.along() == null) {
                throw DicomParser.damaged(path, "frame " + (slice.frame() + 1) + " of its segmentation has no place");
            }
        }
        Grid grid = options.onto() != null && slices.stream().allMatch(slice -> sliceOf(options.onto(), slice) >= 0)
                ? options.onto() : ownGrid();
        int count = VoxelLayout.voxelCount(path.toString(), grid.nx(), grid.ny(), grid.nz());
        float[] voxels = VoxelLayout.allocate(path.toString(), count);
        fill(grid, voxels);
        List<Segment> segments = segments();
        boolean small = segments.stream().allMatch(segment -> segment.label() < 256);
        return new LoadedVolume(new Volume(grid, StoredVoxels.exactly(voxels, Storage.plain(small ? ScalarType.UINT8
                : ScalarType.UINT16))), "DICOM segmentation of " + Words.count(segments.size(), "segment", "segments"),
                object.text(Tag.SEGMENTATION_TYPE).toLowerCase(java.util.Locale.ROOT) + " frames", 1, 0, notes, segments);
    }

    // Which slice of a grid a frame is: its first and its last pixel lie where that slice's do.
    private static int sliceOf(Grid grid, DicomSlice slice) {
        if (slice.rows() != grid.ny() || slice.columns() != grid.nx()) {
            return -1;
        }
        Vector3d last = new Vector3d(slice.position()).fma((slice.columns() - 1) * slice.columnSpacing(), slice.along())
                .fma((slice.rows() - 1) * slice.rowSpacing(), slice.down());
        double allowed = 0.1 * Math.min(grid.spacing(0), grid.spacing(1));
        for (int k = 0; k < grid.nz(); k++) {
            if (patient(slice.position()).distance(grid.place(0, 0, k)) <= Math.max(allowed, 0.05)
                    && patient(last).distance(grid.place(grid.nx() - 1.0, grid.ny() - 1.0, k))
                            <= Math.max(allowed, 0.05)) {
                return k;
            }
        }
        return -1;
    }

    private static Vector3d patient(Vector3d lps) {
        return new Vector3d(-lps.x, -lps.y, lps.z);
    }

    // All places of frames; between them, where the step says there are more, empty slices.
    private Grid ownGrid() {
        DicomSlice first = slices.getFirst();
        Vector3d normal = first.normal();
        List<DicomSlice> sorted = new ArrayList<>(slices);
        sorted.sort(Comparator.comparingDouble(slice -> slice.height(normal)));
        List<DicomSlice> places = new ArrayList<>();
        for (DicomSlice slice : sorted) {
            if (slice.rows() != first.rows() || slice.along().distance(first.along()) > 1e-3
                    || slice.down().distance(first.down()) > 1e-3) {
                throw DicomParser.damaged(path, "its frames differ in size or direction");
            }
            if (places.isEmpty() || slice.height(normal) - places.getLast().height(normal) > 1e-2) {
                places.add(slice);
            }
        }
        List<String> gridNotes = new ArrayList<>();
        Grid grid = SlicePlaces.grid(path.toString(), places, gridNotes);
        Grid spread = spread(grid, places.stream().mapToDouble(slice -> slice.height(normal)).toArray());
        if (spread != null && slices.stream().allMatch(slice -> sliceOf(spread, slice) >= 0)) {
            return spread;
        }
        if (grid.isRegular()) {
            notes.addAll(gridNotes);
            sayApart("", grid.nz() > 1 ? grid.spacing(2) : 0);
            return grid;
        }
        // Slices without any segment have no frames: whole steps between those that have some are no irregularity.
        double step = grid.spacing(2);
        long steps = Math.round(grid.slicePosition(grid.nz() - 1) / step);
        for (int k = 0; k < grid.nz(); k++) {
            double number = grid.slicePosition(k) / step;
            if (Math.abs(number - Math.rint(number)) > 0.01) {
                notes.addAll(gridNotes);
                sayApart("up to ", IntStream.range(1, grid.nz())
                        .mapToDouble(n -> grid.slicePosition(n) - grid.slicePosition(n - 1)).max().orElseThrow());
                return grid;
            }
        }
        sayApart("", step);
        return new Grid(grid.nx(), grid.ny(), count(steps, grid), grid.indexToPatient());
    }

    private int count(long steps, Grid grid) {
        if (steps > 100L * grid.nz() + 1000) {
            throw DicomParser.damaged(path, "its frames lie " + steps + " steps apart");
        }
        return (int) steps + 1;
    }

    /**
     * The grid where the file says how far apart slices are and its frames lie whole numbers of that apart, not all one:
     * what lies between has no segment. Else null.
     */
    private Grid spread(Grid grid, double[] heights) {
        long steps = 0;
        for (int k = 1; k < heights.length; k++) {
            double number = (heights[k] - heights[k - 1]) / spacingBetween;
            if (!(Math.abs(number - Math.rint(number)) <= Math.min(0.3, WHOLE * number) && number > 0.5)) {
                return null;
            }
            steps += Math.round(number);
        }
        if (steps <= grid.nz() - 1) {
            return null;
        }
        double step = (heights[heights.length - 1] - heights[0]) / steps;
        // Along the slices' own line, which need not be their normal.
        double scale = step * grid.slicePosition(grid.nz() - 1) / (heights[heights.length - 1] - heights[0]) / grid.spacing(2);
        return new Grid(grid.nx(), grid.ny(), count(steps, grid), new Matrix4d(grid.indexToPatient()).scale(1, 1, scale));
    }

    /** Frames farther apart than their slices are thick: nobody can tell what is between. */
    private void sayApart(String most, double apart) {
        double thickness = slices.getFirst().sliceStep();
        if (thickness > 0 && apart > 1.5 * thickness) {
            notes.add("its frames lie " + most + Words.number(apart) + " mm apart and its slices are " + Words.number(thickness)
                    + " mm thick: whether there are slices without a segment between them cannot be told; read it with its image");
        }
    }

    private void fill(Grid grid, float[] voxels) {
        FrameReader reader = new FrameReader();
        int size = grid.nx() * grid.ny();
        long shared = 0;
        for (DicomSlice slice : slices) {
            int k = sliceOf(grid, slice);
            if (k < 0) {
                throw DicomParser.damaged(path, "frame " + (slice.frame() + 1) + " lies beside the others");
            }
            int label = label(slice.frame());
            double[] values = reader.read(slice.image(), slice.frame());
            for (int n = 0; n < size; n++) {
                if (labelMap) {
                    voxels[k * size + n] = (float) values[n];
                } else if (values[n] >= half) {
                    float before = voxels[k * size + n];
                    shared += before != 0 && before != label ? 1 : 0;
                    voxels[k * size + n] = Math.max(before, label);
                }
            }
        }
        if (shared > 0) {
            notes.add(Words.count(shared, "voxel belongs", "voxels belong")
                    + " to several segments; the highest number was taken");
        }
    }

    private int label(int frame) {
        if (labelMap) {
            return 0;
        }
        List<DicomObject> groups = object.items(Tag.FRAME_GROUPS);
        DicomObject own = frame < groups.size() ? groups.get(frame).first(Tag.SEGMENT_IDENTIFICATION) : null;
        DicomObject shared = object.first(Tag.SHARED_GROUPS);
        DicomObject found = own != null ? own : shared == null ? null : shared.first(Tag.SEGMENT_IDENTIFICATION);
        int label = found == null ? 0 : found.unsignedShort(Tag.REFERENCED_SEGMENT, 0);
        if (label == 0) {
            throw DicomParser.damaged(path, "frame " + (frame + 1) + " does not say which segment it is of");
        }
        return labels.getOrDefault(label, label);
    }

    // The labels that segments had before they were numbered, where a writer keeps them as we do; else their numbers.
    private static Map<Integer, Integer> labels(DicomObject object) {
        Map<Integer, Integer> labels = new HashMap<>();
        for (DicomObject item : object.items(Tag.SEGMENTS)) {
            String tracked = item.text(Tag.TRACKING_IDENTIFIER);
            if (tracked.matches(SegmentationWriter.LABEL + "[1-9][0-9]{0,4}")) {
                labels.put(item.unsignedShort(Tag.SEGMENT_NUMBER, 0),
                        Integer.parseInt(tracked.substring(SegmentationWriter.LABEL.length())));
            }
        }
        boolean all = labels.size() == object.items(Tag.SEGMENTS).size()
                && new HashSet<>(labels.values()).size() == labels.size();
        return all ? labels : Map.of();
    }

    private List<Segment> segments() {
        List<Segment> segments = new ArrayList<>();
        for (DicomObject item : object.items(Tag.SEGMENTS)) {
            int[] colour = item.unsignedShorts(Tag.SEGMENT_COLOUR);
            int number = item.unsignedShort(Tag.SEGMENT_NUMBER, 0);
            if (number > 0) {
                String name = item.text(Tag.SEGMENT_LABEL);
                segments.add(new Segment(labels.getOrDefault(number, number), name.isEmpty() ? "segment " + number : name,
                        colour == null || colour.length < 3 ? Segment.NO_COLOUR : LabColour.toRgb(colour)));
            }
        }
        return segments;
    }
}
