package io.github.medgs.volume;

import io.github.medgs.volume.dicom.DicomBytes;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/** One small valid file for every way of reading, and how to damage it. */
final class SampleFiles {

    static final ReadOptions OPTIONS = new ReadOptions(0, new double[] {1, 1, 3});

    private static final String[] EXTREMES = {"0", "-1", "65536", "2147483647", "-2147483648", "9223372036854775807",
        "1e308", "1e-320", "nan", "inf", "", "99999999999999999999"};

    private SampleFiles() {}

    /**
     * @param files by name, relative to the sample's folder
     * @param mutant which of them is damaged
     * @param target what is read: a file, or "" for the folder
     * @param from where injuries may begin
     */
    record Sample(String name, Map<String, byte[]> files, String mutant, String target, int from) {

        Sample(String name, Map<String, byte[]> files, String mutant, String target) {
            this(name, files, mutant, target, 0);
        }

        /** Writes all files; returns the one to damage. */
        Path writeInto(Path folder) throws IOException {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Files.write(folder.resolve(file.getKey()), file.getValue());
            }
            return folder.resolve(mutant);
        }

        byte[] bytes() {
            return files.get(mutant);
        }

        /** The file with one to three injuries; gzip is also injured inside, below its checksum. */
        byte[] mutated(Random random) throws IOException {
            byte[] bytes = bytes().clone();
            boolean inside = (mutant.endsWith(".gz") || mutant.endsWith(".mgz")) && random.nextBoolean();
            if (inside) {
                bytes = new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
            }
            byte[] rest = Arrays.copyOfRange(bytes, from, bytes.length);
            for (int n = random.nextInt(3); n >= 0; n--) {
                rest = injured(rest, random);
            }
            bytes = Arrays.copyOf(bytes, from + rest.length);
            System.arraycopy(rest, 0, bytes, from, rest.length);
            return inside ? gzip(bytes) : bytes;
        }
    }

    static List<Sample> all() throws IOException {
        List<Sample> samples = new ArrayList<>();
        Path folder = Files.createTempDirectory("medgs-samples");
        Volume volume = ReaderMutations.volume();
        for (String name : new String[] {"a.nii", "a.nii.gz", "a.nrrd", "a.mgh", "a.mgz", "a.mha"}) {
            VolumeFiles.write(volume, folder.resolve(name), ReaderMutations.TYPE);
            samples.add(single(name, Files.readAllBytes(folder.resolve(name))));
        }
        samples.add(pair(Files.readAllBytes(folder.resolve("a.nii"))));
        samples.add(nifti2(Files.readAllBytes(folder.resolve("a.nii"))));
        samples.add(labelTable(Files.readAllBytes(folder.resolve("a.nii"))));
        samples.add(rawNrrd(volume));
        for (String encoding : new String[] {"ascii", "hex", "bzip2"}) {
            samples.add(encodedNrrd(encoding));
        }
        samples.add(listed("list.nhdr", "NRRD0004\ntype: short\ndimension: 3\nsizes: 4 3 4\nendian: little\nencoding: raw\n"
                + "spacings: 0.5 0.6 2\naxis mins: 1 2 3\nunits: \"mm\" \"cm\" \"mm\"\nline skip: 0\ndata file: "));
        samples.add(listed("list.mhd", "NDims = 3\nDimSize = 4 3 4\nElementSpacing = 0.5 0.6 2\nElementType = MET_SHORT\n"
                + "HeaderSize = -1\nElementDataFile = "));
        samples.add(segmentation());
        samples.add(metaImage(volume, false));
        samples.add(metaImage(volume, true));
        samples.add(dicom(DicomBytes.EXPLICIT, "explicit"));
        samples.add(dicom(DicomBytes.IMPLICIT, "implicit"));
        samples.addAll(DicomSamples.all());
        VolumeFiles.write(volume, folder.resolve("png"));
        samples.add(png(folder.resolve("png"), "0002.png"));
        samples.add(png(folder.resolve("png"), "volume.json"));
        return samples;
    }

    private static Sample single(String name, byte[] bytes) {
        return new Sample(name, Map.of(name, bytes), name, name);
    }

    private static Sample pair(byte[] nifti) {
        byte[] header = Arrays.copyOf(nifti, 348);
        header[345] = 'i';
        ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putFloat(108, 0);
        return new Sample("pair", Map.of("a.hdr", header, "a.img", Arrays.copyOfRange(nifti, 352, nifti.length)),
                "a.hdr", "a.hdr");
    }

    // With names of labels in a header extension; injuries begin at its mark.
    private static Sample labelTable(byte[] nifti) {
        byte[] xml = ("<CaretExtension><LabelTable><Label Key=\"7\" Red=\"1\" Green=\"0.5\" Blue=\"0\">seven</Label></LabelTable>"
                + "</CaretExtension>").getBytes(StandardCharsets.US_ASCII);
        int size = (8 + xml.length + 15) / 16 * 16;
        ByteBuffer file = ByteBuffer.allocate(nifti.length + size).order(ByteOrder.LITTLE_ENDIAN);
        file.put(nifti, 0, 348).put(new byte[] {1, 0, 0, 0}).putInt(size).putInt(30).put(xml).position(352 + size);
        file.put(nifti, 352, nifti.length - 352).putFloat(108, 352f + size);
        return new Sample("label-table", Map.of("a.nii", file.array()), "a.nii", "a.nii", 348);
    }

    // The same fields in their wider places, big-endian.
    private static Sample nifti2(byte[] nifti) {
        ByteBuffer from = ByteBuffer.wrap(nifti).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer to = ByteBuffer.allocate(544 + nifti.length - 352);
        to.putInt(540).put(new byte[] {'n', '+', '2', 0, '\r', '\n', 0x1A, '\n'});
        to.putShort(from.getShort(70)).putShort(from.getShort(72));
        for (int n = 0; n < 8; n++) {
            to.putLong(16 + 8 * n, from.getShort(40 + 2 * n)).putDouble(104 + 8 * n, from.getFloat(76 + 4 * n));
        }
        to.putLong(168, 544).putDouble(176, 1).putInt(344, 1).putInt(348, 1).putInt(500, 2);
        for (int n = 0; n < 18; n++) {
            to.putDouble(352 + 8 * n, from.getFloat(256 + 4 * n));
        }
        for (int n = 0; n < (nifti.length - 352) / 2; n++) {
            to.putShort(544 + 2 * n, from.getShort(352 + 2 * n));
        }
        return single("two.nii", to.array());
    }

    private static Sample rawNrrd(Volume volume) {
        String header = "NRRD0005\ntype: float\ndimension: 4\nspace: RAS\nsizes: 1 " + volume.nx() + " " + volume.ny()
                + " " + volume.nz() + "\nspace directions: none (1,0,0.1) (0,2,0) (0,0,3)\nspace origin: (1,2,3)\n"
                + "kinds: vector space space space\nendian: little\nencoding: raw\nbyte skip: 0\n\n";
        return single("raw.nrrd", joined(header, floats(volume)));
    }

    private static Sample encodedNrrd(String encoding) throws IOException {
        String header = "NRRD0004\ntype: short\ndimension: 3\nsizes: 4 3 2\nendian: little\nencoding: " + encoding
                + "\nspace: LPS\nspace units: \"um\" \"um\" \"um\"\nspace directions: (500,0,0) (0,600,0) (0,0,2000)\n"
                + "space origin: (1,2,3)\nline skip: 1\n\nskipped\n";
        StringBuilder text = new StringBuilder();
        ByteBuffer binary = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
        for (int n = 0; n < 24; n++) {
            text.append(100 * n).append(n % 4 == 3 ? "\n" : " ");
            binary.putShort((short) (100 * n));
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (BZip2CompressorOutputStream out = new BZip2CompressorOutputStream(packed)) {
            out.write(binary.array());
        }
        return single(encoding + ".nrrd", joined(header, switch (encoding) {
            case "ascii" -> text.toString().getBytes(StandardCharsets.US_ASCII);
            case "hex" -> HexFormat.of().formatHex(binary.array()).getBytes(StandardCharsets.US_ASCII);
            default -> packed.toByteArray();
        }));
    }

    /** Two files of two slices each: once by a list, and the mutations make patterns and worse of it. */
    private static Sample listed(String name, String header) {
        return new Sample(name, Map.of(name, joined(header + "LIST\ns1.raw\ns2.raw\n", new byte[0]), "s1.raw",
                new byte[48], "s2.raw", new byte[48]), name, name);
    }

    private static Sample segmentation() {
        String header = "NRRD0004\ntype: uchar\ndimension: 4\nspace: left-posterior-superior\nsizes: 2 3 2 2\n"
                + "space directions: none (1,0,0) (0,1,0) (0,0,3)\nkinds: list domain domain domain\nencoding: raw\n"
                + "space origin: (1,2,3)\nSegment0_ID:=a\nSegment0_Name:=left kidney\nSegment0_LabelValue:=1\n"
                + "Segment0_Layer:=0\nSegment0_Color:=1 0.5 0\nSegment1_ID:=b\nSegment1_LabelValue:=2\nSegment1_Layer:=1\n\n";
        return single("a.seg.nrrd", joined(header, new byte[24]));
    }

    private static Sample metaImage(Volume volume, boolean packed) throws IOException {
        String header = "ObjectType = Image\nNDims = 3\nBinaryData = True\nBinaryDataByteOrderMSB = False\n"
                + "CompressedData = " + (packed ? "True" : "False") + "\nTransformMatrix = 1 0 0 0 1 0 0 0 1\n"
                + "Offset = 1 2 3\nElementSpacing = 1 1 3\nElementNumberOfChannels = 1\nDimSize = " + volume.nx() + " "
                + volume.ny() + " " + volume.nz() + "\nHeaderSize = 0\nElementType = MET_FLOAT\nElementDataFile = LOCAL\n";
        return single(packed ? "packed.mha" : "raw.mha",
                joined(header, packed ? zlib(floats(volume)) : floats(volume)));
    }

    private static Sample dicom(String syntax, String name) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int n = 0; n < 4; n++) {
            files.put("s" + n, new DicomBytes(syntax, n, 2.5 * n).text(0x00281053, "DS", "2").bytes());
        }
        return new Sample("dicom-" + name, files, "s1", "");
    }

    private static Sample png(Path folder, String mutant) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String name : new String[] {"0000.png", "0001.png", "0002.png", "volume.json"}) {
            files.put(name, Files.readAllBytes(folder.resolve(name)));
        }
        return new Sample("png-" + mutant, files, mutant, "");
    }

    private static byte[] injured(byte[] bytes, Random random) {
        if (bytes.length < 2) {
            return bytes;
        }
        return switch (random.nextInt(8)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> withExtreme(bytes, random, random.nextInt(bytes.length));
            case 2, 3 -> withExtreme(bytes, random, random.nextInt(Math.min(bytes.length, 600)));
            case 4 -> withNumber(bytes, random);
            case 5 -> without(bytes, random);
            case 6 -> flipped(bytes, random.nextInt(8 * bytes.length));
            default -> flipped(bytes, random.nextInt(8 * Math.min(bytes.length, 600)));
        };
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        return bytes;
    }

    // A field of one to eight bytes at an extreme: all zeros, all ones, the largest, the smallest, NaN.
    private static byte[] withExtreme(byte[] bytes, Random random, int at) {
        int width = 1 << random.nextInt(4);
        int start = at / width * width;
        byte fill = (byte) (random.nextBoolean() ? 0xFF : 0);
        for (int n = start; n < Math.min(start + width, bytes.length); n++) {
            bytes[n] = fill;
        }
        int end = Math.min(start + width, bytes.length) - 1;
        byte[] edges = {fill, 0x7F, (byte) 0x80, 1};
        bytes[random.nextBoolean() ? start : end] = edges[random.nextInt(4)];
        return bytes;
    }

    // In texts: a number becomes an extreme one.
    private static byte[] withNumber(byte[] bytes, Random random) {
        int from = random.nextInt(Math.min(bytes.length, 600));
        while (from < bytes.length && !(bytes[from] >= '0' && bytes[from] <= '9')) {
            from++;
        }
        int to = from;
        while (to < bytes.length && (bytes[to] >= '0' && bytes[to] <= '9' || bytes[to] == '.')) {
            to++;
        }
        byte[] extreme = EXTREMES[random.nextInt(EXTREMES.length)].getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, from);
        out.writeBytes(extreme);
        out.write(bytes, to, bytes.length - to);
        return out.toByteArray();
    }

    private static byte[] without(byte[] bytes, Random random) {
        int from = random.nextInt(bytes.length);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(40));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, from);
        out.write(bytes, to, bytes.length - to);
        return out.toByteArray();
    }

    private static byte[] floats(Volume volume) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * volume.voxels().length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(volume.voxels());
        return bytes.array();
    }

    private static byte[] joined(String header, byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(data);
        return out.toByteArray();
    }

    private static byte[] zlib(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }
}
