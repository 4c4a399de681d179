package io.github.medgs.volume.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.Labels;
import io.github.medgs.volume.LoadedVolume;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.Segment;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.joml.Matrix4d;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Segmentations out and in, and structure sets in. */
class DicomMasksTest {

    private static final int SIZE = 40;

    @TempDir
    Path folder;

    private Path series;

    @BeforeEach
    void series() throws IOException {
        series = Files.createDirectories(folder.resolve("series"));
        for (int n = 0; n < 6; n++) {
            slice(n, 3 * n);
        }
    }

    @Test
    void aSegmentationComesBackWithItsLabelsAndNames() throws IOException {
        DicomSource source = DicomSource.of(series, ReadOptions.DEFAULT);
        Volume labels = new Volume(source.grid(), new float[SIZE * SIZE * 6]);
        fill(labels, 1, 0, 10, 1, 4);
        fill(labels, 300, 12, 30, 2, 3);
        fill(labels, 7, 31, 32, 4, 5);
        Path file = folder.resolve("labels.dcm");
        List<Segment> names = List.of(new Segment(1, "Niere, links", 0x3366CC), new Segment(300, "左腎", -1));
        SegmentationWriter.write(labels, names, source, "TEST", file);
        byte[] once = Files.readAllBytes(file);
        SegmentationWriter.write(labels, names, source, "TEST", file);
        assertArrayEquals(once, Files.readAllBytes(file), "the same input gives the same file");

        LoadedVolume back = VolumeFiles.load(file, ReadOptions.DEFAULT.onto(source.grid()));
        assertArrayEquals(labels.voxels(), back.volume().voxels());
        assertTrue(back.volume().sameGrid(labels));
        assertEquals(List.of("1 Niere, links", "7 label 7", "300 左腎"),
                back.segments().stream().map(segment -> segment.label() + " " + segment.name()).toList());
        assertEquals(0x3366CC, back.segments().getFirst().rgb());
        LoadedVolume alone = VolumeFiles.load(file, ReadOptions.DEFAULT);
        assertEquals(5, alone.volume().nz(), "from the first slice with a segment to the last");
        assertEquals(300, alone.volume().voxel(15, 15, 1));

        Files.copy(file, series.resolve("seg.dcm"));
        assertEquals(6, VolumeFiles.read(series).nz(), "a segmentation beside its series is in nobody's way");
        Volume elsewhere = new Volume(SIZE, SIZE, 6, new float[SIZE * SIZE * 6], new Matrix4d());
        assertThrows(InputException.class, () -> SegmentationWriter.write(elsewhere, names, source, "TEST", file));
        assertThrows(InputException.class, () -> SegmentationWriter.write(new Volume(source.grid(),
                new float[SIZE * SIZE * 6]), names, source, "TEST", file), "nothing is marked");
    }

    /** Archives keep one of two objects with the same identifier. */
    @Test
    void theSamePixelsOnAnotherSliceAreAnotherSegmentation() throws IOException {
        DicomSource source = DicomSource.of(series, ReadOptions.DEFAULT);
        List<DicomObject> written = new ArrayList<>();
        for (int k : new int[] {2, 3}) {
            Volume labels = new Volume(source.grid(), new float[SIZE * SIZE * 6]);
            fill(labels, 1, 0, 10, k, k);
            Path file = folder.resolve("labels" + k + ".dcm");
            SegmentationWriter.write(labels, List.of(), source, "TEST", file);
            written.add(DicomImage.parse(file).object());
        }
        for (int tag : new int[] {Tag.SOP_INSTANCE, Tag.SERIES}) {
            assertNotEquals(written.getFirst().text(tag), written.getLast().text(tag));
        }
    }

    @Test
    void slicesWithoutASegmentAreEmptyAndSlicesKeepTheirPlaces() throws IOException {
        slice(6, 30);
        DicomSource source = DicomSource.of(series, ReadOptions.DEFAULT);
        Volume labels = new Volume(source.grid(), new float[SIZE * SIZE * 7]);
        fill(labels, 1, 0, 10, 0, 0);
        fill(labels, 1, 0, 10, 6, 6);
        Path file = folder.resolve("labels.dcm");
        SegmentationWriter.write(labels, List.of(), source, "TEST", file);
        LoadedVolume back = VolumeFiles.load(file, ReadOptions.DEFAULT.onto(source.grid()));
        assertArrayEquals(labels.voxels(), back.volume().voxels());
        assertTrue(back.volume().sameGrid(labels), "the image's own places");
    }

