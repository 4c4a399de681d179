package io.github.medgs.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PngTest {

    @TempDir
    Path folder;

    @Test
    void aPictureNeedsNoRoomForTemporaryFiles() throws IOException {
        BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
        image.setRGB(2, 1, 0xff336699);
        Path gone = Files.createDirectory(folder.resolve("gone"));
        ImageIO.setCacheDirectory(gone.toFile());
        Files.delete(gone);
        byte[] bytes;
        try {
            assertThrows(Exception.class, () -> ImageIO.write(image, "png", new ByteArrayOutputStream()));
            bytes = Png.bytes(image);
        } finally {
            ImageIO.setCacheDirectory(null);
        }
        assertEquals(0xff336699, ImageIO.read(new ByteArrayInputStream(bytes)).getRGB(2, 1));
    }
}
