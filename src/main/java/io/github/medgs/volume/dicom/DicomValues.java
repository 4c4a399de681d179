package io.github.medgs.volume.dicom;

import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.Storage;
import io.github.medgs.volume.StoredVoxels;
import io.github.medgs.volume.Words;
import io.github.medgs.volume.dicom.DicomSlice.Scale;
import io.github.medgs.volume.raw.VoxelCollector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;

/** Stored values to intensities and their bits, slice by slice, and what is to be said of their scales. */
final class DicomValues {

    private DicomValues() {}

    /** Takes one row of a slice. */
    private interface Row {
        void take(DicomSlice slice, double[] values, int from, int at);
    }

    /**
     * Fills a volume, slice by slice. Stored bits are kept where all slices are stored and scaled alike; a PET scanner
     * scales each for itself.
     *
     * @param name the series as the user wrote it, for messages
     * @param intensities output, rows * columns values for each slice
     * @param notes receives what floats do not hold
     */
    static StoredVoxels read(String name, List<DicomSlice> slices, float[] intensities, List<String> notes) {
        Storage storage = storage(slices.getFirst());
        if (!slices.stream().allMatch(slice -> storage(slice).equals(storage))) {
            return readDifferent(slices, intensities, notes);
        }
        VoxelCollector voxels = new VoxelCollector(name, storage, intensities);
        int bytes = storage.type().bytes();
        int columns = slices.getFirst().columns();
        ByteBuffer row = ByteBuffer.allocate(columns * bytes).order(ByteOrder.LITTLE_ENDIAN);
        read(slices, (slice, values, from, at) -> {
            row.clear();
            for (int column = 0; column < columns; column++) {
                put(storage.type(), values[from + column], row);
            }
            voxels.take(row, 0, bytes, columns, at);
        });
        String loss = storage.type().lossNote(intensities);
        if (loss != null) {
            notes.add(loss);
        }
        return voxels.all();
    }

    private static StoredVoxels readDifferent(List<DicomSlice> slices, float[] intensities, List<String> notes) {
        boolean[] rounded = {false};
        read(slices, (slice, values, from, at) -> {
            for (int column = 0; column < slice.columns(); column++) {
                double value = values[from + column];
                rounded[0] |= value != (float) value && !Double.isNaN(value);
                intensities[at + column] = (float) (slice.scale().slope() * value + slice.scale().intercept());
            }
        });
        if (rounded[0]) {
            notes.add("its slices are stored or scaled in different ways and hold values that floats do not: these were"
                    + " rounded to 24 bits");
        }
        Scale scale = slices.getFirst().scale();
        boolean alike = slices.stream().allMatch(slice -> slice.scale().slope() == scale.slope()
                && slice.scale().intercept() == scale.intercept());
        return alike ? StoredVoxels.exactly(intensities, storage(slices.getFirst())) : StoredVoxels.computed(intensities);
    }

    private static void read(List<DicomSlice> slices, Row target) {
        FrameReader reader = new FrameReader();
        // In the order of files and frames: the tiles of a mosaic come from one picture.
        List<Integer> order = new ArrayList<>();
        for (int k = 0; k < slices.size(); k++) {
            order.add(k);
        }
        order.sort((a, b) -> {
            int files = slices.get(a).image().path().compareTo(slices.get(b).image().path());
            return files != 0 ? files : Integer.compare(slices.get(a).frame(), slices.get(b).frame());
        });
        for (int k : order) {
            DicomSlice slice = slices.get(k);
            double[] values = reader.read(slice.image(), slice.frame());
            for (int row = 0; row < slice.rows(); row++) {
                target.take(slice, values, (slice.top() + row) * slice.image().columns() + slice.left(),
                        (k * slice.rows() + row) * slice.columns());
            }
        }
    }

