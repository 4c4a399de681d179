package io.github.medgs.surface;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Meshes as other programs write them, and those that only other programs read. */
class OtherMeshesTest {

    /** One triangle, each point a line. */
    private static final String POINTS = "vertex 0 0 0\nvertex 1 0 0\nvertex 0 1 0\n";

    @TempDir
    Path folder;

    private MeshFiles.Loaded read(String name, byte[] bytes) throws IOException {
        return MeshFiles.read(Files.write(folder.resolve(name), bytes));
    }

    private MeshFiles.Loaded read(String name, String text) throws IOException {
        return read(name, text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"solid a\nfacet normal 0 0 1\nouter loop\n%sendloop\nendfacet\nendsolid a\n",
        "SOLID A\nFACET NORMAL 0 0 1\nOUTER LOOP\n%sENDLOOP\nENDFACET\nENDSOLID\n", "\uFEFFsolid\r\n  facet normal 0 0 1\n%s",
        "\n\n  Solid with a name\n facet  normal 0 0 1 outer loop %s endloop", "facet normal 0 0 1\n%s\nendfacet\n"})
    void textStlInAnySpelling(String form) throws IOException {
        for (String points : new String[] {POINTS, POINTS.toUpperCase(), POINTS.replace("1 0 0", "1.0D+00 0.D0 0")}) {
            TriangleMesh mesh = read("a.stl", form.replace("%s", points)).mesh();
            assertEquals(1, mesh.triangleCount());
            assertEquals(0.5, Measures.area(mesh), 1e-9);
        }
    }

    @Test
    void binaryStlIsAsLongAsItsLengthSays() throws IOException {
        ByteBuffer two = ByteBuffer.allocate(84 + 100).order(ByteOrder.LITTLE_ENDIAN);
        for (int t = 0; t < 2; t++) {
            two.putFloat(84 + 50 * t + 24, 1 + t).putFloat(84 + 50 * t + 40, 1);
        }
        for (int count : new int[] {0, 1, 7, -1}) {
            MeshFiles.Loaded loaded = read("a.stl", two.putInt(80, count).array());
            assertEquals(2, loaded.mesh().triangleCount());
            assertTrue(loaded.notes().toString().contains("the length was believed"), loaded.notes().toString());
        }
        MeshFiles.Loaded tail = read("a.stl", Arrays.copyOf(two.putInt(80, 2).array(), 84 + 100 + 17));
        assertEquals(2, tail.mesh().triangleCount());
        assertTrue(tail.notes().toString().contains("17 bytes follow"), tail.notes().toString());
        assertThrows(InputException.class, () -> read("a.stl", Arrays.copyOf(two.array(), 84 + 93)));
        assertThrows(InputException.class, () -> read("a.stl", "solid\nfacet normal 0 0 1\nouter loop\n" + POINTS
                + "vertex 1 1 1\nendloop\nendfacet"));
    }

    /** An L of area 3: a fan round any corner but two would cover its notch. */
    private static final double[][] NOTCHED = {{0, 0}, {2, 0}, {2, 1}, {1, 1}, {1, 2}, {0, 2}};

    @Test
    void concavePolygonsKeepTheirArea() throws IOException {
        for (int first = 0; first < 6; first++) {
            for (int turn : new int[] {1, -1}) {
                StringBuilder obj = new StringBuilder();
                StringBuilder ply = new StringBuilder("ply\nformat ascii 1.0\nelement vertex 6\nproperty float x\n"
                        + "property float y\nproperty float z\nelement face 1\nproperty list uchar int vertex_indices\nend_header\n");
                for (int n = 0; n < 6; n++) {
                    double[] at = NOTCHED[Math.floorMod(first + turn * n, 6)];
                    // Tilted in space, so that no axis is special.
                    String point = at[0] + " " + at[1] + " " + (0.5 * at[0] + at[1]);
                    obj.append("v ").append(point).append('\n');
                    ply.append(point).append('\n');
                }
                double area = 3 * Math.sqrt(1 + 0.25 + 1);
                assertEquals(area, Measures.area(read("l.obj", obj + "f 1 2 3 4 5 6\n").mesh()), 1e-6);
                assertEquals(area, Measures.area(read("l.ply", ply + "6 0 1 2 3 4 5\n").mesh()), 1e-6);
            }
        }
    }

