package io.github.medgs.view;

import io.github.medgs.engine.reference.ReferenceEngine;
import io.github.medgs.reconstruction.Reconstruction;
import io.github.medgs.reconstruction.RunListener;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import org.joml.Matrix4d;

/** A small volume with a ball in it, learnt in a second or two. */
final class SmallRun {

    static final int NX = 24;
    static final int NY = 20;
    static final int NZ = 6;

    final Path image;
    final Path mask;
    final Path out;

    /** Writes the volume and its mask; nothing is learnt yet. */
    SmallRun(Path folder) throws IOException {
        this(folder, 3);
    }

    /** The left half of the ball has the label 3, the right half the one that is given. */
    SmallRun(Path folder, int other) throws IOException {
        image = folder.resolve("ball.nii");
        mask = folder.resolve("ball-mask.nii");
        out = folder.resolve("out");
        float[] voxels = new float[NX * NY * NZ];
        float[] inside = new float[voxels.length];
        for (int k = 0, n = 0; k < NZ; k++) {
            for (int j = 0; j < NY; j++) {
                for (int i = 0; i < NX; i++, n++) {
                    double r = Math.hypot(Math.hypot(i - 12, j - 10), 2.5 * (k - 2.5));
                    inside[n] = r < 6 ? i < 12 ? 3 : other : 0;
                    voxels[n] = (float) (100 / (1 + Math.exp(r - 6)) + i);
                }
            }
        }
        Matrix4d affine = new Matrix4d().translate(-20, 31, 5).scale(-1.2, 1.2, 3);
        VolumeFiles.write(new Volume(NX, NY, NZ, voxels, affine), image);
        VolumeFiles.write(new Volume(NX, NY, NZ, inside, affine), mask);
    }

    Reconstruction reconstruction(RunListener listener, int iterations) {
        return Reconstruction.of(VolumeFiles.read(image)).mask(VolumeFiles.read(mask)).readFrom(image, mask)
                .preset("quick", "iterations=" + iterations, "reportInterval=10").engine("vector", null).threads(1)
                .listener(listener);
    }

    /** Learns it. */
    SmallRun learnt() throws IOException {
        reconstruction(RunListener.SILENT, 60).run(out);
        return this;
    }

    /** What the page of a path shows, drawn by the reference engine. */
    static Scene scene(Path path) throws IOException {
        return new SceneFiles(ReferenceEngine::new, 1, ReadOptions.DEFAULT, false).open(path, null, null);
    }

    static ViewServer serve(Scene scene) throws IOException {
        return ViewServer.start(scene, InetAddress.getLoopbackAddress(), 0, fault -> {
            throw new AssertionError(fault);
        });
    }
}
