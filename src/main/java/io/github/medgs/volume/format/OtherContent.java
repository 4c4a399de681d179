package io.github.medgs.volume.format;

import io.github.medgs.InputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a file is that is not a volume we read, as far as its first bytes tell, and a folder by its model: the first thing
 * their owner asks.
 */
final class OtherContent {

    /** First bytes (as Latin-1 text) and what they mean. */
    private static final Map<String, String> KNOWN = new LinkedHashMap<>();

    static {
        KNOWN.put("PK\003\004", "a ZIP archive: unpack it");
        KNOWN.put("\211HDF", "an HDF5 file (if MINC 2, convert it with mnc2nii)");
        KNOWN.put("CDF\001", "a NetCDF file (if MINC 1, convert it with mnc2nii)");
        KNOWN.put("CDF\002", "a NetCDF file (if MINC 1, convert it with mnc2nii)");
        KNOWN.put("mrtrix image", "an MRtrix image (MIF): convert it with mrconvert");
        KNOWN.put("mrtrix tracks", "tracks of MRtrix");
        KNOWN.put("MATRIX", "an ECAT file: convert it with ecat2nii or nibabel");
        KNOWN.put("!INTERFILE", "an Interfile header: convert it to NIfTI");
        KNOWN.put("# === DATA DESCRIPTION FILE ===", "a Philips PAR header: convert it with dcm2niix");
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

    private static final Pattern AFNI =
            Pattern.compile("\\A\\s*type\\s*=\\s*\\w+-attribute\\s+name\\s*=", Pattern.CASE_INSENSITIVE);

    private OtherContent() {}

    /** Endings of names, where the content does not tell. */
    private static final Map<String, String> NAMED = new LinkedHashMap<>();

    static {
        NAMED.put(".mnc", "a MINC file: convert it with mnc2nii");
        NAMED.put(".brik", "the voxels of an AFNI dataset: convert it with 3dAFNItoNIFTI");
        NAMED.put(".brik.gz", "the voxels of an AFNI dataset: convert it with 3dAFNItoNIFTI");
        NAMED.put(".head", "the header of an AFNI dataset: convert it with 3dAFNItoNIFTI");
        NAMED.put(".rec", "the voxels of a Philips PAR/REC pair: convert it with dcm2niix");
    }

    /** Refuses the folder of a run: it holds volumes of several kinds, and pictures. */
    static void requireNoRun(Path folder) {
        Path model = folder.resolve("model.medgs");
        if (Files.isRegularFile(model)) {
            throw new InputException(folder.toString(), "is the folder of a run, whose model is " + model,
                    "give that, or a volume file in the folder");
        }
    }

    /** @param start the first bytes, decompressed where the file is gzip */
    static String words(Path path, byte[] start) {
        if (start.length == 0) {
            return "is empty";
        }
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        for (Map.Entry<String, String> named : NAMED.entrySet()) {
            if (name.endsWith(named.getKey())) {
                return "is not a volume that is read here but " + named.getValue();
            }
        }
        String text = new String(start, StandardCharsets.ISO_8859_1);
        for (Map.Entry<String, String> known : KNOWN.entrySet()) {
            if (text.startsWith(known.getKey())) {
                return "is not a volume that is read here but " + known.getValue();
            }
        }
        if (AFNI.matcher(text).find()) {
            return "is not a volume that is read here but the header of an AFNI dataset: convert it with 3dAFNItoNIFTI";
        }
        if (text.contains("<GIFTI")) {
            return "is not a volume but a GIFTI surface";
        }
        String beginning = text.substring(0, Math.min(24, text.length()));
        boolean printable = beginning.chars().allMatch(c -> c >= ' ' && c < 127 || Character.isWhitespace(c));
        return "is not a volume: " + (printable ? "it is a text that begins \"" + beginning.strip() + "\""
                : "its content is of no known format");
    }
}
