package io.github.medgs.volume;

import io.github.medgs.volume.dicom.DicomBytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * DICOM files of every compression, each once with injuries anywhere and once with injuries in its pixels alone, and of
 * every kind of object.
 */
final class DicomSamples {

    private static final List<String> COMPRESSED = List.of("rle", "deflated", "jpeg-lossless", "jpeg-lossless-6",
            "jpeg-baseline", "jpeg-extended", "jpeg-ls", "jpeg-ls-near", "jpeg-2000", "jpeg-2000-lossy");

    private DicomSamples() {}

    static List<SampleFiles.Sample> all() throws IOException {
        List<SampleFiles.Sample> samples = new ArrayList<>();
        for (String name : COMPRESSED) {
            byte[] bytes = resource(name);
            Map<String, byte[]> files = Map.of("slice.dcm", bytes);
            samples.add(new SampleFiles.Sample(name, files, "slice.dcm", "slice.dcm"));
            int pixels = pixels(bytes);
            if (pixels > 0) {
                samples.add(new SampleFiles.Sample(name + "-pixels", files, "slice.dcm", "slice.dcm", pixels));
            }
        }
        for (String name : List.of("segmentation", "enhanced", "mosaic")) {
            samples.add(single(name, Map.of("file.dcm", resource(name))));
        }
        Map<String, byte[]> structures = new HashMap<>();
        for (int n = 0; n < 3; n++) {
            structures.put("s" + n, new DicomBytes(DicomBytes.EXPLICIT, n + 1, 3 * n).bytes());
        }
        structures.put("file.dcm", DicomBytes.structures());
        samples.add(single("structures", structures));
        return samples;
    }

    private static SampleFiles.Sample single(String name, Map<String, byte[]> files) {
        return new SampleFiles.Sample(name, files, "file.dcm", "file.dcm");
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = DicomBytes.class.getResourceAsStream(name + ".dcm")) {
            return in.readAllBytes();
        }
    }

    // Behind the head of (7FE0,0010), or -1 where it is deflated.
    private static int pixels(byte[] bytes) {
        for (int n = 0; n + 12 < bytes.length; n++) {
            if ((bytes[n] & 0xFF) == 0xE0 && bytes[n + 1] == 0x7F && bytes[n + 2] == 0x10 && bytes[n + 3] == 0) {
                return n + 12;
            }
        }
        return -1;
    }
}
