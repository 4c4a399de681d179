package io.github.medgs.surface;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.zip.DeflaterOutputStream;
import org.apache.commons.io.output.CloseShieldOutputStream;

/**
 * GIFTI surfaces (.surf.gii, .gii), version 1.0: points and triangles, zlib within base64. Written in RAS, which is what
 * its readers (FreeSurfer, Connectome Workbench, nibabel) take coordinates for.
 */
final class GiftiFile {

    private GiftiFile() {}

    static void write(OutputStream out, List<MeshPart> parts) throws IOException {
        TriangleMesh mesh = MeshFiles.joined(parts).in(Frame.RAS);
        text(out, """
                <?xml version="1.0" encoding="UTF-8"?>
                <!DOCTYPE GIFTI SYSTEM "http://www.nitrc.org/frs/download.php/115/gifti.dtd">
                <GIFTI Version="1.0" NumberOfDataArrays="2">
                <MetaData><MD><Name><![CDATA[Description]]></Name><Value><![CDATA[MedGS surface in millimetres. %s]]></Value></MD></MetaData>
                <LabelTable/>
                """.formatted(MeshFiles.spaceTag(Frame.RAS)));
        array(out, "POINTSET", "FLOAT32", mesh.vertexCount(), """
                <CoordinateSystemTransformMatrix>
                <DataSpace><![CDATA[NIFTI_XFORM_SCANNER_ANAT]]></DataSpace>
                <TransformedSpace><![CDATA[NIFTI_XFORM_SCANNER_ANAT]]></TransformedSpace>
                <MatrixData>1 0 0 0 0 1 0 0 0 0 1 0 0 0 0 1</MatrixData>
                </CoordinateSystemTransformMatrix>
                """, little -> {
            for (float coordinate : mesh.vertices()) {
                little.writeFloat(coordinate);
            }
        });
        array(out, "TRIANGLE", "INT32", mesh.triangleCount(), "", little -> {
            for (int vertex : mesh.triangles()) {
                little.writeInt(vertex);
            }
        });
        text(out, "</GIFTI>\n");
    }

    /** Writes an array's numbers. */
    private interface Numbers {
        void writeTo(LittleEndianOutput out) throws IOException;
    }

    private static void array(OutputStream out, String intent, String type, int rows, String space, Numbers numbers)
            throws IOException {
        // Not in the user's language, whose digits may be others.
        text(out, String.format(Locale.ROOT, """
                <DataArray Intent="NIFTI_INTENT_%s" DataType="NIFTI_TYPE_%s" ArrayIndexingOrder="RowMajorOrder" \
                Dimensionality="2" Dim0="%d" Dim1="3" Encoding="GZipBase64Binary" Endian="LittleEndian" \
                ExternalFileName="" ExternalFileOffset="">
                <MetaData/>
                %s<Data>""", intent, type, rows, space));
        // Closing the encoder ends its last four letters, and must not close the file.
        try (OutputStream packed = new DeflaterOutputStream(
                Base64.getEncoder().wrap(CloseShieldOutputStream.wrap(out)))) {
            LittleEndianOutput little = new LittleEndianOutput(packed);
            numbers.writeTo(little);
            little.flush();
        }
        text(out, "</Data>\n</DataArray>\n");
    }

    private static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