    @Test
    void readAloneSlicesWithoutASegmentHaveTheirPlacesToo() throws IOException {
        DicomSource source = DicomSource.of(series, ReadOptions.DEFAULT);
        Volume labels = new Volume(source.grid(), new float[SIZE * SIZE * 6]);
        fill(labels, 1, 0, 10, 1, 1);
        fill(labels, 1, 0, 10, 3, 3);
        fill(labels, 1, 0, 10, 5, 5);
        Path file = folder.resolve("labels.dcm");
        SegmentationWriter.write(labels, List.of(), source, "TEST", file);
        Volume alone = VolumeFiles.read(file);
        assertEquals(5, alone.nz(), "from the first slice with a segment to the last, two of them without one");
        assertEquals(source.grid().spacing(2), alone.spacing(2), 1e-6);
        assertEquals(source.grid().place(3, 4, 5).distance(alone.grid().place(3, 4, 4)), 0, 1e-6);
        assertEquals(Labels.volume(labels), Labels.volume(alone), 1e-6);
        assertEquals(0, alone.voxel(5, 15, 1));
        assertEquals(1, alone.voxel(5, 15, 2));
    }

    @Test
    void framesThatLieFartherApartThanTheyAreThickAreTold() throws IOException {
        for (boolean stated : new boolean[] {false, true}) {
            LoadedVolume loaded = framesAt(stated ? 2 : 0, 0, 20);
            assertEquals(stated ? 11 : 2, loaded.volume().nz());
            assertEquals(stated ? 8 : 80, Labels.volume(loaded.volume()), 1e-6);
            assertEquals(!stated, loaded.notes().toString().contains("20 mm apart and its slices are 2 mm thick"),
                    loaded.notes().toString());
        }
        assertTrue(framesAt(0, 0, 20, 40, 80).notes().toString().contains("20 mm apart and its slices"), "steps left out");
        assertTrue(framesAt(0, 0, 2, 40, 80).notes().toString().contains("up to 40 mm apart and its slices"), "places of their own");
        assertFalse(framesAt(0, 0, 2, 6, 8).notes().toString().contains("mm apart"), "neighbours tell");
        assertTrue(framesAt(0, 0, 2.1, 4, 6).notes().toString().contains("off equal distances"), "as of any series");
    }

    /** Frames that the stated distance all but fits are no damage. */
    @Test
    void framesBesideTheStatedDistanceKeepPlacesOfTheirOwn() throws IOException {
        Grid grid = framesAt(2, 0, 20.55, 40, 42, 44, 46).volume().grid();
        assertEquals(6, grid.nz());
        assertEquals(20.55, grid.slicePosition(1), 1e-9);
    }

    // Frames of 2 x 2 pixels, 2 mm thick and two of them in the segment.
    private LoadedVolume framesAt(double spacingBetween, double... heights) throws IOException {
        DicomBuilder[] frames = new DicomBuilder[heights.length];
        byte[] pixels = new byte[4 * heights.length];
        for (int n = 0; n < heights.length; n++) {
            frames[n] = new DicomBuilder().sequence(Tag.PLANE_POSITIONS, new DicomBuilder().decimals(Tag.POSITION, 0, 0, heights[n]))
                    .sequence(Tag.SEGMENT_IDENTIFICATION, new DicomBuilder().shorts(Tag.REFERENCED_SEGMENT, 1));
            System.arraycopy(new byte[] {99, 100, (byte) 200, 0}, 0, pixels, 4 * n, 4);
        }
        DicomBuilder measures = new DicomBuilder().decimals(Tag.PIXEL_SPACING, 1, 1).decimals(Tag.SLICE_THICKNESS, 2);
        Path path = folder.resolve("frames.dcm");
        Files.write(path, new DicomBuilder().text(Tag.SOP_CLASS, "UI", SegmentationWriter.SOP_CLASS)
                .text(Tag.SEGMENTATION_TYPE, "CS", "FRACTIONAL").shorts(Tag.LARGEST_FRACTION, 200)
                .shorts(Tag.ROWS, 2).shorts(Tag.COLUMNS, 2).text(Tag.FRAMES, "IS", String.valueOf(heights.length))
                .shorts(Tag.SAMPLES_PER_PIXEL, 1).shorts(Tag.BITS_ALLOCATED, 8).shorts(Tag.BITS_STORED, 8).shorts(Tag.HIGH_BIT, 7)
                .sequence(Tag.SHARED_GROUPS, new DicomBuilder().sequence(Tag.PIXEL_MEASURES, spacingBetween > 0
                        ? measures.decimals(Tag.SPACING_BETWEEN_SLICES, spacingBetween) : measures)
                        .sequence(Tag.PLANE_ORIENTATIONS, new DicomBuilder().decimals(Tag.ORIENTATION, 1, 0, 0, 0, 1, 0)))
                .sequence(Tag.FRAME_GROUPS, frames).raw(Tag.PIXELS, "OB", pixels).file(SegmentationWriter.SOP_CLASS, "1.2.3"));
        return VolumeFiles.load(path, ReadOptions.DEFAULT);
    }

