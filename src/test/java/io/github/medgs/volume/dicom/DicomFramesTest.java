package io.github.medgs.volume.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import io.github.medgs.volume.LoadedVolume;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Several slices at one place: echoes, time points, weightings. Slice k of frame f holds 100 f + k, so that slices of
 * different frames in one volume are seen.
 */
class DicomFramesTest {

    private static final int SLICES = 6;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"0x00200100, IS, 1, 2", "0x00200012, IS, 7, 8", "0x00180086, IS, 1, 2", "0x00180081, DS, 10.5, 30",
        "0x00181060, DS, 0, 412.5", "0x00080032, TM, 120010.5, 120011.25"})
    void framesOfEqualNumbersAreToldApartByWhatTheirFilesSay(String tag, String form, String first, String second)
            throws IOException {
        // Names in which neither the frames nor the slices have an order.
        write(2, (frame, k) -> 7919 * (frame * SLICES + k + 1) % 1000, (frame, k) -> k + 1,
                (slice, frame, k) -> slice.text(Integer.decode(tag), form, frame == 0 ? first : second));
        assertFrames(2);
        assertFalse(notes().contains("names"), notes());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void weightingsAndTheirCombinationsAreMarksToo(int echoes) throws IOException {
        write(2 + 2 * echoes, (frame, k) -> 7919 * (frame * SLICES + k + 1) % 1000, (frame, k) -> k + 1,
                (slice, frame, k) -> slice.raw(Tag.B_VALUE, "FD", real(1000 * (frame % 2)))
                        .text(Tag.ECHO_NUMBER, "IS", String.valueOf(1 + frame / 2)));
        assertFrames(2 + 2 * echoes);
    }

    @Test
    void echoesWithoutNumbersAreToldApartWhateverTheirNames() throws IOException {
        write(2, (frame, k) -> frame * SLICES + k + 1, (frame, k) -> -1,
                (slice, frame, k) -> slice.text(Tag.ECHO_TIME, "DS", String.valueOf(10 + 20 * frame)));
        assertFrames(2);
    }

    @Test
    void numbersWhoseOrderChangesFromSliceToSliceGiveWayToMarks() throws IOException {
        write(2, (frame, k) -> frame * SLICES + k, (frame, k) -> 2 * k + 1 + (k % 2 == 0 ? frame : 1 - frame),
                (slice, frame, k) -> slice.text(Tag.ECHO_NUMBER, "IS", String.valueOf(frame + 1)));
        assertFrames(2);
    }

    @Test
    void numbersThatGoTheSameWayEverywhereKeepTheirOrder() throws IOException {
        write(2, (frame, k) -> frame * SLICES + k, (frame, k) -> frame * SLICES + k + 1,
                (slice, frame, k) -> slice.text(Tag.ECHO_NUMBER, "IS", String.valueOf(2 - frame)));
        assertFrames(2);
        assertTrue(notes().endsWith("frame 0 was read]") && notes().startsWith("[each position"), notes());
    }

    @Test
    void numbersThatRunAgainstEachOtherAreNotBelieved() throws IOException {
        write(2, (frame, k) -> frame * SLICES + k, (frame, k) -> frame == 0 ? k : SLICES - k - 1,
                (slice, frame, k) -> slice);
        assertFrames(2);
        assertTrue(notes().contains("only the names of its files"), notes());
    }

    @Test
    void numbersThatGrowUnevenlyGiveTheOrderAndThatIsSaid() throws IOException {
        // Two slabs of unequal size, each frame by frame.
        write(2, (frame, k) -> frame * SLICES + k, (frame, k) -> k < 4 ? 4 * frame + k : 50 + 2 * frame + k,
                (slice, frame, k) -> slice);
        assertFrames(2);
        assertTrue(notes().contains("grow unevenly"), notes());
    }

    @Test
    void timesThatEverySliceHasForItselfTellFramesApart() throws IOException {
        write(2, (frame, k) -> 7919 * (frame * SLICES + k + 1) % 1000, (frame, k) -> k + 1,
                (slice, frame, k) -> slice.text(Tag.ACQUISITION_DATE, "DA", "2024010" + (1 + frame))
                        .text(Tag.ACQUISITION_TIME, "TM", frame == 0 ? "23595" + k : "00000" + k));
        assertFrames(2);
    }

    @Test
    void whereOnlyNamesAreLeftTheirNumbersCountAndThatIsSaid() throws IOException {
        write(2, (frame, k) -> frame * SLICES + k + 1, (frame, k) -> -1, (slice, frame, k) -> slice);
        assertFrames(2);
        assertTrue(notes().contains("only the names of its files tell the slices at one position apart"), notes());
        // From where it is read, and as it is named, is all one.
        Path named = Path.of("").toAbsolutePath().relativize(folder.resolve("IM1"));
        assertEquals(0, VolumeFiles.load(named, ReadOptions.DEFAULT).frame());
        assertFrame(0, VolumeFiles.load(named, ReadOptions.DEFAULT));
        assertFrame(1, VolumeFiles.load(named.resolveSibling("IM8"), ReadOptions.DEFAULT));
    }

    @Test
    void namesThatMixFramesAreRefused() throws IOException {
        write(2, (frame, k) -> 2 * k + (k % 3 == 0 ? frame : 1 - frame) + 50 * (k * k % 5), (frame, k) -> k + 1,
                (slice, frame, k) -> slice);
        Files.move(folder.resolve("IM0"), folder.resolve("IM999"));
        String message = assertThrows(InputException.class, () -> VolumeFiles.read(folder)).getMessage();
        assertTrue(message.contains("2 slices at each position, and does not say which of them"), message);
    }

    @Test
    void ofTwoSlicesAtFewPlacesTheFirstIsTakenAndThatIsSaid() throws IOException {
        write(2, (frame, k) -> frame * SLICES + k + 1, (frame, k) -> -1, (slice, frame, k) -> slice);
        for (int k = 0; k < 4; k++) {
            Files.delete(folder.resolve("IM" + (SLICES + k + 1)));
        }
        assertFrames(1);
        assertTrue(notes().contains("2 positions; the one that is first by time, number or name was taken"), notes());
    }

    @Test
    void aFileOfAnIncompleteFrameIsRefusedByItsName() throws IOException {
        write(3, (frame, k) -> frame * SLICES + k, (frame, k) -> frame * SLICES + k + 1, (slice, frame, k) -> slice);
        Files.delete(folder.resolve("IM" + (3 * SLICES - 1)));
        Path named = folder.resolve("IM" + 2 * SLICES);
        InputException refusal = assertThrows(InputException.class, () -> VolumeFiles.read(named));
        assertTrue(refusal.getMessage().startsWith(named + ": is in no frame that can be read of its series (1 of its 3"
                + " frames is incomplete and left out; 2 are whole)"), refusal.getMessage());
        assertFrame(1, VolumeFiles.load(named, new ReadOptions(1, null)));
        assertFrame(1, VolumeFiles.load(folder.resolve("IM" + SLICES), ReadOptions.DEFAULT));
        assertFrames(2);
    }

    @Test
    void emptySlicesOfTwoEchoesAreNoCopies() throws IOException {
        write(2, (frame, k) -> frame * SLICES + k, (frame, k) -> k + 1,
                (slice, frame, k) -> (k > 0 ? slice : slice.pixels(0, 0, 0, 0, 0, 0))
                        .text(Tag.ECHO_NUMBER, "IS", String.valueOf(frame + 1)));
        LoadedVolume loaded = VolumeFiles.load(folder.resolve("IM8"), ReadOptions.DEFAULT);
        assertEquals(2, loaded.frames());
        assertEquals(1, loaded.frame());
        assertEquals(102, loaded.volume().voxel(0, 0, 2));
        assertFalse(notes().contains("copies"), notes());
    }

    @Test
    void ofTwoCopiesTheNamedOneStays() throws IOException {
        write(1, (frame, k) -> k, (frame, k) -> k + 1, (slice, frame, k) -> slice);
        Files.copy(folder.resolve("IM2"), folder.resolve("copy"));
        Files.copy(folder.resolve("IM2"), folder.resolve("twin"));
        for (String name : new String[] {"copy", "IM2", "twin"}) {
            LoadedVolume loaded = VolumeFiles.load(folder.resolve(name), ReadOptions.DEFAULT);
            assertFrame(0, loaded);
            assertEquals(1, loaded.frames());
        }
        assertTrue(notes().contains("copies of others: 2 files"), notes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo", "weighting"})
    void framesOfAnEnhancedObjectAreToldApartByTheirFunctionalGroups(String what) throws IOException {
        ByteArrayOutputStream groups = new ByteArrayOutputStream();
        int[] pixels = new int[2 * SLICES * 6];
        for (int n = 0; n < 2 * SLICES; n++) {
            int k = n / 2;
            int frame = k % 2 == 0 ? n % 2 : 1 - n % 2;
            Arrays.fill(pixels, 6 * n, 6 * n + 6, 100 * frame + k);
            DicomBytes group = new DicomBytes(DicomBytes.EXPLICIT).raw(Tag.PLANE_POSITIONS, "SQ", DicomBytes.item(
                    new DicomBytes(DicomBytes.EXPLICIT).text(Tag.POSITION, "DS", "-10\\20\\" + 3 * k)));
            DicomBytes value = new DicomBytes(DicomBytes.EXPLICIT)
                    .raw(what.equals("echo") ? Tag.EFFECTIVE_ECHO_TIME : Tag.B_VALUE, "FD", real(10 + 20 * frame));
            groups.writeBytes(DicomBytes.item(group.raw(what.equals("echo") ? Tag.ECHO : Tag.DIFFUSION, "SQ",
                    DicomBytes.item(value))));
        }
        Files.write(folder.resolve("file"), new DicomBytes(DicomBytes.EXPLICIT, 1, 0).pixels(pixels)
                .text(Tag.FRAMES, "IS", String.valueOf(2 * SLICES)).raw(Tag.FRAME_GROUPS, "SQ", groups.toByteArray())
                .bytes());
        assertFrames(2);
    }

    private interface Change {
        DicomBytes of(DicomBytes slice, int frame, int k);
    }

    // A number below 0 is left out.
    private void write(int frames, IntBinaryOperator name, IntBinaryOperator number, Change change) throws IOException {
        for (int frame = 0; frame < frames; frame++) {
            for (int k = 0; k < SLICES; k++) {
                int value = 100 * frame + k;
                int own = number.applyAsInt(frame, k);
                DicomBytes slice = new DicomBytes(DicomBytes.EXPLICIT, own, 3 * k)
                        .text(Tag.SOP_INSTANCE, "UI", "1.2." + frame + "." + k)
                        .pixels(value, value, value, value, value, value);
                Files.write(folder.resolve("IM" + name.applyAsInt(frame, k)),
                        change.of(own < 0 ? slice.without(Tag.INSTANCE_NUMBER) : slice, frame, k).bytes());
            }
        }
    }

    private void assertFrames(int frames) {
        for (int frame = 0; frame < frames; frame++) {
            LoadedVolume loaded = VolumeFiles.load(folder, new ReadOptions(frame, null));
            assertEquals(frames, loaded.frames());
            assertFrame(frame, loaded);
        }
    }

    private static void assertFrame(int frame, LoadedVolume loaded) {
        float[] expected = new float[SLICES];
        float[] read = new float[SLICES];
        for (int k = 0; k < SLICES; k++) {
            expected[k] = 100 * frame + k;
            read[k] = loaded.volume().voxel(1, 1, k);
        }
        assertArrayEquals(expected, read);
    }

    private String notes() {
        return VolumeFiles.load(folder, ReadOptions.DEFAULT).notes().toString();
    }

    private static byte[] real(double value) {
        return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array();
    }
}
