package io.github.medgs.training;

import io.github.medgs.engine.StepLosses;
import io.github.medgs.InputException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The course of a run: one row per report, each the mean over the steps since the last. */
public final class History {

    /** @param psnr of the training slices seen, in decibel; NaN without an image head */
    public record Row(int iteration, double loss, double psnr, double maskError, int gaussians, double seconds) {}

    private static final String HEADER = "iteration,loss,psnr_db,mask_rms_error,gaussians,seconds";

    private final List<Row> rows = new ArrayList<>();
    private double loss;
    private double squaredError;
    private double maskSquaredError;
    private int steps;
    private double earlierSeconds;

    void add(StepLosses losses) {
        loss += losses.total();
        squaredError += losses.meanSquaredError();
        maskSquaredError += losses.maskMeanSquaredError();
        steps++;
    }

    /** @param seconds since the run was started or resumed */
    Row closeRow(int iteration, int gaussians, double seconds) {
        Row row = new Row(iteration, loss / steps, -10 * Math.log10(squaredError / steps),
                Math.sqrt(maskSquaredError / steps), gaussians, earlierSeconds + seconds);
        rows.add(row);
        loss = 0;
        squaredError = 0;
        maskSquaredError = 0;
        steps = 0;
        return row;
    }

    /** All rows so far. */
    public List<Row> rows() {
        return List.copyOf(rows);
    }

    /** As comma-separated values with a header; empty where a figure does not apply. */
    public String toCsv() {
        StringBuilder csv = new StringBuilder(HEADER).append('\n');
        for (Row row : rows) {
            csv.append(row.iteration()).append(',').append(number(row.loss())).append(',').append(number(row.psnr()))
                    .append(',').append(number(row.maskError())).append(',').append(row.gaussians()).append(',')
                    .append(number(row.seconds())).append('\n');
        }
        return csv.toString();
    }

    /**
     * The rows of a run's history file.
     *
     * @throws InputException when it is damaged
     */
    public static List<Row> read(Path file) throws IOException {
        try {
            return parse(Files.readString(file), Integer.MAX_VALUE).rows();
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException | CharacterCodingException e) {
            throw new InputException(file.toString(), "is no history of a run", "use another copy of it", e);
        }
    }

    /** Rows up to an iteration from an earlier {@link #toCsv}, so that a resumed run has one history. */
    static History parse(String csv, int lastIteration) {
        History history = new History();
        csv.lines().skip(1).forEach(line -> {
            String[] fields = line.split(",", -1);
            Row row = new Row(Integer.parseInt(fields[0]), parse(fields[1]), parse(fields[2]), parse(fields[3]),
                    Integer.parseInt(fields[4]), parse(fields[5]));
            if (row.iteration() <= lastIteration) {
                history.rows.add(row);
            }
        });
        return history;
    }

    /** The sums since the last row, which a checkpoint between two rows needs; exact in decimal digits. */
    String openRow() {
        return loss + "," + squaredError + "," + maskSquaredError + "," + steps;
    }

    /** Takes up what {@link #openRow} said; the clock goes on from the last row. */
    void reopenRow(String openRow) {
        String[] fields = openRow.split(",", -1);
        loss = Double.parseDouble(fields[0]);
        squaredError = Double.parseDouble(fields[1]);
        maskSquaredError = Double.parseDouble(fields[2]);
        steps = Integer.parseInt(fields[3]);
        earlierSeconds = rows.isEmpty() ? 0 : rows.getLast().seconds();
    }

    private static String number(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.6g", value) : "";
    }

    private static double parse(String field) {
        return field.isEmpty() ? Double.NaN : Double.parseDouble(field);
    }
}