    @Test
    void plyRowsMayBeLongerThanDeclared() throws IOException {
        String header = "ply\nformat ascii 1.0\nelement vertex 3\nproperty float x\nproperty float y\nproperty float z\n"
                + "element face 1\nproperty list uchar int vertex_indices\nend_header\n";
        MeshFiles.Loaded loaded = read("a.ply", header + "0 0 0 255 255 255\n1 0 0 255 0 0\n0 1 0 0 0 0\n3 0 1 2 9 9\n");
        assertEquals(0.5, Measures.area(loaded.mesh()), 1e-9);
        assertTrue(loaded.notes().toString().contains("more values"), loaded.notes().toString());
        // Numbers in fewer lines than entries are simply one after the other.
        assertEquals(0.5, Measures.area(read("a.ply", header + "0 0 0 1 0 0 0 1 0\n3 0 1 2\n").mesh()), 1e-9);
    }

    @Test
    void objLinesGoOnAndEndInComments() throws IOException {
        TriangleMesh mesh = read("a.obj", "o thing # SPACE=RAS\nv 0 0 0 # first\nv 1 0 0 1 0 0\nv 0 \\\n  1 0\n"
                + "vt 0 0\r\nf 1/1 \\\r\n 2/1 3/1 # all\n").mesh();
        assertEquals(0.5, Measures.area(mesh), 1e-9);
        assertEquals(Frame.RAS, mesh.frame());
    }

