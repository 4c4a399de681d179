package io.github.medgs.reconstruction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import io.github.medgs.files.FolderLock;
import io.github.medgs.surface.MeshFormat;
import io.github.medgs.volume.Label;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** A run without the command line. */
class LibraryTest {

    private static final Path IMAGE = Path.of("sample-volumes/kidney.nii.gz");
    private static final Path MASK = Path.of("sample-volumes/kidney-mask.nii.gz");

    @TempDir
    Path folder;

    private static Reconstruction shortly(Volume image) {
        return Reconstruction.of(image).preset("quick", "iterations=20", "start.pixelsPerGaussian=40");
    }

    private static Volume blob(Matrix4d affine) {
        float[] voxels = new float[16 * 16 * 8];
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] = Math.hypot(n % 16 - 7.5, n / 16 % 16 - 7.5) < 5 ? 100 + n / 256 : 0;
        }
        return new Volume(16, 16, 8, voxels, affine);
    }

    private static Volume inside(Volume image) {
        float[] mask = image.voxels().clone();
        for (int n = 0; n < mask.length; n++) {
            mask[n] = mask[n] > 0 ? 1 : 0;
        }
        return image.withVoxels(mask);
    }

    @Test
    void whatOfAMaskLiesOutsideTheImageIsSaid() throws IOException {
        Volume image = blob(new Matrix4d().scaling(1, 1, 2));
        Volume beside = inside(blob(new Matrix4d().translation(6, 0, 0).scale(1, 1, 2)));
        List<String> said = new ArrayList<>();
        shortly(image).mask(beside, "beside.nii").listener(new RunListener() {
            @Override
            public void say(String message) {
                said.add(message);
            }
        }).train(folder.resolve("out"));
        assertTrue(said.stream().anyMatch(line -> line.startsWith("beside.nii: ") && line.contains("outside the image")),
                said::toString);
    }

    /** A listener that throws at the first line that it hears leaves no engine open and no folder locked. */
    @Test
    void whatAListenerThrowsEndsTheRunWhole() throws IOException {
        Volume image = blob(new Matrix4d().scaling(1, 1, 2));
        Path out = folder.resolve("out");
        Reconstruction run = shortly(image).listener(new RunListener() {
            @Override
            public void say(String message) {
                assertTrue(Files.exists(out.resolve(".medgs-running")), "said before what is to be closed is held");
                throw new IllegalStateException(message);
            }
        });
        assertThrows(IllegalStateException.class, () -> run.train(out));
        FolderLock.of(out).close();
    }

    @Test
    void anInterruptedRunSavesAndMayBeGoneOnWith() throws Exception {
        Volume image = blob(new Matrix4d().scaling(1, 1, 2));
        Path out = folder.resolve("out");
        Path whole = folder.resolve("whole");
        Reconstruction run = shortly(image);
        AtomicReference<Object> outcome = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                outcome.set(run.listener(new RunListener() {
                    @Override
                    public Progress begin(String what, long steps) {
                        return step -> {
                            if (what.equals("training") && step == 7) {
                                Thread.currentThread().interrupt();
                            }
                        };
                    }
                }).train(out));
            } catch (IOException | RuntimeException e) {
                outcome.set(e);
            }
        });
        thread.start();
        thread.join();
        assertTrue(outcome.get() instanceof Reconstruction.Result result && !result.finished() && result.iteration() == 7,
                () -> String.valueOf(outcome.get()));
        assertFalse(Files.exists(out.resolve(".medgs-running")));
        shortly(image).resume(true).train(out);
        shortly(image).train(whole);
        assertArrayEquals(Files.readAllBytes(whole.resolve("model.medgs")), Files.readAllBytes(out.resolve("model.medgs")));
    }

    @Test
    void wrongValuesAreRefusedBeforeAnythingIsWritten() {
        Path out = folder.resolve("out");
        for (Matrix4d affine : List.of(new Matrix4d().scaling(1, Double.NaN, 1), new Matrix4d().scaling(1, 1, 0),
                new Matrix4d().zero())) {
            assertThrows(InputException.class, () -> shortly(blob(affine)).run(out));
        }
        Volume image = blob(new Matrix4d());
        assertThrows(InputException.class, () -> shortly(image).labels(Set.of(1L)).run(out));
        assertThrows(InputException.class, () -> shortly(image).mergeAll(true).run(out));
        assertThrows(InputException.class, () -> shortly(image).mask(inside(image)).merge(List.of(List.of())).run(out));
        assertThrows(InputException.class, () -> shortly(image).spacing(new SliceSpacing(null, null, 500.0)).run(out));
        for (Executable setter : List.<Executable>of(() -> Reconstruction.of(null), () -> shortly(image).spacing(null),
                () -> shortly(image).stopWhen(null), () -> shortly(image).listener(null), () -> shortly(image).axis(null),
                () -> shortly(image).config(null), () -> shortly(image).engine(null, null),
                () -> shortly(image).mask((Volume) null), () -> shortly(image).labels(null), () -> shortly(image).run(null),
                () -> shortly(image).preset(null), () -> shortly(image).surface(null, MeshFormat.STL),
                () -> shortly(image).surface(SurfaceRecipe.USUAL, null), () -> shortly(image).labels(Collections.singleton(null)),
                () -> shortly(image).merge(Collections.singletonList(null)), () -> shortly(image).merge(null),
                () -> shortly(image).merge(List.of(Collections.singletonList(null))),
                () -> shortly(image).names(Collections.singletonMap(1L, null)),
                () -> shortly(image).names(Collections.singletonMap(null, Label.of(1))))) {
            String message = assertThrows(NullPointerException.class, setter).getMessage();
            assertTrue(message != null && message.matches("[a-z]+"), message);
        }
        assertFalse(Files.exists(out));
    }

    @Test
    void theDocumentsProgramWritesWhatTheCommandWrites() throws Exception {
        Path program = folder.resolve("program");
        Path command = folder.resolve("command");
        compile(programOfTheDocuments().replace("preset(\"quick\")",
                "preset(\"quick\", \"iterations=20\", \"start.pixelsPerGaussian=40\")"));
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            loader.loadClass("Kidney").getMethod("main", String[].class).invoke(null,
                    (Object) new String[] {IMAGE.toString(), MASK.toString(), program.toString()});
        }
        int status = io.github.medgs.cli.CommandLineRunner.run("reconstruct", IMAGE.toString(), "--mask", MASK.toString(),
                "--preset", "quick", "--set", "iterations=20", "--set", "start.pixelsPerGaussian=40", "--quiet", "-o",
                command.toString());
        assertEquals(0, status);
        assertEquals(names(command), names(program));
        for (String name : names(command)) {
            assertArrayEquals(timeless(command.resolve(name)), timeless(program.resolve(name)), name);
        }
    }

    @Test
    void aListenerHearsTheCourseAndAStoppedRunCanGoOn() throws Exception {
        Volume image = VolumeFiles.read(IMAGE);
        List<String> heard = new ArrayList<>();
        RunListener listener = new RunListener() {
            @Override
            public void say(String line) {
                heard.add(line);
            }

            @Override
            public Progress begin(String what, long steps) {
                heard.add(what + " " + steps);
                return step -> { };
            }
        };
        int[] asked = new int[1];
        Reconstruction.Result stopped = shortly(image).listener(listener).stopWhen(() -> asked[0]++ == 7).run(folder);
        assertFalse(stopped.finished());
        assertEquals(7, stopped.iteration());
        assertTrue(stopped.engine().startsWith("engine "), stopped.engine());
        assertTrue(heard.contains(stopped.engine()) && heard.contains("training 20"), heard.toString());
        assertThrows(InputException.class, () -> shortly(image).run(folder));
        Reconstruction.Result whole = shortly(image).resume(true).run(folder);
        assertTrue(whole.finished());
        assertEquals(20, whole.iteration());
        assertTrue(Files.exists(folder.resolve(RunFolder.INTERPOLATED)));
        byte[] resumed = Files.readAllBytes(folder.resolve(RunFolder.MODEL));
        shortly(image).replace(true).train(folder);
        assertArrayEquals(resumed, Files.readAllBytes(folder.resolve(RunFolder.MODEL)));
        assertFalse(Files.exists(folder.resolve(RunFolder.INTERPOLATED)), "old and new results side by side");
    }

    static String programOfTheDocuments() throws IOException {
        String page = Files.readString(Path.of("src/site/markdown/library.md"));
        String first = "```java Kidney.java\n";
        int from = page.indexOf(first) + first.length();
        return page.substring(from, page.indexOf("```", from));
    }

    private void compile(String source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        SimpleJavaFileObject file = new SimpleJavaFileObject(URI.create("string:///Kidney.java"),
                javax.tools.JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        assertTrue(compiler.getTask(null, null, null, List.of("-d", folder.toString(), "-classpath",
                System.getProperty("java.class.path")), null, List.of(file)).call(), source);
    }

    static List<String> names(Path run) throws IOException {
        try (Stream<Path> files = Files.list(run)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** A file without the seconds that a run took. */
    static byte[] timeless(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (name.equals(RunFolder.CHECKPOINT)) {
            return new byte[0];
        }
        if (name.equals(RunFolder.HISTORY)) {
            return Files.readString(file).replaceAll(",[^,\n]*\n", "\n").getBytes();
        }
        if (name.startsWith("report.")) {
            return Files.readString(file).replaceAll("(\"|&quot;)seconds(\"|&quot;) : [0-9.E-]*", "")
                    .replaceAll("[0-9]+ s on the engine", "").replaceAll("Reconstruction of [^<]*", "").getBytes();
        }
        return Files.readAllBytes(file);
    }
}
