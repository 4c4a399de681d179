package io.github.medgs.surface;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.javagl.jgltf.model.GltfModel;
import de.javagl.jgltf.model.NodeModel;
import de.javagl.jgltf.model.io.GltfModelReader;
import io.github.medgs.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MeshFilesTest {

    @TempDir
    Path folder;

    private static TriangleMesh ball(Frame frame) {
        return MarchingCubes.extract(Fields.sample(Fields.sphere(2, -3, 5, 7), 20, 20, 20,
                Fields.affine(20, 20, 20, 1, 1.2, 1.4, true)), 0, frame, 1);
    }

    private static List<MeshFormat> read() {
        return Arrays.stream(MeshFormat.values()).filter(MeshFormat::isRead).toList();
    }

    @ParameterizedTest
    @MethodSource("read")
    void everyFormatComesBackAsItWas(MeshFormat format) throws IOException {
        for (Frame frame : Frame.values()) {
            TriangleMesh mesh = ball(frame);
            Path file = folder.resolve(frame + "." + format.extension());
            MeshFiles.write(file, mesh);
            MeshFiles.Loaded loaded = MeshFiles.read(file);
            assertTrue(loaded.frameStated());
            assertEquals(frame, loaded.mesh().frame());
            assertEquals(mesh.vertexCount(), loaded.mesh().vertexCount());
            for (int t = 0; t < mesh.triangleCount(); t++) {
                for (int corner = 0; corner < 3; corner++) {
                    for (int axis = 0; axis < 3; axis++) {
                        assertEquals(mesh.corner(t, corner, axis), loaded.mesh().corner(t, corner, axis));
                    }
                }
            }
            assertTrue(MeshCheck.of(loaded.mesh()).sound());
        }
    }

    @Test
    void headersStateTheFrame() throws IOException {
        for (Frame frame : Frame.values()) {
            for (MeshFormat format : new MeshFormat[] {MeshFormat.STL, MeshFormat.PLY, MeshFormat.OBJ}) {
                Path file = folder.resolve("header-" + frame + "." + format.extension());
                MeshFiles.write(file, ball(frame));
                String head = new String(Files.readAllBytes(file), 0, 84, StandardCharsets.ISO_8859_1);
                assertTrue(head.matches("(?s).*SPACE=" + frame + "[\\s\\x00].*"), head);
                assertFalse(head.startsWith("solid"));
            }
        }
    }

    @Test
    void namesOfPartsBecomeNamesThatEveryDiskTakes() {
        String many = "\u00fc".repeat(300);
        List<Path> files = MeshFiles.ofParts(folder.resolve("surface.stl"),
                List.of("Kidney", "kidney", "a/b", "a:b", many + "1", many + "2"));
        String fifty = "\u00fc".repeat(50);
        assertEquals(List.of("surface-Kidney.stl", "surface-kidney-2.stl", "surface-a-b.stl", "surface-a-b-2.stl",
                "surface-" + fifty + ".stl", "surface-" + fifty + "-2.stl"),
                files.stream().map(file -> file.getFileName().toString()).toList());
    }

    @Test
    void theEndingOfAGiftiSurfaceStaysWhole() {
        assertEquals(List.of(folder.resolve("k-label-1.surf.gii"), folder.resolve("k-label-2.surf.gii")),
                MeshFiles.ofParts(folder.resolve("k.surf.gii"), List.of("label-1", "label-2")));
    }

    @Test
    void partsOfAnObjStayApart() throws IOException {
        Path file = folder.resolve("parts.obj");
        List<String> names = List.of("left lung", "left_lung", "left_lung-2", "", "Leber");
        MeshFiles.write(file, names.stream().map(name -> MeshPart.ofLabel(name, ball(Frame.LPS), 1)).toList());
        assertEquals(List.of("g left_lung", "g left_lung-2", "g left_lung-2-2", "g _", "g Leber"),
                Files.readAllLines(file).stream().filter(line -> line.startsWith("g")).toList());
    }

    @Test
    void stlHasTheLengthThatItsCountSays() throws IOException {
        TriangleMesh mesh = ball(Frame.LPS);
        Path file = folder.resolve("a.stl");
        MeshFiles.write(file, mesh);
        byte[] bytes = Files.readAllBytes(file);
        assertEquals(84 + 50 * mesh.triangleCount(), bytes.length);
        assertEquals(mesh.triangleCount(), ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(80));
    }

    @Test
    void glbIsReadByAnotherReaderInMetresWithYUp() throws IOException {
        TriangleMesh ras = ball(Frame.RAS);
        byte[] colors = new byte[3 * ras.vertexCount()];
        Arrays.fill(colors, (byte) 200);
        for (TriangleMesh mesh : new TriangleMesh[] {ras, ras.in(Frame.LPS)}) {
            Path file = folder.resolve("labels" + mesh.frame() + ".glb");
            MeshFiles.write(file, List.of(MeshPart.ofLabel("kidney", mesh, 1), MeshPart.ofLabel("tumour", mesh, 2),
                    new MeshPart("growth", mesh, 0, colors)));
            GltfModel model = new GltfModelReader().read(file.toUri());
            assertEquals(3, model.getNodeModels().size());
            assertEquals(3, model.getMaterialModels().size());
            assertEquals(3, model.getMeshModels().size());
            NodeModel node = model.getNodeModels().getFirst();
            assertEquals("kidney", node.getName());
            // The ball's centre, RAS (2, -3, 5) mm: left is x, head is y, front is z, in metres.
            float[] m = node.getMatrix();
            double[] c = Measures.of(mesh).centroid();
            double[] gltf = new double[3];
            for (int row = 0; row < 3; row++) {
                gltf[row] = m[row] * c[0] + m[4 + row] * c[1] + m[8 + row] * c[2] + m[12 + row];
            }
            assertArrayEquals(new double[] {-0.002, 0.005, -0.003}, gltf, 2e-5);
            var primitive = model.getMeshModels().getFirst().getMeshPrimitiveModels().getFirst();
            assertEquals(mesh.vertexCount(), primitive.getAttributes().get("POSITION").getCount());
            assertEquals(mesh.triangles().length, primitive.getIndices().getCount());
            assertEquals(3 * mesh.vertexCount(), MeshFiles.read(file).mesh().vertexCount());
        }
    }

    @Test
    void textFilesOfOthersAreRead() throws IOException {
        Path stl = folder.resolve("text.stl");
        Files.writeString(stl, "solid thing\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0 0\nvertex 0 1e0 0\n"
                + "endloop\nendfacet\nendsolid thing\n");
        assertEquals(1, MeshFiles.read(stl).mesh().triangleCount());
        assertFalse(MeshFiles.read(stl).frameStated());
        Path ply = folder.resolve("text.ply");
        Files.writeString(ply, "ply\nformat ascii 1.0\nelement vertex 4\nproperty double y\nproperty double x\n"
                + "property list uchar int other\nproperty double z\nelement face 1\nproperty list uchar uint vertex_index\n"
                + "end_header\n0 0 1 9 0\n0 1 0 0\n1 1 2 8 9 0\n1 0 0 0\n4 0 1 2 3\n");
        TriangleMesh quad = MeshFiles.read(ply).mesh();
        assertEquals(2, quad.triangleCount());
        assertEquals(1, Measures.area(quad), 1e-9);
        Path obj = folder.resolve("text.obj");
        Files.writeString(obj, "# SPACE=RAS\nv 0 0 0\nv 1 0 0\nv 1 1 0 1.0\nv 0 1 0\nvt 0 0\nf 1/1 2/1 3/1 -1/1\n");
        assertEquals(1, Measures.area(MeshFiles.read(obj).mesh()), 1e-9);
        assertEquals(Frame.RAS, MeshFiles.read(obj).mesh().frame());
    }

    @ParameterizedTest
    @MethodSource("read")
    void damagedFilesGetOneClearLine(MeshFormat format) throws IOException {
        Path good = folder.resolve("good." + format.extension());
        MeshFiles.write(good, ball(Frame.LPS));
        byte[] bytes = Files.readAllBytes(good);
        Random random = new Random(5);
        Path bad = folder.resolve("bad." + format.extension());
        for (int trial = 0; trial < 1000; trial++) {
            byte[] hurt = trial % 2 == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes.clone();
            for (int i = 0; i < trial % 2 * 3; i++) {
                // Mostly in the header, where lies do the most harm.
                hurt[random.nextInt(trial % 4 == 1 ? 400 : hurt.length)] = (byte) random.nextInt(256);
            }
            Files.write(bad, hurt);
            try {
                MeshFiles.read(bad);
            } catch (InputException e) {
                assertTrue(e.getMessage().startsWith(bad.toString()));
            }
        }
        Files.write(bad, new byte[0]);
        assertThrows(InputException.class, () -> MeshFiles.read(bad));
        assertThrows(InputException.class, () -> MeshFiles.read(folder.resolve("none." + format.extension())));
        assertThrows(InputException.class, () -> MeshFiles.read(folder.resolve("none.xyz")));
    }

    @Test
    void aCountThatLiesAllocatesNothing() throws IOException {
        Path ply = folder.resolve("lie.ply");
        Files.writeString(ply, "ply\nformat binary_little_endian 1.0\nelement vertex 700000000\nproperty float x\n"
                + "property float y\nproperty float z\nelement face 1\nproperty list uchar int vertex_indices\nend_header\n");
        assertThrows(InputException.class, () -> MeshFiles.read(ply));
        Path stl = folder.resolve("lie.stl");
        byte[] header = new byte[84];
        ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putInt(80, 2_000_000_000);
        Files.write(stl, header);
        assertThrows(InputException.class, () -> MeshFiles.read(stl));
    }
}
