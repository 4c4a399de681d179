package io.github.medgs.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.medgs.InputException;
import io.github.medgs.files.BlockFile;
import io.github.medgs.volume.AcquiredSlices;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.SliceGeometry;
import io.github.medgs.volume.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The model file: a {@link BlockFile} of magic {@value #MAGIC}.
 *
 * <p>Version 1 has two blocks. {@code model} is JSON: form, number of Gaussians, geometry, window, heads. {@code
 * parameters} holds float32, row by row ({@link io.github.medgs.kernel.Layout}), one value per Gaussian in each row. It
 * holds no time of day, so the same training gives the same bytes.
 *
 * <p>Version 2 also holds the slices that the model was learnt from, as their file stores them: {@code acquired} is JSON
 * with type, slope, intercept, pixels of a slice and which were edited, {@code acquired.slices} their bits, compressed (zlib). With them
 * comes what lies outside the window, which the Gaussians do not hold. A model without them is written as version 1.
 *
 * <p>Version 3 is made of parts, a block or two for each; one that this program does not know is refused by its name. Its
 * Gaussians may be compact, see {@link CompactModel}, and it may know labels, see {@link LabelBlocks}.
 * Where the slices were not kept, {@code edited} lists those that an edit changed since (JSON): given back as they were
 * scanned, they would not fit what the model draws beside them.
 */
public final class ModelFile {

    public static final String MAGIC = "MEDGSMDL";
    /** The newest. */
    public static final int VERSION = 3;

    /** The first whose Gaussians may be compact, and that may know labels. */
    static final int WITH_PARTS = 3;
    private static final int WITHOUT_SLICES = 1;
    private static final int WITH_SLICES = 2;
    private static final String HEAD = "model";
    private static final String PARAMETERS = "parameters";
    private static final String ACQUIRED = "acquired";
    private static final String SLICES = "acquired.slices";
    private static final String EDITED = "edited";
    private static final Set<String> KNOWN = Set.of(HEAD, PARAMETERS, ACQUIRED, SLICES,
            EDITED, CompactModel.HEAD, CompactModel.PARTS, CompactModel.CODED, LabelBlocks.TABLE, LabelBlocks.SLICES, LabelBlocks.HEADS);

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private ModelFile() {}

    /** What the JSON block holds. */
    record Head(ModelForm form, int count, SliceGeometry geometry, IntensityWindow window, boolean image,
            boolean mask) {}

    /** What the block of the acquired slices' storage holds; {@code edited} are slices that somebody changed since. */
    record Stored(ScalarType type, double slope, double intercept, int pixels, int[] edited) {}

    /** Writes the model whole or not at all. */
    public static void write(TrainedModel model, Path file) throws IOException {
        Map<String, BlockFile.Data> blocks = new LinkedHashMap<>();
        addBlocks(model, blocks);
        if (model.acquired() != null) {
            addAcquired(model.acquired(), blocks);
        }
        addEdited(model, blocks);
        int version = model.labelled() || model.edited() != null ? WITH_PARTS : model.acquired() == null ? WITHOUT_SLICES : WITH_SLICES;
        BlockFile.write(file, MAGIC, version, blocks);
    }

    /** Adds the model's two blocks and those of its labels, for files that hold more than a model. */
    public static void addBlocks(TrainedModel model, Map<String, BlockFile.Data> blocks) {
        addHead(model, blocks);
        FoldedGaussians gaussians = model.gaussians();
        blocks.put(PARAMETERS, BlockFile.floats(gaussians.parameters().values(), gaussians.form().rows(),
                gaussians.capacity(), gaussians.count()));
        if (model.labelled()) {
            LabelBlocks.add(model.labels(), model.heads().standing(), blocks);
            LabelBlocks.addHeads(model, blocks);
        }
    }

    static void addHead(TrainedModel model, Map<String, BlockFile.Data> blocks) {
        FoldedGaussians gaussians = model.gaussians();
        blocks.put(HEAD, json(new Head(gaussians.form(), gaussians.count(), model.geometry(), model.window(),
                model.image(), model.mask())));
    }

    private static void addAcquired(AcquiredSlices acquired, Map<String, BlockFile.Data> blocks) {
        Storage storage = acquired.storage();
        blocks.put(ACQUIRED, json(new Stored(storage.type(), storage.slope(), storage.intercept(),
                acquired.pixels(), marked(acquired.edited()))));
        blocks.put(SLICES, BlockFile.compressed(acquired.bits()));
    }

    static void addEdited(TrainedModel model, Map<String, BlockFile.Data> blocks) {
        if (model.edited() != null) {
            blocks.put(EDITED, json(marked(model.edited())));
        }
    }

    private static int[] marked(boolean[] slices) {
        return IntStream.range(0, slices.length).filter(slice -> slices[slice]).toArray();
    }

    private static boolean[] marks(int[] slices, TrainedModel model) {
        boolean[] marks = new boolean[model.geometry().positions().length];
        for (int slice : slices) {
            marks[slice] = true;
        }
        return marks;
    }

    /** Whether a file begins as a model does. */
    public static boolean recognises(Path file) throws IOException {
        byte[] magic = MAGIC.getBytes(StandardCharsets.US_ASCII);
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(magic.length), magic);
        }
    }

    /** Reads a model; its capacity is its count. */
    public static TrainedModel read(Path file) throws IOException {
        return read(file, null);
    }

    /**
     * Reads a model to draw it at some places alone: of a compact one only the Gaussians that are seen there, or between
     * two of them, since decoding the others takes longer than drawing these.
     *
     * @param places from where the slices lie to the places, in millimetres from the first slice, increasing
     */
    public static TrainedModel readAt(Path file, Function<SliceGeometry, double[]> places) throws IOException {
        return read(file, places);
    }

    private static TrainedModel read(Path file, Function<SliceGeometry, double[]> places) throws IOException {
        BlockFile.Blocks blocks = BlockFile.read(file, MAGIC, VERSION);
        for (String name : blocks.names()) {
            if (!KNOWN.contains(name)) {
                throw new InputException(file.toString(), "holds a part that this program does not know: " + name,
                        "use a newer program");
            }
        }
        TrainedModel model = fromBlocks(blocks, file, places, 0);
        return blocks.has(ACQUIRED) ? model.with(acquired(blocks, file, model))
                : blocks.has(EDITED) ? model.withEdited(edited(blocks, file, model)) : model;
    }

    private static boolean[] edited(BlockFile.Blocks blocks, Path file, TrainedModel model) {
        try {
            return marks(parse(blocks.text(EDITED), int[].class, file), model);
        } catch (IndexOutOfBoundsException | NullPointerException e) {
            throw new InputException(file.toString(), "has a damaged description of its slices",
                    "use another copy of it", e);
        }
    }

    private static AcquiredSlices acquired(BlockFile.Blocks blocks, Path file, TrainedModel model) {
        Stored stored = parse(blocks.text(ACQUIRED), Stored.class, file);
        int pixels = model.geometry().height() * model.geometry().width();
        long bytes = (long) model.geometry().positions().length * pixels * stored.type().bytes();
        if (stored.pixels() != pixels || bytes > Integer.MAX_VALUE - 8) {
            throw new InputException(file.toString(), "contradicts itself about its slices", "use another copy of it");
        }
        try {
            return new AcquiredSlices(new Storage(stored.type(), stored.slope(), stored.intercept()), pixels,
                    blocks.inflated(SLICES, (int) bytes), marks(stored.edited(), model));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | NullPointerException e) {
            throw new InputException(file.toString(), "has a damaged description of its slices",
                    "use another copy of it", e);
        }
    }

    static BlockFile.Data json(Object value) {
        try {
            return BlockFile.text(MAPPER.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws InputException when the text is not of that type, or is {@code null} */
    static <T> T parse(String json, Class<T> type, Path file) {
        try {
            return Objects.requireNonNull(MAPPER.readValue(json, type));
        } catch (JsonProcessingException | NullPointerException e) {
            throw new InputException(file.toString(), "has a damaged description of its model",
                    "use another copy of it", e);
        }
    }

    /** @throws InputException when one of a model's values is none: it would be drawn as black */
    static void requireFinite(float[] values, Path file) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new InputException(file.toString(), "has Gaussians whose values are not finite",
                        "use another copy of it, or train it again");
            }
        }
    }

    private static float[] times(Head head, double[] places) {
        TimeScale scale = new TimeScale(head.form().timeAxis(), head.geometry().positions());
        return new float[] {scale.ofPosition(places[0]), scale.ofPosition(places[places.length - 1])};
    }

    /**
     * The model in a file's blocks.
     *
     * @param capacity room for Gaussians, at least; the model's own count is always taken
     */
    public static TrainedModel fromBlocks(BlockFile.Blocks blocks, Path file, int capacity) {
        return fromBlocks(blocks, file, null, capacity);
    }

    private static TrainedModel fromBlocks(BlockFile.Blocks blocks, Path file, Function<SliceGeometry, double[]> places,
            int capacity) {
        Head head = parse(blocks.text(HEAD), Head.class, file);
        int rows = head.form().rows();
        // The count is checked against the block before the table is allocated.
        boolean compact = blocks.has(CompactModel.CODED);
        if (head.count() < 0 || compact && blocks.version() < WITH_PARTS || !compact && blocks.length(PARAMETERS) != 4L * rows * head.count()
                || head.form().width() != head.geometry().width()
                || head.form().height() != head.geometry().height()) {
            throw new InputException(file.toString(), "contradicts itself about its size", "use another copy of it");
        }
        FoldedGaussians gaussians;
        if (compact) {
            gaussians = CompactModel.read(blocks, file, head.form(), head.geometry().positions().length, head.count(),
                    places == null ? null : times(head, places.apply(head.geometry())), capacity);
        } else {
            gaussians = new FoldedGaussians(head.form(), Math.max(1, Math.max(capacity, head.count())));
            blocks.floats(PARAMETERS, gaussians.parameters().values(), rows, gaussians.capacity(), head.count());
            gaussians.setCount(head.count());
        }
        requireFinite(gaussians.parameters().values(), file);
        return LabelBlocks.addTo(
                new TrainedModel(gaussians, head.geometry(), head.window(), head.image(), head.mask()), compact, blocks, file);
    }
}
