package io.github.medgs.reconstruction;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.medgs.InputException;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.files.FolderLock;
import io.github.medgs.surface.MeshFiles;
import io.github.medgs.surface.MeshFormat;
import io.github.medgs.surface.MeshPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder of one run and the files in it. It is never overwritten unless that is asked for.
 *
 * @param resume whether a run in it is gone on with
 * @param replace whether a run in it is replaced
 */
public record RunFolder(Path path, boolean resume, boolean replace) {

    public static final String CONFIG = "config.json";
    public static final String MODEL = "model.medgs";
    public static final String CHECKPOINT = "checkpoint.medgs";
    public static final String HISTORY = "history.csv";
    public static final String INTERPOLATED = "interpolated.nii.gz";
    public static final String UNCERTAINTY = "uncertainty.nii.gz";
    public static final String BAND = "band.nii.gz";
    public static final String SLICES = "slices.csv";
    public static final String MASK = "mask.nii.gz";
    public static final String LABELS = "labels.nii.gz";
    public static final String REPORT = "report.json";
    public static final String REPORT_PAGE = "report.html";
    public static final String PREVIEW = "preview.png";
    private static final String SURFACE = "surface";
    /** Names of the surfaces that are being written, until the report has them. */
    private static final String DRAWING = ".drawing";
    private static final List<String> LEARNT = List.of(CONFIG, MODEL, CHECKPOINT, HISTORY);

