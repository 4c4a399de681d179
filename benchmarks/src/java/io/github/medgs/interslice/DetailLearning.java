package io.github.medgs.interslice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.parallel.Workers;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Learns the weights that come with the program, {@code details.bin}, from images: arguments are the folder of the
 * volumes, the list of them, and the file to write.
 *
 * <p>The middle of every volume is cut along its three axes, with every second, fourth or sixth slice kept; of those
 * that the list marks as noisy, copies with noise and with speckle are cut too, along one axis each.
 */
public final class DetailLearning {

    /** Voxels each way that are taken of a volume at most, and fewest of a slice. */
    private static final int MOST_SIDE = 136;
    private static final int LEAST_SIDE = 24;

    private static final int[] STRIDES = {2, 4, 6};

    /** Pictures of a stack and stride, and of one whose slices are small. */
    private static final int PICTURES = 18;
    private static final int SMALL_PICTURES = 40;
    private static final int SMALL = 6000;

    private static final double NOISE = 0.05;
    private static final double SPECKLE = 0.25;

    private static final int STEPS = 12_000;
    private static final long SEED = 21;

    private DetailLearning() {}

    private record Named(String name, DetailStack stack) {}

    public static void main(String[] arguments) throws IOException {
        Path volumes = Path.of(arguments[0]);
        List<Named> stacks = new ArrayList<>();
        for (JsonNode entry : new ObjectMapper().readTree(Path.of(arguments[1]).toFile())) {
            String file = entry.get("image").asText();
            Volume volume = VolumeFiles.read(volumes.resolve(file));
            add(file, DetailStack.of(volume, MOST_SIDE), entry.path("axes").asText("ijk"), stacks);
            if (entry.has("noisy")) {
                Random random = new Random(SEED);
                add(file + " with noise", DetailStack.of(volume, MOST_SIDE).noisy(NOISE, 0, random),
                        entry.get("noisy").asText().substring(0, 1), stacks);
                add(file + " with speckle", DetailStack.of(volume, MOST_SIDE).noisy(0, SPECKLE, random),
                        entry.get("noisy").asText().substring(1), stacks);
            }
        }
        Workers workers = new Workers(Runtime.getRuntime().availableProcessors());
        DetailExamples[] gathered = new DetailExamples[stacks.size()];
        workers.forEach(stacks.size(), (n, worker) -> gathered[n] = examples(stacks.get(n), SEED + n));
        DetailExamples examples = new DetailExamples();
        List.of(gathered).forEach(examples::add);
        System.out.printf("%d stacks, %d of them cut%n", stacks.size(), examples.cuts().size());
        NetworkWeights learnt = new DetailLearner(examples, workers, SEED).learn(STEPS);
        AtomicFile.write(Path.of(arguments[2]), out -> learnt.write(out, DetailNetwork.FORMAT));
    }

    private static void add(String name, DetailStack stack, String axes, List<Named> stacks) {
        for (char axis : axes.toCharArray()) {
            DetailStack across = stack.across(axis - 'i');
            if (Math.min(across.height(), across.width()) >= LEAST_SIDE) {
                stacks.add(new Named(name + " along " + axis, across));
            }
        }
    }

    private static DetailExamples examples(Named named, long seed) {
        DetailExamples examples = new DetailExamples();
        DetailStack stack = named.stack();
        for (int stride : STRIDES) {
            examples.cut(named.name(), stack, stride,
                    stack.height() * stack.width() > SMALL ? PICTURES : SMALL_PICTURES, seed);
        }
        System.out.println(named.name());
        return examples;
    }
}
