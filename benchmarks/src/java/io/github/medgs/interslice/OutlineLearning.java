package io.github.medgs.interslice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.parallel.Workers;
import io.github.medgs.volume.Labels;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Learns the weights that come with the program, {@code outlines.bin}, from label maps: arguments are the folder of the
 * volumes, the list of them, and the file to write.
 *
 * <p>Of every structure every second to every eighth slice is kept, along its own axes and turned any way, as it is and
 * up to three times finer; what {@link MixedPredictor} makes of the slices between is held against them.
 */
public final class OutlineLearning {

    /** Smaller structures say little. */
    private static final int LEAST_VOXELS = 150;

    /** Slices kept along a structure's own axes, and for each of the zooms of its turned copies. */
    private static final int[] STRIDES = {2, 3, 4, 6};
    private static final double[] ZOOMS = {1, 1, 1.2, 1.4, 1.8, 2.2, 2.6, 3};
    private static final int[][] TURNED = {{2, 3, 4}, {2, 3, 4, 5}, {2, 4}, {3, 4, 5, 6}, {4, 5, 6, 8}, {4, 6, 8},
        {4, 6, 8}, {6, 8}};

    /** So many of a turned copy's strides are taken; one of a large one. */
    private static final int CUTS = 2;
    private static final int LARGE = 6_000_000;

    /** Pixels near guessed outlines that are taken. */
    private static final double SHARE = 0.35;
    private static final double TURNED_SHARE = 0.2;

    /** Phantoms beside them, and how often each is cut. */
    private static final int PHANTOMS = 108;
    private static final int PHANTOM_CUTS = 4;
    private static final int MOST_STRIDE = 8;

    private static final double PASSES = 6;
    private static final long SEED = 20;

    private OutlineLearning() {}

    private record Structure(String name, Volume volume, Set<Long> labels, String axes) {}

    public static void main(String[] arguments) throws IOException {
        Path volumes = Path.of(arguments[0]);
        List<Structure> structures = new ArrayList<>();
        for (JsonNode entry : new ObjectMapper().readTree(Path.of(arguments[1]).toFile())) {
            String file = entry.get("labels").asText();
            Volume volume = VolumeFiles.read(volumes.resolve(file));
            Set<Long> labels = new TreeSet<>(Labels.present(volume, file));
            entry.path("without").forEach(label -> labels.remove(label.asLong()));
            String axes = entry.get("axes").asText();
            labels.forEach(label -> structures.add(new Structure(file + " " + label, volume, Set.of(label), axes)));
            if (entry.path("joined").asBoolean()) {
                structures.add(new Structure(file + " joined", volume, labels, axes));
            }
        }
        OutlineExamples.Builder all = new OutlineExamples.Builder();
        Workers workers = new Workers(Runtime.getRuntime().availableProcessors());
        OutlineExamples.Builder[] gathered = new OutlineExamples.Builder[structures.size()];
        workers.forEach(structures.size(), (n, worker) -> gathered[n] = examples(structures.get(n), SEED + n));
        OutlineExamples.Builder[] phantoms = new OutlineExamples.Builder[PHANTOMS];
        workers.forEach(PHANTOMS, (n, worker) -> phantoms[n] = examples(n, new Random(-SEED - n)));
        List.of(gathered, phantoms).forEach(builders -> List.of(builders).forEach(all::add));
        OutlineExamples examples = all.build();
        System.out.printf("%d structures, %d phantoms, %d pixels%n", structures.size(), PHANTOMS, examples.count());
        OutlineNetwork network = new OutlineLearner(examples, workers, SEED).learn(PASSES);
        AtomicFile.write(Path.of(arguments[2]), out -> network.weights().write(out, OutlineNetwork.FORMAT));
    }

    private static OutlineExamples.Builder examples(Structure structure, long seed) {
        OutlineExamples.Builder builder = new OutlineExamples.Builder();
        OutlineSolid solid = OutlineSolid.of(structure.volume(), structure.labels(), LEAST_VOXELS);
        if (solid == null) {
            return builder;
        }
        Random random = new Random(seed);
        for (char axis : structure.axes().toCharArray()) {
            for (int stride : STRIDES) {
                for (int first = 0; first < stride; first += Math.max(2, stride / 2)) {
                    builder.cut(solid.across(axis - 'i'), stride, first, SHARE, random.nextLong());
                }
            }
        }
        for (int copy = 0; copy < ZOOMS.length; copy++) {
            OutlineSolid turned = solid.turned(ZOOMS[copy], random);
            for (int cut = 0; turned != null && cut < (turned.inside().length > LARGE ? 1 : CUTS); cut++) {
                int stride = TURNED[copy][random.nextInt(TURNED[copy].length)];
                builder.cut(turned, stride, random.nextInt(stride), TURNED_SHARE, random.nextLong());
            }
        }
        System.out.println(structure.name());
        return builder;
    }

    private static OutlineExamples.Builder examples(int phantom, Random random) {
        OutlineExamples.Builder builder = new OutlineExamples.Builder();
        OutlineSolid solid = OutlinePhantom.of(phantom, random).cropped();
        for (int cut = 0; cut < PHANTOM_CUTS; cut++) {
            int stride = 2 + random.nextInt(MOST_STRIDE - 1);
            builder.cut(solid, stride, random.nextInt(stride), SHARE, random.nextLong());
        }
        return builder;
    }
}