    /**
     * Refuses a folder that holds a run, unless it is to be resumed or replaced; one where the run would write over what it
     * reads, or among it; and one that holds no run but a file under the name of a result, unless that is to be replaced.
     *
     * @param inputs files and folders that are read; those that are {@code null} do not count
     */
    public void check(Path... inputs) throws IOException {
        if (resume && replace) {
            throw new InputException(path.toString(), "cannot be both resumed and replaced", "choose one of them")
                    .naming("resume", "force");
        }
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new InputException(path.toString(), "is not a folder", "give another one").naming("output");
        }
        if (path.toAbsolutePath().normalize().getNameCount() == 0) {
            throw new InputException(path.toString(), "is the root of the file system", "give a folder of its own")
                    .naming("output");
        }
        if (!resume && !replace && holdsRun()) {
            FolderLock.requireFree(path, "output");
            throw new InputException(path.toString(), "already holds a run",
                    "go on with it, replace it, or give another folder").naming("resume", "force", "output");
        }
        for (String name : written()) {
            if (Files.isDirectory(path.resolve(name))) {
                throw new InputException(path.resolve(name).toString(), "is a folder, where the run writes a file",
                        "move it away, or give another folder").naming("output");
            }
        }
        for (Path input : inputs) {
            if (input != null && Files.exists(input)) {
                requireOther(input);
            }
        }
        String others = othersFile();
        if (!replace && others != null) {
            throw notOfARun(others);
        }
    }

    /**
     * Refuses a folder that holds no run but a file under the name of a surface of a label, unless that is to be replaced.
     *
     * @param labels their names
     */
    void checkSurfaces(MeshFormat format, List<String> labels) {
        if (replace || holdsRun() || format.namesParts()) {
            return;
        }
        for (Path file : MeshFiles.ofParts(path.resolve(surface(format)), labels)) {
            if (Files.exists(file)) {
                throw notOfARun(file.getFileName().toString());
            }
        }
    }

    private InputException notOfARun(String file) {
        return new InputException(path.toString(), "already holds " + file + ", and no run that it could be of",
                "replace it, or give another folder").naming("force", "output");
    }

    /** Whether a run was begun in the folder. */
    public boolean holdsRun() {
        return Stream.of(CONFIG, MODEL, CHECKPOINT).anyMatch(name -> Files.exists(path.resolve(name)));
    }

    /** A file that a run would write over or remove though it is no run's; {@code null} for none. */
    public String othersFile() {
        return holdsRun() ? null
                : written().stream().filter(name -> Files.exists(path.resolve(name))).findFirst().orElse(null);
    }

    private void requireOther(Path input) throws IOException {
        if (Files.isDirectory(input) && Files.exists(path) && Files.isSameFile(input, path)) {
            // Results would be taken for slices or masks the next time.
            throw new InputException(path.toString(), "is what is read, and the run writes its files there",
                    "give another folder").naming("output");
        }
        List<String> names = written();
        if (Files.exists(path.resolve(MODEL)) || Files.exists(path.resolve(CHECKPOINT))) {
            // A run may be done anew by its own configuration, which says all that the file says.
            names.remove(CONFIG);
        }
        for (String name : names) {
            Path written = path.resolve(name);
            if (Files.exists(written) && Files.isSameFile(input, written)) {
                throw new InputException(written.toString(), "is what is read, and the run writes a file of that name",
                        "give another folder").naming("output");
            }
        }
    }

    /** Removes what a replaced run left, so that old and new results never stand side by side. */
    void clear() throws IOException {
        if (replace) {
            clearDrawn();
            for (String name : LEARNT) {
                Files.deleteIfExists(path.resolve(name));
            }
        }
    }

    /** Removes what was drawn before: a run that is gone on with may be drawn otherwise than the last time. */
    void clearDrawn() throws IOException {
        // Only those of its own labels: somebody may have put a surface-NAME of theirs here.
        for (MeshFormat format : MeshFormat.values()) {
            for (List<String> names : List.of(begun(), outputs())) {
                for (Path file : MeshFiles.ofParts(path.resolve(surface(format)), names)) {
                    Files.deleteIfExists(file);
                }
            }
        }
        for (String name : drawn()) {
            Files.deleteIfExists(path.resolve(name));
        }
        Files.deleteIfExists(path.resolve(DRAWING));
    }

    /** Writes the surfaces of labels, each under its name. Whatever ends the run before its report, they are known. */
    void writeSurfaces(MeshFormat format, List<MeshPart> parts) throws IOException {
        AtomicFile.writeText(path.resolve(DRAWING),
                parts.stream().map(MeshPart::name).map(name -> name.replace('\n', ' ') + "\n").collect(Collectors.joining()));
        MeshFiles.writeParts(path.resolve(surface(format)), parts);
    }

    /** Writes the report, which from then on names what was drawn. */
    void write(Report report) throws IOException {
        report.write(path.resolve(REPORT));
        Files.deleteIfExists(path.resolve(DRAWING));
    }

    /** The surfaces that were being written when the run was interrupted. */
    private List<String> begun() throws IOException {
        return Files.isRegularFile(path.resolve(DRAWING)) ? Files.readAllLines(path.resolve(DRAWING)) : List.of();
    }

    /** What the report of the run in the folder calls its outputs. */
    private List<String> outputs() throws IOException {
        List<String> outputs = new ArrayList<>();
        if (Files.isRegularFile(path.resolve(REPORT))) {
            try {
                new ObjectMapper().readTree(path.resolve(REPORT).toFile()).path("outputs").fieldNames()
                        .forEachRemaining(outputs::add);
            } catch (JsonProcessingException e) {
                // Nobody's report: there is nothing of a run to be told from it.
            }
        }
        return outputs;
    }

    /** Whether there is something to go on from, and that is wanted. */
    boolean holdsCheckpoint() {
        return resume && Files.exists(file(CHECKPOINT));
    }

    Path file(String name) {
        return path.resolve(name);
    }

    /** The name of a run's surface. */
    public static String surface(MeshFormat format) {
        return SURFACE + "." + format.extension();
    }

    private static List<String> written() {
        List<String> names = drawn();
        names.addAll(LEARNT);
        return names;
    }

    private static List<String> drawn() {
        List<String> names = new ArrayList<>(
                List.of(INTERPOLATED, UNCERTAINTY, BAND, SLICES, MASK, LABELS, REPORT, REPORT_PAGE, PREVIEW));
        for (MeshFormat format : MeshFormat.values()) {
            names.add(surface(format));
        }
        return names;
    }
}
