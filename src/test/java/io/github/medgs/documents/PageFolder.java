package io.github.medgs.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.medgs.cli.CommandLineRunner;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * A folder in which a page's commands are run: small phantoms stand there under the names that the documents use for somebody's
 * own files, and {@code medgs} and {@code ./tornado-env.sh} run these classes, trained for a few steps.
 */
final class PageFolder {

    private static final long LONGEST_SECONDS = 300;
    /** Phantoms of half the samples' size, and so an eighth of their voxels. */
    private static final String KIDNEY = "kidney.nii.gz";
    private static final String KIDNEY_MASK = "kidney-mask.nii.gz";
    private static final String BRAIN = "brain.nii.gz";

    /** What stands for a user's own file. */
    private static final Map<String, String> STAND_INS = new TreeMap<>(Map.ofEntries(
            Map.entry("ct.nii.gz", KIDNEY), Map.entry("ct-every-second.nii.gz", KIDNEY),
            Map.entry("kidney.nii.gz", KIDNEY_MASK), Map.entry("kidney_right.nii.gz", KIDNEY_MASK),
            Map.entry("kidney-mask.nii.gz", KIDNEY_MASK), Map.entry("MASK.nii.gz", KIDNEY_MASK),
            Map.entry("mine.nii.gz", KIDNEY),
            Map.entry("out/mine.nii.gz", Path.of("sample-volumes/kidney.nii.gz").toAbsolutePath().toString()),
            Map.entry("before-mask.nii.gz", KIDNEY_MASK),
            Map.entry("after-mask.nii.gz", KIDNEY_MASK), Map.entry("mr.nii.gz", BRAIN), Map.entry("T1.nii.gz", BRAIN), Map.entry("FLAIR.nii.gz", BRAIN),
            Map.entry("hippocampus_003.nii.gz", KIDNEY), Map.entry("case000025.nii.gz", KIDNEY),
            Map.entry("ct/p01.nii.gz", KIDNEY), Map.entry("masks/p01.nii.gz", KIDNEY_MASK),
            Map.entry("ct/p02.nii.gz", KIDNEY), Map.entry("masks/p02.nii.gz", KIDNEY_MASK)));

    /** What stands for a word in capitals. */
    private static final Map<String, String> PLACEHOLDERS = Map.ofEntries(
            Map.entry("MODEL", "model.medgs"), Map.entry("IMAGE", "ct.nii.gz"), Map.entry("VOLUME", "ct.nii.gz"),
            Map.entry("MASK", "kidney.nii.gz"), Map.entry("PREDICTED", "kidney.nii.gz"),
            Map.entry("REFERENCE", "kidney.nii.gz"), Map.entry("BASELINE", "kidney.nii.gz"),
            Map.entry("FOLLOWUP", "kidney.nii.gz"), Map.entry("IN", "ct.nii.gz"), Map.entry("OUT", "out.nrrd"),
            Map.entry("FILE", "file.stl"), Map.entry("FILE.json", "file.json"), Map.entry("NAME", "kidney"),
            Map.entry("N", "2"));

    /** Appended to what learns; the published start has a number of its own. A page to look at is looked at once. */
    private static final String MEDGS = """
            #!/bin/bash
            words=("$@") short=()
            case "$1 ${2:-}" in
              "cohort status"*) ;;
              # What was trained for 20 steps does not hold its slices at 40 dB.
              compress\\ *) words=("${words[@]/%40/15}") ;;
              reconstruct\\ * | train\\ * | cohort\\ * | "evaluate sparse" | "evaluate interpolation" | "evaluate surface")
                [[ " $* " = *" surface "* && " $* " != *" sparse "* ]] || short=(--set iterations=20
                  --set start.pixelsPerGaussian=40 --set start.gaussians=2000) ;;
            esac
            run=(JAVA --add-modules jdk.incubator.vector -Xmx2g -XX:+UseParallelGC -cp CLASSES io.github.medgs.cli.Main)
            if [ "$1" != view ]; then exec "${run[@]}" "${words[@]}" "${short[@]}"; fi
            "${run[@]}" "${words[@]}" --no-open > page.txt &
            for _ in $(seq 300); do [ -s page.txt ] && break; sleep 0.1; done
            port=$(sed -n '1s#http://127.0.0.1:\\([0-9]*\\)/.*#\\1#p' page.txt)
            token=$(sed -n '1s#http://[^/]*\\(/.*\\)#\\1#p' page.txt)
            exec 3<>"/dev/tcp/127.0.0.1/$port"
            printf 'GET %s HTTP/1.1\\r\\nHost: 127.0.0.1:%s\\r\\nConnection: close\\r\\n\\r\\n' "$token" "$port" >&3
            IFS= read -r answer <&3
            kill $!
            [[ "$answer" = *" 200 "* ]] || { echo "the page answers: $answer"; exit 1; }
            """;

    private static final String DOOR = """
            #!/bin/bash
            exec "$@"
            """;

    private final Path root;
    private final Path page;
    private final Path folder;
    private final boolean withRun;

    /** @param withRun whether the page reads a run or a model that it does not make itself */
    PageFolder(Path root, Path page, boolean withRun) {
        this.root = root;
        this.page = page;
        this.withRun = withRun;
        this.folder = root.resolve(page.toString().replace('/', '-'));
    }