    @Test
    void fractionalSegmentsCountFromHalfOn() throws IOException {
        DicomBuilder file = new DicomBuilder().text(Tag.SOP_CLASS, "UI", SegmentationWriter.SOP_CLASS)
                .text(Tag.SEGMENTATION_TYPE, "CS", "FRACTIONAL").shorts(Tag.LARGEST_FRACTION, 200)
                .shorts(Tag.ROWS, 2).shorts(Tag.COLUMNS, 2).text(Tag.FRAMES, "IS", "2").shorts(Tag.SAMPLES_PER_PIXEL, 1)
                .shorts(Tag.BITS_ALLOCATED, 8).shorts(Tag.BITS_STORED, 8).shorts(Tag.HIGH_BIT, 7)
                .sequence(Tag.SHARED_GROUPS, new DicomBuilder()
                        .sequence(Tag.PIXEL_MEASURES, new DicomBuilder().decimals(Tag.PIXEL_SPACING, 1, 1)
                                .decimals(Tag.SLICE_THICKNESS, 2))
                        .sequence(Tag.PLANE_ORIENTATIONS, new DicomBuilder().decimals(Tag.ORIENTATION, 1, 0, 0, 0, 1, 0)))
                .sequence(Tag.FRAME_GROUPS, frame(1), frame(2))
                .raw(Tag.PIXELS, "OB", new byte[] {99, 100, (byte) 200, 0, 0, 0, (byte) 200, (byte) 200});
        Path path = folder.resolve("fractional.dcm");
        Files.write(path, file.file(SegmentationWriter.SOP_CLASS, "1.2.3"));
        LoadedVolume loaded = VolumeFiles.load(path, ReadOptions.DEFAULT);
        assertArrayEquals(new float[] {0, 1, 2, 2}, loaded.volume().voxels());
        String notes = loaded.notes().toString();
        assertTrue(notes.contains("at least half of 200") && notes.contains("1 voxel belongs to several"), notes);
    }

    /** The colours of labels may stand in a palette; the pixels are labels all the same. */
    @Test
    void aLabelMapMayHaveAPaletteOfColours() throws IOException {
        String sopClass = "1.2.840.10008.5.1.4.1.1.66.7";
        DicomBuilder file = new DicomBuilder().text(Tag.SOP_CLASS, "UI", sopClass).text(Tag.SEGMENTATION_TYPE, "CS", "LABELMAP")
                .text(Tag.PHOTOMETRIC, "CS", "PALETTE COLOR").shorts(Tag.SAMPLES_PER_PIXEL, 1)
                .shorts(Tag.ROWS, 2).shorts(Tag.COLUMNS, 2).text(Tag.FRAMES, "IS", "1")
                .shorts(Tag.BITS_ALLOCATED, 8).shorts(Tag.BITS_STORED, 8).shorts(Tag.HIGH_BIT, 7)
                .sequence(Tag.SHARED_GROUPS, new DicomBuilder()
                        .sequence(Tag.PIXEL_MEASURES, new DicomBuilder().decimals(Tag.PIXEL_SPACING, 1, 1)
                                .decimals(Tag.SLICE_THICKNESS, 2))
                        .sequence(Tag.PLANE_ORIENTATIONS, new DicomBuilder().decimals(Tag.ORIENTATION, 1, 0, 0, 0, 1, 0)))
                .sequence(Tag.FRAME_GROUPS, frame(0)).raw(Tag.PIXELS, "OB", new byte[] {0, 1, 2, 9});
        Path path = folder.resolve("map.dcm");
        Files.write(path, file.file(sopClass, "1.2.3"));
        assertArrayEquals(new float[] {0, 1, 2, 9}, VolumeFiles.read(path).voxels());
        Files.write(path, file.text(Tag.SEGMENTATION_TYPE, "CS", "BINARY").file(sopClass, "1.2.3"));
        assertTrue(assertThrows(InputException.class, () -> VolumeFiles.read(path)).getMessage().contains("colour pixels"));
    }

    private static DicomBuilder frame(int segment) {
        return new DicomBuilder().sequence(Tag.PLANE_POSITIONS, new DicomBuilder().decimals(Tag.POSITION, 0, 0, 5))
                .sequence(Tag.SEGMENT_IDENTIFICATION, new DicomBuilder().shorts(Tag.REFERENCED_SEGMENT, segment));
    }

