package io.github.medgs.trust;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.medgs.model.Compositing;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.HeadOpacity;
import io.github.medgs.model.ModelFile;
import io.github.medgs.model.ModelForm;
import io.github.medgs.model.TemporalWindow;
import io.github.medgs.model.TimeAxis;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.volume.AcquiredSlices;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceGeometry;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.Storage;
import io.github.medgs.volume.StoredVoxels;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Random;
import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Acquired slices come back to the bit, through a model file and a volume file, whatever their type and scaling. */
class AcquiredSlicesTest {

    private static final int FACTOR = 3;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void everyTypeScalingAndAxis(ScalarType type) throws IOException {
        for (Storage storage : new Storage[] {Storage.plain(type), new Storage(type, 0.1f, -3), new Storage(type, -2, 0.5)}) {
            for (SliceAxis axis : new SliceAxis[] {SliceAxis.I, SliceAxis.J, SliceAxis.K}) {
                Volume image = random(storage);
                AcquiredSlices acquired = throughAModelFile(image, axis);
                assertReturned(image, acquired, axis, storage + " along " + axis);
            }
        }
    }

    /** Any bits: floats hold few of the wider integers, and no double. */
    private static Volume random(Storage storage) {
        Grid grid = new Grid(4, 5, 6, new Matrix4d().scale(1, 2, 3));
        byte[] bits = new byte[(int) grid.count() * storage.type().bytes()];
        new Random(storage.hashCode()).nextBytes(bits);
        float[] intensities = new float[(int) grid.count()];
        storage.decode(ByteBuffer.wrap(bits).order(ByteOrder.LITTLE_ENDIAN), 0, intensities.length, intensities, 0);
        return new Volume(grid, new StoredVoxels(intensities, storage, bits));
    }

    private AcquiredSlices throughAModelFile(Volume image, SliceAxis axis) throws IOException {
        SliceGeometry geometry = SliceStack.of(image, axis, new IntensityWindow(0, 1)).geometry();
        ModelForm form = new ModelForm(geometry.width(), geometry.height(), 1, 0, Compositing.NORMALISED,
                TemporalWindow.HAT, HeadOpacity.SHARED, TimeAxis.SLICES);
        TrainedModel model = new TrainedModel(new FoldedGaussians(form, 1), geometry, new IntensityWindow(0, 1), true,
                false).with(AcquiredSlices.of(image, axis));
        Path file = folder.resolve("model.medgs");
        ModelFile.write(model, file);
        return ModelFile.read(file).acquired();
    }

    private void assertReturned(Volume image, AcquiredSlices acquired, SliceAxis axis, String what) throws IOException {
        int slices = image.size(axis.index());
        int[] sources = new int[(slices - 1) * FACTOR + 1];
        for (int n = 0; n < sources.length; n++) {
            sources[n] = n % FACTOR == 0 ? n / FACTOR : -1;
        }
        int[] sizes = {image.nx(), image.ny(), image.nz()};
        sizes[axis.index()] = sources.length;
        Grid finer = new Grid(sizes[0], sizes[1], sizes[2], image.indexToPatient());
        Volume restored = acquired.restoredInto(new Volume(finer, new float[(int) finer.count()]), axis, sources);
        Path file = folder.resolve("restored.nii");
        VolumeFiles.write(restored, file);
        StoredVoxels written = VolumeFiles.read(file).stored();
        assertEquals(image.stored().storage(), written.storage(), what);
        for (int k = 0; k < image.nz(); k++) {
            for (int j = 0; j < image.ny(); j++) {
                for (int i = 0; i < image.nx(); i++) {
                    int there = finer.nx() * (finer.ny() * (axis == SliceAxis.K ? FACTOR * k : k)
                            + (axis == SliceAxis.J ? FACTOR * j : j)) + (axis == SliceAxis.I ? FACTOR * i : i);
                    assertArrayEquals(bits(image.stored(), image.index(i, j, k)), bits(written, there), what);
                }
            }
        }
    }

    private static byte[] bits(StoredVoxels voxels, int at) {
        ByteBuffer one = ByteBuffer.allocate(voxels.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        voxels.write(at, 1, one);
        return one.array();
    }

    @Test
    void whatIsDrawnBecomesTheNearestNumberOfTheType() {
        Volume image = new Volume(new Grid(1, 1, 2, new Matrix4d()),
                new StoredVoxels(new float[] {-1000, 3000}, new Storage(ScalarType.INT16, 0.5, 0), null));
        Volume drawn = new Volume(1, 1, 3, new float[] {1, 10.2f, 1}, new Matrix4d());
        Volume restored = AcquiredSlices.of(image, SliceAxis.K).restoredInto(drawn, SliceAxis.K, new int[] {0, -1, 1});
        assertArrayEquals(new float[] {-1000, 10, 3000}, restored.voxels());
    }
}
