package io.github.medgs.volume.format;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a file is that is not a volume we read, as far as its first bytes tell: the first thing its owner asks. */
final class OtherContent {

    /** First bytes (as Latin-1 text) and what they mean. */
    private static final Map<String, String> KNOWN = new LinkedHashMap<>();

    static {
        KNOWN.put("PK\003\004", "a ZIP archive: unpack it");
        KNOWN.put("\211HDF", "an HDF5 file (MINC 2 or another)");
        KNOWN.put("CDF\001", "a NetCDF file (MINC 1 or another)");
        KNOWN.put("\000\000\000\001\000\000", "perhaps a FreeSurfer volume (.mgh): convert it with mri_convert");
        KNOWN.put("\377\330\377", "a JPEG picture");
        KNOWN.put("II*\000", "a TIFF picture");
        KNOWN.put("MM\000*", "a TIFF picture");
        KNOWN.put("GIF8", "a GIF picture");
        KNOWN.put("BM", "a BMP picture");
        KNOWN.put("%PDF", "a PDF document");
        KNOWN.put("\223NUMPY", "a NumPy array, which has no spacing: save it as NIfTI with nibabel");
        KNOWN.put("# vtk DataFile", "a VTK file");
        KNOWN.put("MEDGSMDL", "a model: draw it with medgs interpolate");
        KNOWN.put("ply\n", "a mesh");
        KNOWN.put("glTF", "a mesh");
        KNOWN.put("BZh", "compressed with bzip2: unpack it");
        KNOWN.put("(\265/\375", "compressed with Zstandard: unpack it");
        KNOWN.put("\3757zXZ", "compressed with xz: unpack it");
    }

    private OtherContent() {}

    /** @param start the first bytes, decompressed where the file is gzip */
    static String words(byte[] start) {
        if (start.length == 0) {
            return "is empty";
        }
        String text = new String(start, StandardCharsets.ISO_8859_1);
        for (Map.Entry<String, String> known : KNOWN.entrySet()) {
            if (text.startsWith(known.getKey())) {
                return "is not a volume that is read here but " + known.getValue();
            }
        }
        String beginning = text.substring(0, Math.min(24, text.length()));
        boolean printable = beginning.chars().allMatch(c -> c >= ' ' && c < 127 || Character.isWhitespace(c));
        return "is not a volume: " + (printable ? "it is a text that begins \"" + beginning.strip() + "\""
                : "its content is of no known format");
    }
}