    @Test
    void outlinesAreFilledWithTheirHoles() throws IOException {
        Grid grid = DicomSource.of(series, ReadOptions.DEFAULT).grid();
        List<DicomBuilder> contours = new ArrayList<>();
        for (int k : new int[] {1, 3, 4}) {
            contours.add(circle(10, 3 * k));
            contours.add(circle(4, 3 * k));
        }
        Path path = folder.resolve("structures.dcm");
        Files.write(path, structures(0, contours).file("1.2.840.10008.5.1.4.1.1.481.3", "1.2.9"));
        LoadedVolume loaded = VolumeFiles.load(path, ReadOptions.DEFAULT.onto(grid));
        long both = 0;
        long ours = 0;
        long theirs = 0;
        for (int n = 0; n < SIZE * SIZE; n++) {
            double x = (n % SIZE - 20) * 0.5;
            double y = (n / SIZE - 20) * 0.75;
            boolean inside = Math.hypot(x, y) < 10 && Math.hypot(x, y) >= 4;
            boolean filled = loaded.volume().voxels()[SIZE * SIZE + n] == 1;
            both += inside && filled ? 1 : 0;
            ours += filled ? 1 : 0;
            theirs += inside ? 1 : 0;
        }
        assertTrue(2.0 * both / (ours + theirs) >= 0.99, both + " of " + ours + " and " + theirs);
        assertEquals(0, loaded.volume().voxel(6, 20, 2), "between two contours nothing is guessed");
        assertEquals("ring", loaded.segments().getFirst().name());
        assertEquals(0x0A6496, loaded.segments().getFirst().rgb());
        assertTrue(loaded.notes().toString().contains("ring: 1 slice between its contours"), loaded.notes().toString());

        assertTrue(assertThrows(InputException.class, () -> VolumeFiles.read(path)).getMessage()
                .contains("outlines, which need the image"));
        assertTrue(VolumeFiles.describe(path, ReadOptions.DEFAULT).contains("segment    1 ring, 6 contours"), VolumeFiles.describe(path, ReadOptions.DEFAULT));
        Files.copy(path, series.resolve("structures.dcm"));
        assertEquals(6, VolumeFiles.read(series.resolve("structures.dcm")).nz(), "the series beside it");
    }

    /** Outlines drawn on a finer series, or twice, do not cut holes into each other. */
    @Test
    void onlyThePlaneNearestToASliceFillsIt() throws IOException {
        Grid grid = DicomSource.of(series, ReadOptions.DEFAULT).grid();
        List<DicomBuilder> once = new ArrayList<>();
        List<DicomBuilder> finer = new ArrayList<>();
        for (int k = 1; k <= 4; k++) {
            once.add(circle(10, 3 * k));
            finer.add(circle(10, 3 * k));
            finer.add(circle(9, 3 * k + 1));
        }
        finer.add(circle(10, 6));
        Path path = folder.resolve("structures.dcm");
        Files.write(path, structures(0, once).file("1.2.840.10008.5.1.4.1.1.481.3", "1.2.9"));
        float[] expected = VolumeFiles.load(path, ReadOptions.DEFAULT.onto(grid)).volume().voxels();
        Files.write(path, structures(0, finer).file("1.2.840.10008.5.1.4.1.1.481.3", "1.2.9"));
        LoadedVolume loaded = VolumeFiles.load(path, ReadOptions.DEFAULT.onto(grid));
        assertArrayEquals(expected, loaded.volume().voxels());
        String notes = loaded.notes().toString();
        assertTrue(notes.contains("4 contours were left out") && notes.contains("1 contour is there twice"), notes);
        // Half way between two slices: the lower of two planes that are equally near.
        Files.write(path, structures(0, List.of(circle(10, 7.3), circle(4, 4.7))).file("1.2.840.10008.5.1.4.1.1.481.3",
                "1.2.9"));
        Volume between = VolumeFiles.load(path, ReadOptions.DEFAULT.onto(grid)).volume();
        assertEquals(0, between.voxel(20 - 12, 20, 2), "the smaller circle is the lower one");
        assertEquals(1, between.voxel(20, 20, 2));
    }