    private static Storage storage(DicomSlice slice) {
        DicomImage image = slice.image();
        ScalarType type = image.floats() ? image.bitsAllocated() > 32 ? ScalarType.FLOAT64 : ScalarType.FLOAT32
                : image.bitsStored() > 16 ? image.signed() ? ScalarType.INT32 : ScalarType.UINT32
                : image.bitsStored() > 8 ? image.signed() ? ScalarType.INT16 : ScalarType.UINT16
                : image.signed() ? ScalarType.INT8 : ScalarType.UINT8;
        return new Storage(type, slice.scale().slope(), slice.scale().intercept());
    }

    // A value that the type has.
    private static void put(ScalarType type, double value, ByteBuffer target) {
        switch (type) {
            case FLOAT64 -> target.putDouble(value);
            case FLOAT32 -> target.putFloat((float) value);
            case INT32, UINT32 -> target.putInt((int) (long) value);
            case INT16, UINT16 -> target.putShort((short) value);
            default -> target.put((byte) value);
        }
    }

    /** What a careful reader says of the values. */
    static void say(List<DicomSlice> slices, List<String> notes) {
        DicomSlice first = slices.getFirst();
        if ("MONOCHROME1".equals(first.image().photometric())) {
            notes.add("the series is meant to be shown inverted (MONOCHROME1); its values were left as they are");
        }
        switch (first.spacingFrom()) {
            case IMAGER -> notes.add("the pixel spacing is the detector's (ImagerPixelSpacing): what lies nearer to the"
                    + " source is smaller than it says");
            case NOMINAL -> notes.add("the pixel spacing is the scanned film's (NominalScannedPixelSpacing)");
            case NONE -> notes.add("the files give no pixel spacing; 1 mm was taken");
            case PIXEL_SPACING, ULTRASOUND -> {
                // As it should be.
            }
        }
        sayStates(slices, notes);
        sayDifferences("slopes", slices.stream().filter(DicomValues::isGiven).mapToDouble(slice -> slice.scale().slope()),
                notes);
        sayDifferences("intercepts", slices.stream().filter(DicomValues::isGiven)
                .mapToDouble(slice -> slice.scale().intercept()), notes);
    }

    private static boolean isGiven(DicomSlice slice) {
        return slice.scale().state() == Scale.State.GIVEN;
    }

    private static void sayDifferences(String what, DoubleStream numbers, List<String> notes) {
        DoubleSummaryStatistics range = numbers.summaryStatistics();
        if (range.getMin() < range.getMax()) {
            notes.add("slices have different rescale " + what + ", " + Words.number(range.getMin()) + " to "
                    + Words.number(range.getMax()) + "; each was scaled by its own");
        }
    }

    private static void sayStates(List<DicomSlice> slices, List<String> notes) {
        for (Scale.State state : Scale.State.values()) {
            List<DicomSlice> those = slices.stream().filter(slice -> slice.scale().state() == state).toList();
            boolean some = those.size() < slices.size();
            String which = some ? Words.count(those.size(), "slice", "slices") + " of " + slices.size() + " ("
                    + those.stream().findFirst().map(DicomSlice::file).orElse("")
                    + (those.size() > 1 ? ", ...)" : ")") : "its slices";
            String problem = switch (state) {
                case GIVEN -> null;
                case ABSENT -> some ? "give no rescale, as the others do: values were left as stored, and may be off" : null;
                case UNREADABLE -> "give a rescale that is no number: values were left as stored, and may be off";
                case ZERO_SLOPE -> "give a rescale slope of 0, which would make all values one; 1 was taken";
                case LOOKUP_TABLE -> "come with a modality lookup table, which is not applied: values are as stored";
            };
            if (!those.isEmpty() && problem != null) {
                notes.add((some && those.size() == 1 ? which + " " + problem.replaceFirst("give ", "gives ")
                        .replaceFirst("come ", "comes ") : which + " " + problem));
            }
        }
    }

    /** Files without repetition. */
    static long files(List<List<DicomSlice>> places) {
        return places.stream().flatMap(List::stream).map(slice -> slice.image().path()).distinct().count();
    }

    static String words(DicomImage image) {
        return image.floats() ? image.bitsAllocated() + "-bit floats" : image.bitsStored() + "-bit "
                + (image.signed() ? "signed" : "unsigned") + " integers";
    }
}
