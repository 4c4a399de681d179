package io.github.medgs.trust;

import io.github.medgs.interslice.KeptSlices;
import io.github.medgs.parallel.Workers;
import java.util.List;

/**
 * What can be seen of the space between slices at one distance of them, without any truth: means over the voxels where
 * there is something, slices counting alike.
 *
 * @param clue mean {@linkplain ErrorClues clue}
 * @param disagreement mean standard deviation of linear, cubic, spline and motion
 * @param slices how many slices hold something
 */
record GapMeans(double clue, double disagreement, int slices) {

    /** Half way between each two neighbours of a stack. */
    static GapMeans of(ErrorClues clues, int threads) {
        KeptSlices kept = clues.motion().slices();
        GapMeans[] found = new GapMeans[kept.count() - 1];
        new Workers(threads).forEach(found.length, (k, worker) -> {
            float[] clue = new float[kept.pixels()];
            float[] disagreement = clues.at(k, 0.5, new float[kept.pixels()], clue);
            found[k] = of(kept, k, clue, disagreement);
        });
        return mean(List.of(found));
    }

    /**
     * One slice.
     *
     * @param before the slice before it
     * @param clues of its voxels; {@code disagreement} likewise
     */
    static GapMeans of(KeptSlices kept, int before, float[] clues, float[] disagreement) {
        double clue = 0;
        double disagreed = 0;
        int counted = 0;
        for (int p = 0; p < kept.pixels(); p++) {
            if (Foreground.of(kept, before, p)) {
                clue += clues[p];
                disagreed += disagreement[p];
                counted++;
            }
        }
        return counted == 0 ? new GapMeans(0, 0, 0)
                : new GapMeans(clue / counted, disagreed / counted, 1);
    }

    /** The mean of slices, those with nothing in them left out. */
    static GapMeans mean(List<GapMeans> found) {
        double clue = 0;
        double disagreement = 0;
        int slices = 0;
        for (GapMeans one : found) {
            clue += one.clue * one.slices;
            disagreement += one.disagreement * one.slices;
            slices += one.slices;
        }
        int divisor = Math.max(1, slices);
        return new GapMeans(clue / divisor, disagreement / divisor, slices);
    }
}