    /** A hole stays one where its points are rounded to 0.1 mm, and its plane with them. */
    @Test
    void contoursOfOneSliceAreInOnePlaneThoughRounded() throws IOException {
        Grid grid = DicomSource.of(series, ReadOptions.DEFAULT).grid();
        Path path = folder.resolve("structures.dcm");
        List<float[]> filled = new ArrayList<>();
        for (double height : new double[] {6, 6.08, 5.92}) {
            Files.write(path, structures(0, List.of(circle(10, 6), circle(4, height))).file("1.2.840.10008.5.1.4.1.1.481.3",
                    "1.2.9"));
            LoadedVolume loaded = VolumeFiles.load(path, ReadOptions.DEFAULT.onto(grid));
            filled.add(loaded.volume().voxels());
            assertFalse(loaded.notes().toString().contains("left out"), loaded.notes().toString());
            assertArrayEquals(filled.getFirst(), filled.getLast());
        }
    }

    /** On slices at 0, 3, 6, 12 and 15 mm: a contour in the gap is in the image, and one without points is no damage. */
    @Test
    void contoursWhereThereIsNoSliceAndContoursWithoutPointsAreTold() throws IOException {
        Files.delete(series.resolve("s3"));
        Grid grid = DicomSource.of(series, ReadOptions.DEFAULT).grid();
        Path path = folder.resolve("structures.dcm");
        DicomBuilder none = new DicomBuilder().text(Tag.CONTOUR_TYPE, "CS", "CLOSED_PLANAR").text(Tag.CONTOUR_POINTS, "DS", "");
        byte[] file = structures(1, List.of(circle(10, 6), none, circle(10, 9), circle(10, 12), circle(10, 18)))
                .file("1.2.840.10008.5.1.4.1.1.481.3", "1.2.9");
        float[] filled = null;
        for (int zeros : new int[] {0, 3, 64}) {
            Files.write(path, Arrays.copyOf(file, file.length + zeros));
            LoadedVolume loaded = VolumeFiles.load(path, ReadOptions.DEFAULT.onto(grid));
            assertEquals(1, loaded.volume().voxel(20, 20, 2));
            assertEquals("[ring: 1 contour lies outside the image, ring: 1 contour lies where the image has no slice,"
                    + " ring: 1 contour has no points]", loaded.notes().toString());
            assertArrayEquals(filled == null ? loaded.volume().voxels() : filled, loaded.volume().voxels());
            filled = loaded.volume().voxels();
        }
        Files.write(path, Arrays.copyOf(file, file.length - 3));
        assertThrows(InputException.class, () -> VolumeFiles.load(path, ReadOptions.DEFAULT.onto(grid)), "cut short all the same");
    }

    private static DicomBuilder structures(int number, List<DicomBuilder> contours) {
        return new DicomBuilder().text(Tag.SOP_CLASS, "UI", "1.2.840.10008.5.1.4.1.1.481.3")
                .sequence(Tag.STRUCTURES, new DicomBuilder().text(Tag.STRUCTURE_NUMBER, "IS", String.valueOf(number))
                        .text(Tag.STRUCTURE_NAME, "LO", "ring"))
                .sequence(Tag.STRUCTURE_CONTOURS, new DicomBuilder().text(Tag.STRUCTURE_COLOUR, "IS", "10\\100\\150")
                        .text(Tag.REFERENCED_STRUCTURE, "IS", String.valueOf(number))
                        .sequence(Tag.CONTOURS, contours.toArray(DicomBuilder[]::new)));
    }

    // Round the middle of the slices, which is at (0, 35) in LPS.
    private static DicomBuilder circle(double radius, double height) {
        StringBuilder points = new StringBuilder();
        for (int n = 0; n < 60; n++) {
            points.append(n == 0 ? "" : "\\").append(DicomBuilder.decimal(radius * Math.cos(n * Math.PI / 30))).append('\\')
                    .append(DicomBuilder.decimal(35 + radius * Math.sin(n * Math.PI / 30))).append('\\').append(height);
        }
        return new DicomBuilder().text(Tag.CONTOUR_TYPE, "CS", "CLOSED_PLANAR")
                .text(Tag.CONTOUR_POINTS, "DS", points.toString());
    }

    private void slice(int number, double height) throws IOException {
        Files.write(series.resolve("s" + number), new DicomBytes(DicomBytes.EXPLICIT, number + 1, height)
                .text(Tag.STUDY, "UI", "1.2").text(Tag.SOP_CLASS, "UI", "1.2.840.10008.5.1.4.1.1.4")
                .number(Tag.ROWS, SIZE).number(Tag.COLUMNS, SIZE).pixels(new int[SIZE * SIZE]).bytes());
    }

    // A block of SIZE / 2 rows.
    private static void fill(Volume volume, int label, int from, int to, int first, int last) {
        for (int k = first; k <= last; k++) {
            for (int j = 10; j < 30; j++) {
                for (int i = from; i < to; i++) {
                    volume.voxels()[volume.index(i, j, k)] = label;
                }
            }
        }
    }
}
