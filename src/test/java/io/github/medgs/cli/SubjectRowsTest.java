package io.github.medgs.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cells of a cohort's table become as options. */
class SubjectRowsTest {

    @TempDir
    Path folder;

    /** The arguments of a row with such a cell, less its image. */
    private List<String> arguments(String column, String cell) throws IOException {
        Path table = Files.writeString(folder.resolve("t.csv"), "id,image," + column + "\na,x.nii,\"" + cell + "\"\n");
        List<String> arguments = SubjectRows.read(table, null, Map.of()).subjects().getFirst().arguments();
        return arguments.subList(1, arguments.size());
    }

    @Test
    void severalLabelsAreSeparatedAsPeopleWriteThem() throws IOException {
        for (String cell : List.of("1;2", "1 | 2", "1 2", "1, 2", "1,2", "1.0;2.0", "1.0, 2.0")) {
            assertEquals(List.of("--label=1", "--label=2"), arguments("labels", cell), cell);
        }
        assertEquals(List.of("--label=left, upper", "--label=v 1.0"), arguments("label", "left, upper; v 1.0"));
    }

    @Test
    void wholeNumbersAreSoWithAFractionOfNought() throws IOException {
        assertEquals(List.of("--label=1"), arguments("label", "1.0"));
        assertEquals(List.of("--factor=3"), arguments("factor", "3.0"));
        assertEquals(List.of("--seed=17"), arguments("seed", "17.0"));
        // These are as they are written.
        assertEquals(List.of("--label=1.5"), arguments("label", "1.5"));
        assertEquals(List.of("--spacing=1.0"), arguments("spacing", "1.0"));
        assertEquals(List.of("--window=0, 1.0"), arguments("window", "0, 1.0"));
    }
}
