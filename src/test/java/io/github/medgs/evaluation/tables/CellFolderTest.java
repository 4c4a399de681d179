package io.github.medgs.evaluation.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import io.github.medgs.StopRequest;
import io.github.medgs.engine.reference.ReferenceEngine;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.joml.Matrix4d;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CellFolderTest {

    private static final TableCase STILL = new TableCase("still", "image.nii", null, "00", null, null, List.of("strides"));
    private static final Cell LINEAR = cell("linear", 0);
    private static final CellResult.Provenance BY = new CellResult.Provenance("a machine", "25", "none", "0");

    @TempDir
    Path folder;

    private CellFolder cells;
    private Path file;

    @BeforeEach
    void writeACell() throws IOException {
        cells = new CellFolder(folder);
        file = folder.resolve(LINEAR.id());
        Map<String, Double> values = new HashMap<>(Map.of("psnr", 27.5));
        values.put("ssim", null);
        cells.write(LINEAR, CellResult.of(LINEAR, values, 1, BY));
    }

    private static Cell cell(String method, int steps) {
        return new Cell(StudyTable.STRIDES, STILL, 2, TableMethod.of(method), 0, steps);
    }

    @Test
    void aCellIsFoundUnderItsNameAlone() throws IOException {
        assertEquals(27.5, cells.find(LINEAR).value("psnr"));
        assertNull(cells.find(cell("cubic", 0)));
        String whole = Files.readString(file);
        assertRefused(whole.replace("\"stride\" : 2", "\"stride\" : 5"), "holds another cell");
        assertRefused(whole.replace("\"linear\"", "\"paper\""), "holds another cell");
        assertRefused(whole.replace("\"sum\" : \"00\"", "\"sum\" : \"01\""), "holds another cell");
        assertRefused(whole.replace("\"case\" : \"still\"", "\"case\" : \"stone\""), "holds another cell");
        assertRefused("null", "holds another cell");
        assertRefused(whole.replace("\"ssim\" : null", "\"dice\" : 1"), "its values are not psnr, ssim");
        assertRefused(whole.replace("27.5", "\"27.5\""), "Cannot coerce");
        assertRefused(whole.replace("\"seed\" : 0", "\"seed\" : null"), "null");
        Files.writeString(file, whole.replace("\"case\" : \"still\"", "\"case\" : \"Still\""));
        assertEquals(27.5, cells.find(LINEAR).value("psnr"));
    }

    @Test
    void theNameOfACaseIsNoSeed() throws IOException {
        TableCase odd = new TableCase("a-seed12-steps34-b", "image.nii", null, "00", null, null, List.of("strides"));
        for (int steps : new int[] {0, 7}) {
            Cell cell = new Cell(StudyTable.STRIDES, odd, 2, TableMethod.of("paper"), 3, steps);
            cells.write(cell, CellResult.of(cell, new HashMap<>(Map.of("psnr", 1.0, "ssim", 1.0)), 1, BY));
        }
        assertEquals(Set.of(0, 3), cells.seeds(StudyTable.STRIDES));
        assertEquals(Set.of(7), cells.shortened(StudyTable.STRIDES));
    }

    @Test
    void whatIsNoTextIsNamed() throws IOException {
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe});
        assertMessage("is no finished cell: it is not text in UTF-8; delete it");
        Files.delete(file);
        Files.createDirectory(file);
        assertMessage("is no file; move it away");
    }

    private void assertRefused(String text, String words) throws IOException {
        Files.writeString(file, text);
        assertMessage(words);
    }

    private void assertMessage(String words) {
        String message = assertThrows(InputException.class, () -> cells.find(LINEAR)).getMessage();
        assertTrue(message.startsWith(file + ": ") && message.contains(words), message);
    }

    @Test
    void aDamagedCheckpointIsToBeDeleted() throws IOException {
        VolumeFiles.write(new Volume(16, 16, 8, new float[16 * 16 * 8], new Matrix4d()), folder.resolve("image.nii"));
        Path checkpoint = Files.writeString(cells.checkpoint(cell("paper", 2)), "MEDGSCKP and no more");
        CellRunner runner = new CellRunner(folder, new ReferenceEngine(), 1, StopRequest.NEVER);
        String message = assertThrows(InputException.class, () -> runner.run(cell("paper", 2), checkpoint, _ -> { })).getMessage();
        assertEquals(checkpoint + ": is damaged, or of another training than this cell's; delete it, and the cell begins anew",
                message);
    }
}
