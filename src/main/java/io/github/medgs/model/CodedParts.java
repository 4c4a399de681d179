package io.github.medgs.model;

import io.github.medgs.InputException;
import io.github.medgs.coding.RangeDecoder;
import io.github.medgs.coding.RangeEncoder;
import io.github.medgs.files.BlockFile;
import io.github.medgs.kernel.Layout;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Gaussians coded in parts, each a run of slices and by itself, one behind the other: to draw a place, the parts about it
 * are decoded, and no slice behind it. A part costs bytes, since it begins without what came before; so it is as long as
 * decoding allows, and most volumes are one part.
 *
 * @param slices of each part; {@code gaussians} and {@code bytes} likewise
 */
record CodedParts(int[] slices, int[] gaussians, int[] bytes) {

    /** Pixels that a part may have, in whole slices, one at least. */
    static final int PIXELS = 1 << 17;

    /** A decision takes no less than 1/4096 of a bit. */
    private static final long DECISIONS_PER_BYTE = 8 * 4096;

    /**
     * Codes a table: {@value CompactModel#CODED}, and {@value CompactModel#PARTS} where there are several.
     *
     * @param pixels that a part may have
     */
    static void add(QuantisedGaussians table, int pixels, Map<String, BlockFile.Data> blocks) {
        int together = Math.max(1, pixels / (table.form().width() * table.form().height()));
        int count = Math.ceilDiv(table.slices(), together);
        byte[][] coded = new byte[count][];
        CodedParts parts = new CodedParts(new int[count], new int[count], new int[count]);
        IntStream.range(0, count).parallel().forEach(part -> {
            int from = part * together;
            QuantisedGaussians of = table.part(from, Math.min(table.slices(), from + together));
            RangeEncoder encoder = new RangeEncoder();
            new GaussianCoding(encoder, of).code(of.slices());
            coded[part] = encoder.finish();
            parts.slices[part] = of.slices();
            parts.gaussians[part] = of.count();
            parts.bytes[part] = coded[part].length;
        });
        if (count > 1) {
            blocks.put(CompactModel.PARTS, ModelFile.json(parts));
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(coded).forEach(all::writeBytes);
        blocks.put(CompactModel.CODED, BlockFile.bytes(all.toByteArray()));
    }

    /**
     * The parts of a file.
     *
     * @param constants as in {@link QuantisedGaussians}
     * @throws IllegalArgumentException when they contradict the sizes, or claim more than their bytes can hold
     */
    static CodedParts of(BlockFile.Blocks blocks, Path file, ModelForm form, CodingSteps steps, float[] constants,
            int slices, int count) {
        int length = Math.toIntExact(blocks.length(CompactModel.CODED));
        CodedParts parts = blocks.has(CompactModel.PARTS)
                ? ModelFile.parse(blocks.text(CompactModel.PARTS), CodedParts.class, file)
                : new CodedParts(new int[] {slices}, new int[] {count}, new int[] {length});
        parts.requireSums(slices, count, length);
        long pixels = (form.width() + 2L * QuantisedGaussians.MARGIN) * (form.height() + 2L * QuantisedGaussians.MARGIN);
        int each = decisions(steps, constants);
        for (int part = 0; part < parts.slices.length; part++) {
            // Refused before anything of its size is allocated. Of the rows of each channel of labels one varies at least.
            long decisions = DECISIONS_PER_BYTE * (parts.bytes[part] + 1L);
            if ((long) parts.gaussians[part] * constants.length > decisions * form.rows()
                    || (long) parts.gaussians[part] * each > decisions || pixels > decisions / parts.slices[part]) {
                throw new IllegalArgumentException("more than its bytes can hold");
            }
        }
        return parts;
    }

    // The fewest that a Gaussian takes: that it is there, where in its pixel, and its rows, the angle of a round one aside.
    private static int decisions(CodingSteps steps, float[] constants) {
        int rows = (int) IntStream.range(Layout.Z + 1, constants.length)
                .filter(row -> row != Layout.ANGLE && Float.isNaN(constants[row])).count();
        return 1 + (steps.positionBits() > 0 ? 2 : 0) + rows;
    }

    private void requireSums(int ofSlices, int ofGaussians, int ofBytes) {
        boolean sound = slices.length == gaussians.length && slices.length == bytes.length && sum(slices) == ofSlices
                && sum(gaussians) == ofGaussians && sum(bytes) == ofBytes
                && Arrays.stream(slices).allMatch(n -> n > 0) && Arrays.stream(gaussians).allMatch(n -> n >= 0)
                && Arrays.stream(bytes).allMatch(n -> n >= 0);
        if (!sound) {
            throw new IllegalArgumentException("parts that are not those of the whole");
        }
    }

    private static long sum(int[] values) {
        return Arrays.stream(values).asLongStream().sum();
    }

    /**
     * The Gaussians of some slices.
     *
     * @param steps and {@code constants} as in {@link QuantisedGaussians}
     * @param from first slice that is wanted; {@code to} the one after the last
     * @param capacity of the model, at least
     * @throws IllegalArgumentException when the bytes hold other Gaussians than they should
     */
    FoldedGaussians decode(byte[] coded, ModelForm form, CodingSteps steps, float[] constants, int from, int to,
            int capacity) {
        int count = slices.length;
        int[] firstSlices = starts(slices);
        int[] firstBytes = starts(bytes);
        QuantisedGaussians[] tables = new QuantisedGaussians[count];
        IntStream.range(0, count).parallel().filter(part -> firstSlices[part] < to && firstSlices[part + 1] > from)
                .forEach(part -> {
                    QuantisedGaussians table = new QuantisedGaussians(form, steps, slices[part], gaussians[part], constants);
                    byte[] own = Arrays.copyOfRange(coded, firstBytes[part], firstBytes[part + 1]);
                    int wanted = Math.min(slices[part], to - firstSlices[part]);
                    new GaussianCoding(new RangeDecoder(own), table).code(wanted);
                    if (wanted == slices[part] && table.count() != gaussians[part]) {
                        throw new IllegalArgumentException(table.count() + " Gaussians");
                    }
                    tables[part] = table;
                });
        int[] places = new int[count + 1];
        for (int part = 0; part < count; part++) {
            places[part + 1] = places[part] + (tables[part] == null ? 0
                    : tables[part].between(from - firstSlices[part], to - firstSlices[part]));
        }
        FoldedGaussians all = new FoldedGaussians(form,
                new ParameterTable(constants.length, Math.max(1, Math.max(capacity, places[count]))), places[count]);
        for (int part = 0; part < count; part++) {
            if (tables[part] != null) {
                tables[part].addTo(all, places[part], firstSlices[part], from - firstSlices[part], to - firstSlices[part]);
            }
        }
        return all;
    }

    private static int[] starts(int[] lengths) {
        int[] starts = new int[lengths.length + 1];
        for (int n = 0; n < lengths.length; n++) {
            starts[n + 1] = starts[n] + lengths[n];
        }
        return starts;
    }
}