    /** One triangle of unsigned bytes, interleaved with normals, under two moved, turned and scaled nodes. */
    private static byte[] glb(String nodes, String primitive) {
        ByteBuffer data = ByteBuffer.allocate(96).order(ByteOrder.LITTLE_ENDIAN);
        float[][] points = {{0, 0, 0}, {1, 0, 0}, {0, 2, 0}};
        for (int n = 0; n < 3; n++) {
            data.position(24 * n);
            for (float coordinate : points[n]) {
                data.putFloat(coordinate);
            }
        }
        data.position(72);
        data.put(new byte[] {0, 1, 2, 0}).putShort((short) 0).putShort((short) 1).putShort((short) 2);
        String json = "{\"asset\":{\"version\":\"2.0\"},\"scene\":0,\"scenes\":[{\"nodes\":[0]}],\"nodes\":" + nodes
                + ",\"meshes\":[{\"primitives\":[{\"attributes\":{\"POSITION\":0}" + primitive + "}]}],\"accessors\":["
                + "{\"bufferView\":0,\"componentType\":5126,\"count\":3,\"type\":\"VEC3\"},"
                + "{\"bufferView\":1,\"componentType\":5121,\"count\":3,\"type\":\"SCALAR\"},"
                + "{\"bufferView\":1,\"byteOffset\":4,\"componentType\":5123,\"count\":3,\"type\":\"SCALAR\"}],"
                + "\"bufferViews\":[{\"buffer\":0,\"byteLength\":72,\"byteStride\":24},"
                + "{\"buffer\":0,\"byteOffset\":72,\"byteLength\":24}],\"buffers\":[{\"byteLength\":96}]}";
        byte[] text = (json + " ".repeat((4 - json.length() % 4) % 4)).getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(28 + text.length + 96).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0x46546C67).putInt(2).putInt(file.capacity()).putInt(text.length).putInt(0x4E4F534A).put(text)
                .putInt(96).putInt(0x004E4942).put(data.array());
        return file.array();
    }

    @Test
    void glbHasAnyTreeOfNodes() throws IOException {
        String tree = "[{\"children\":[1],\"translation\":[0,1,0]},{\"children\":[2],\"scale\":[2,2,2]},"
                + "{\"mesh\":0,\"rotation\":[0,0,0.7071067811865476,0.7071067811865476]}]";
        for (String primitive : new String[] {"", ",\"indices\":1", ",\"indices\":2", ",\"mode\":5", ",\"mode\":6,\"indices\":1"}) {
            TriangleMesh mesh = read("a.glb", glb(tree, primitive)).mesh();
            assertEquals(1, mesh.triangleCount());
            // In metres, y up: (x, y, z) goes to (-y, x, z), twice as far, one up. LPS is (x, -z, y) in millimetres.
            double[][] expected = {{0, 0, 1000}, {0, 0, 3000}, {-4000, 0, 1000}};
            for (int corner = 0; corner < 3; corner++) {
                for (int axis = 0; axis < 3; axis++) {
                    assertEquals(expected[corner][axis], mesh.corner(0, corner, axis), 1e-2);
                }
            }
        }
        // A mirrored node turns its triangles round, so that outside stays outside.
        TriangleMesh plain = read("a.glb", glb("[{\"mesh\":0}]", "")).mesh();
        TriangleMesh mirrored = read("a.glb", glb("[{\"mesh\":0,\"scale\":[-1,1,1]}]", "")).mesh();
        double[][] normals = new double[2][3];
        plain.areaVector(0, normals[0]);
        mirrored.areaVector(0, normals[1]);
        assertArrayEquals(normals[0], normals[1], 1e-3);
        for (String circle : new String[] {"[{\"children\":[0],\"mesh\":0}]", "[{\"children\":[1,1,1]},{\"mesh\":0}]"}) {
            assertThrows(InputException.class, () -> read("a.glb", glb(circle, "")));
        }
        assertThrows(InputException.class, () -> read("a.glb", glb("[{\"mesh\":0}]", ",\"mode\":1")));
    }

    private static TriangleMesh tetrahedron() {
        return new TriangleMesh(new float[] {1, 2, 3, 4, 2, 3, 1, 7, 3, 1, 2, 9}, new int[] {0, 2, 1, 0, 1, 3, 1, 2, 3, 0, 3, 2},
                Frame.LPS);
    }

    @Test
    void vtkIsPolygonsInBigEndian() throws IOException {
        Path file = folder.resolve("a.vtk");
        MeshFiles.write(file, tetrahedron());
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        assertTrue(text.startsWith("# vtk DataFile Version 3.0\nMedGS surface in millimetres. SPACE=LPS\nBINARY\n"
                + "DATASET POLYDATA\nPOINTS 4 float\n"), text);
        int points = text.indexOf("float\n") + 6;
        assertEquals(9f, ByteBuffer.wrap(bytes).getFloat(points + 44));
        int polygons = text.indexOf("POLYGONS 4 16\n") + 14;
        assertEquals(points + 48 + 1 + 14, polygons);
        assertEquals(3, ByteBuffer.wrap(bytes).getInt(polygons));
        assertEquals(2, ByteBuffer.wrap(bytes).getInt(polygons + 8));
        assertTrue(text.contains("\nPOINT_DATA 4\nNORMALS normals float\n"), text);
        assertThrows(InputException.class, () -> MeshFiles.read(file));
    }

    @Test
    void giftiHoldsPointsAndTrianglesInRas() throws IOException {
        Path file = folder.resolve("a.surf.gii");
        MeshFiles.write(file, tetrahedron());
        Matcher data = Pattern.compile("<Data>([^<]*)</Data>").matcher(Files.readString(file));
        assertTrue(data.find());
        byte[] points = new InflaterInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(data.group(1)))).readAllBytes();
        float[] read = new float[12];
        ByteBuffer.wrap(points).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(read);
        assertArrayEquals(tetrahedron().in(Frame.RAS).vertices(), read);
        assertTrue(data.find());
        byte[] corners = new InflaterInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(data.group(1)))).readAllBytes();
        assertEquals(48, corners.length);
    }

    @Test
    void digitsAreThoseOfTheFormatInEveryLanguage() throws IOException {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.of("ar", "EG"));
            for (MeshFormat format : MeshFormat.values()) {
                Path here = folder.resolve("here." + format.extension());
                MeshFiles.write(here, tetrahedron());
                Locale.setDefault(Locale.ROOT);
                Path there = folder.resolve("there." + format.extension());
                MeshFiles.write(there, tetrahedron());
                assertEquals(-1, Files.mismatch(here, there), format.toString());
                Locale.setDefault(Locale.of("ar", "EG"));
            }
        } finally {
            Locale.setDefault(before);
        }
    }
}