    /** Makes the folder, with all that its commands may read, unless it is there. */
    void prepare() throws IOException, InterruptedException {
        if (Files.exists(folder)) {
            return;
        }
        Files.createDirectories(folder);
        program("bin/medgs", MEDGS.replace("JAVA", "'" + System.getProperty("java.home") + "/bin/java'")
                .replace("CLASSES", "'" + absolute(System.getProperty("java.class.path")) + "'"));
        program("tornado-env.sh", DOOR);
        Files.createDirectory(folder.resolve("sample-volumes"));
        for (String name : List.of("kidney", "kidney-mask", "brain", "brain-mask", "prostate", "prostate-mask")) {
            Path file = Path.of("sample-volumes", name + ".nii.gz");
            Files.copy(file, folder.resolve(file));
        }
        if (!Files.exists(root.resolve("phantoms"))) {
            for (String name : List.of("kidney", "brain")) {
                assertEquals(0, CommandLineRunner.run("phantom", name, "--size", "0.5", "-o", root.resolve("phantoms").toString()));
            }
        }
        Volume mask = VolumeFiles.read(root.resolve("phantoms").resolve(KIDNEY_MASK));
        float[] labels = mask.voxels().clone();
        for (int n = 0; n < labels.length; n++) {
            labels[n] = labels[n] == 2 ? 5 : labels[n];
        }
        VolumeFiles.write(new Volume(mask.grid(), labels), folder.resolve("segmentation.nii.gz"));
        write("names.json", "{\"1\": \"kidney\", \"5\": \"tumour\"}");
        for (Map.Entry<String, String> standIn : STAND_INS.entrySet()) {
            Path file = folder.resolve(standIn.getKey());
            Files.createDirectories(file.getParent());
            Files.copy(root.resolve("phantoms").resolve(standIn.getValue()), file);
        }
        if (withRun) {
            addRun();
        }
    }

    private void addRun() throws IOException, InterruptedException {
        Path run = root.resolve("run");
        if (!Files.exists(run)) {
            bash("medgs reconstruct ct.nii.gz --mask kidney.nii.gz --merge all --preset quick -o '"
                    + run + "'");
        }
        Files.copy(run.resolve("model.medgs"), folder.resolve("model.medgs"));
        Files.copy(run.resolve("surface.stl"), folder.resolve("file.stl"));
        if (!page.equals(Path.of("README.md"))) {
            copy(run, folder.resolve("out/kidney"));
        }
    }

    private static String absolute(String classPath) {
        return List.of(classPath.split(":")).stream().map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(":"));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path inside, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(inside)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** A command's words with files and numbers where the page has words in capitals; a new folder for each DIR. */
    static List<String> withoutPlaceholders(List<String> words) {
        List<String> filled = new ArrayList<>();
        for (String word : words) {
            filled.add(word.equals("DIR") ? "dir" + System.nanoTime() : PLACEHOLDERS.getOrDefault(word, word));
        }
        return filled;
    }

    Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(file);
        return Files.writeString(file, text);
    }

    void program(String name, String text) throws IOException {
        assertTrue(write(name, text).toFile().setExecutable(true));
    }

    /** Runs bash in the folder; it has to end with status 0. */
    void bash(String text) throws IOException, InterruptedException {
        run(text, "bash", "-c", "set -euo pipefail\n" + text);
    }

    /** Lets bash read a script without running it. */
    void parse(String text) throws IOException, InterruptedException {
        run(text, "bash", "-n", "-c", text);
    }

    /** Runs a snippet of Python in the folder; skipped, by name, where a package that it imports is missing. */
    void python(String text) throws IOException, InterruptedException {
        String imports = text.lines().filter(line -> line.matches("(import|from) .*")).collect(Collectors.joining("\n"));
        String missing = "no python3 on this machine";
        // The system's Python has the system's packages, whatever else is on the path.
        for (String python : List.of("python3", "/usr/bin/python3")) {
            try {
                Process process = new ProcessBuilder(python, "-c", imports).redirectErrorStream(true).start();
                String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
                if (process.waitFor() == 0) {
                    run(text, python, "-c", text);
                    return;
                }
                missing = said.lines().reduce((first, last) -> last).orElse(missing);
            } catch (IOException e) {
                // Not there: the next one.
            }
        }
        abort(missing);
    }

    private void run(String what, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        Path said = folder.resolve("said.txt");
        Process process = builder.redirectOutput(said.toFile()).start();
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        assertEquals(0, process.exitValue(), () -> {
            try {
                return page + ":\n" + what + "\n" + Files.readString(said);
            } catch (IOException e) {
                return e.toString();
            }
        });
    }

    /** Runs statements of Java as a program in which the packages are imported, here in this process but for its files. */
    void statements(String text, List<String> packages) throws Exception {
        String source = packages.stream().map(name -> "import " + name + ".*;\n").collect(Collectors.joining())
                + "import java.nio.file.Path;\npublic class Statements {\n public static void run(Path folder) throws Exception {\n"
                + text.replace("Path.of(", "folder.resolve(") + "}\n}\n";
        compile("Statements", source);
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            loader.loadClass("Statements").getMethod("run", Path.class).invoke(null, folder.toAbsolutePath());
        }
    }

    void compile(String name, String source) {
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        assertTrue(ToolProvider.getSystemJavaCompiler().getTask(null, null, null, List.of("-d", folder.toString(),
                "-classpath", System.getProperty("java.class.path")), null, List.of(file)).call(), source);
    }
}
