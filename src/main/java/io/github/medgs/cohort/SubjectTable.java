package io.github.medgs.cohort;

import io.github.medgs.InputException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table of subjects: comma-separated values (RFC 4180; semicolons or tabs where the header has those and no comma), a
 * header, one row a subject. Empty cells say nothing.
 */
public final class SubjectTable {

    private SubjectTable() {}

    /**
     * The rows, each by column name in the header's order.
     *
     * @throws InputException when it is no such table
     */
    public static List<Map<String, String>> read(Path file) throws IOException {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new InputException(file.toString(), "is not text in UTF-8", "save it as CSV UTF-8", e);
        }
        text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        String first = text.lines().findFirst().orElse("");
        char separator = first.contains(",") ? ',' : first.contains(";") ? ';' : first.contains("\t") ? '\t' : ',';
        List<List<String>> lines = split(text, separator, file);
        if (lines.isEmpty()) {
            throw new InputException(file.toString(), "is empty", "give a table with the columns id and image");
        }
        List<String> header = lines.getFirst().stream().map(String::strip).toList();
        List<Map<String, String>> rows = new ArrayList<>();
        for (int line = 1; line < lines.size(); line++) {
            List<String> cells = lines.get(line);
            if (cells.size() == 1 && cells.getFirst().isBlank()) {
                continue;
            }
            if (cells.size() != header.size()) {
                throw new InputException(file.toString(), "has " + cells.size() + " cells in row " + line + " and "
                        + header.size() + " columns", "put quotes around cells that hold the separator");
            }
            Map<String, String> row = new LinkedHashMap<>();
            for (int c = 0; c < header.size(); c++) {
                if (row.put(header.get(c), cells.get(c).strip()) != null) {
                    throw new InputException(file.toString(), "has two columns " + header.get(c), "rename one of them");
                }
            }
            rows.add(row);
        }
        return rows;
    }

    /**
     * The cells of each line. Lines end in LF, CR LF or CR. Quotes count where they begin a cell; within one that began
     * without, they are letters.
     */
    private static List<List<String>> split(String text, char separator, Path file) {
        List<List<String>> lines = new ArrayList<>();
        List<String> line = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        int number = 1;
        boolean quoted = false;
        // The file's line in which the cell's quotes were opened; 0 where it has none.
        int opened = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char next = i + 1 < text.length() ? text.charAt(i + 1) : '\0';
            boolean lineEnds = c == '\n' || c == '\r' && next != '\n';
            if (quoted && c == '"' && next == '"') {
                cell.append('"');
                i++;
            } else if (quoted && c == '"') {
                quoted = false;
            } else if (!quoted && (c == separator || lineEnds)) {
                line.add(cell.toString());
                cell.setLength(0);
                opened = 0;
                if (lineEnds) {
                    lines.add(line);
                    line = new ArrayList<>();
                }
            } else if (c == '"' && opened == 0 && cell.toString().isBlank()) {
                quoted = true;
                opened = number;
                cell.setLength(0);
            } else if (!quoted && opened > 0 && !Character.isWhitespace(c)) {
                throw new InputException(file.toString(), "goes on in line " + number + " behind the quotes of a cell that"
                        + " begins in line " + opened, "put quotes around the whole cell, and double those within");
            } else if (quoted || c != '\r') {
                cell.append(c);
            }
            number += lineEnds ? 1 : 0;
        }
        if (quoted) {
            throw new InputException(file.toString(), "ends within quotes that are opened in line " + opened,
                    "close them");
        }
        if (!cell.isEmpty() || !line.isEmpty()) {
            line.add(cell.toString());
            lines.add(line);
        }
        return lines;
    }
}
