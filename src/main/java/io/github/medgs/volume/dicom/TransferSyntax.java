package io.github.medgs.volume.dicom;

import io.github.medgs.InputException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** The transfer syntaxes people meet (PS3.6, annex A): their names, and for those not read, what converts them. */
final class TransferSyntax {

    static final String IMPLICIT = "1.2.840.10008.1.2";
    static final String EXPLICIT = "1.2.840.10008.1.2.1";
    static final String DEFLATED = "1.2.840.10008.1.2.1.99";
    static final String BIG_ENDIAN = "1.2.840.10008.1.2.2";
    static final String RLE = "1.2.840.10008.1.2.5";

    /** As implicit, but for pixels in the other order. */
    static final String GE_BIG_ENDIAN = "1.2.840.113619.5.2";

    private static final Set<String> PLAIN = Set.of("", IMPLICIT, EXPLICIT, DEFLATED, BIG_ENDIAN, GE_BIG_ENDIAN);

    private static final String JPEG = "1.2.840.10008.1.2.4.";

    private static final String GDCM = "decompress the series first, each file by \"gdcmconv --raw IN OUT\" (GDCM)";
    private static final String PYDICOM = "decompress the series first with pydicom and pylibjpeg-openjpeg, each file by "
            + "python3 -c \"import pydicom; d = pydicom.dcmread('IN'); d.decompress(); d.save_as('OUT')\"";
    private static final String VIDEO = "give the series of slices, not its film";

    private record Known(String name, String remedy) {}

    private static final Map<String, Known> KNOWN = Map.ofEntries(
            Map.entry(RLE, new Known("RLE lossless", "")),
            Map.entry(JPEG + "50", new Known("JPEG baseline", "")),
            Map.entry(JPEG + "51", new Known("JPEG extended", "")),
            Map.entry(JPEG + "53", new Known("JPEG spectral selection", GDCM)),
            Map.entry(JPEG + "55", new Known("JPEG progressive", GDCM)),
            Map.entry(JPEG + "57", new Known("JPEG lossless", "")),
            Map.entry(JPEG + "70", new Known("JPEG lossless, first-order prediction", "")),
            Map.entry(JPEG + "80", new Known("JPEG-LS lossless", "")),
            Map.entry(JPEG + "81", new Known("JPEG-LS near-lossless", "")),
            Map.entry(JPEG + "90", new Known("JPEG 2000 lossless", "")),
            Map.entry(JPEG + "91", new Known("JPEG 2000", "")),
            Map.entry(JPEG + "92", new Known("JPEG 2000 part 2 lossless", PYDICOM)),
            Map.entry(JPEG + "93", new Known("JPEG 2000 part 2", PYDICOM)),
            Map.entry(JPEG + "94", new Known("JPIP, which refers to a server", "fetch the series itself from its server")),
            Map.entry(JPEG + "95", new Known("JPIP, which refers to a server", "fetch the series itself from its server")),
            Map.entry(JPEG + "100", new Known("MPEG-2 video", VIDEO)),
            Map.entry(JPEG + "101", new Known("MPEG-2 video", VIDEO)),
            Map.entry(JPEG + "102", new Known("MPEG-4 video", VIDEO)),
            Map.entry(JPEG + "103", new Known("MPEG-4 video", VIDEO)),
            Map.entry(JPEG + "107", new Known("HEVC video", VIDEO)),
            Map.entry(JPEG + "108", new Known("HEVC video", VIDEO)),
            Map.entry(JPEG + "110", new Known("JPEG XL lossless", PYDICOM.replace("openjpeg", "jpegxl"))),
            Map.entry(JPEG + "112", new Known("JPEG XL", PYDICOM.replace("openjpeg", "jpegxl"))),
            Map.entry(JPEG + "201", new Known("High-Throughput JPEG 2000 lossless", PYDICOM)),
            Map.entry(JPEG + "202", new Known("High-Throughput JPEG 2000 lossless, RPCL", PYDICOM)),
            Map.entry(JPEG + "203", new Known("High-Throughput JPEG 2000", PYDICOM)));

    private TransferSyntax() {}

    static String name(String identifier) {
        Known known = KNOWN.get(identifier);
        return known == null ? "transfer syntax " + identifier : known.name;
    }

    /** Whether pixels lie as they are. */
    static boolean isPlain(String syntax) {
        return PLAIN.contains(syntax);
    }

    static boolean isJpeg(String syntax) {
        return syntax.equals(JPEG + "50") || syntax.equals(JPEG + "51") || syntax.equals(JPEG + "57")
                || syntax.equals(JPEG + "70");
    }

    static boolean isJpegLs(String syntax) {
        return syntax.equals(JPEG + "80") || syntax.equals(JPEG + "81");
    }

    static boolean isJpeg2000(String syntax) {
        return syntax.equals(JPEG + "90") || syntax.equals(JPEG + "91");
    }

    /** The user's error for pixels that are compressed in a way which is not read, or not in the way that is said. */
    static InputException unread(Path path, String syntax) {
        Known known = KNOWN.get(syntax);
        if (known != null && known.remedy.isEmpty()) {
            return DicomParser.damaged(path, "it says that its pixels are compressed (" + known.name + "), and they are not");
        }
        return new InputException(path.toString(), "is compressed DICOM (" + name(syntax) + "), which is not read",
                known == null ? GDCM : known.remedy);
    }
}
