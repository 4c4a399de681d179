package io.github.medgs.volume.dicom;

import io.github.medgs.InputException;
import io.github.medgs.volume.raw.ByteSource;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** The elements of a deflated file (PS3.5, A.5): all that follows the meta information, as one bit stream. */
final class Inflated {

    private Inflated() {}

    /**
     * @param start where the stream begins
     * @throws InputException when it is damaged, or grows beyond an eighth of what Java may take
     */
    static byte[] from(Path path, long start) {
        long most = Math.min(Integer.MAX_VALUE - 8, Runtime.getRuntime().maxMemory() / 8);
        Inflater inflater = new Inflater(true);
        try (InputStream file = Files.newInputStream(path)) {
            file.skipNBytes(start);
            // A deflated stream without a header wants one byte more than it has.
            InputStream in = new InflaterInputStream(new java.io.SequenceInputStream(file,
                    new java.io.ByteArrayInputStream(new byte[1])), inflater, 1 << 16);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] chunk = new byte[1 << 16];
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                out.write(chunk, 0, count);
                if (out.size() > most) {
                    throw new InputException(path.toString(), "inflates to more than " + (most >> 20) + " MiB",
                            "inflate it first with \"dcmconv +te\" (DCMTK), or allow more with java -Xmx");
                }
            }
            return out.toByteArray();
        } catch (EOFException | ZipException e) {
            throw new InputException(path.toString(), "is damaged: its deflated elements end early or make no sense",
                    "copy or export it again", e);
        } catch (IOException e) {
            throw ByteSource.unreadable(path, e);
        } finally {
            inflater.end();
        }
    }
}
