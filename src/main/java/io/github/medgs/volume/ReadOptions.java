package io.github.medgs.volume;

import io.github.medgs.InputException;

/**
 * What a file does not say about itself.
 *
 * @param frame which volume of a file that holds several, from 0
 * @param spacingMm voxel spacing (i, j, k) for files that have none, or null; it does not override a file that has one
 */
public record ReadOptions(int frame, double[] spacingMm) {

    /** The first frame; the file's own spacing. */
    public static final ReadOptions DEFAULT = new ReadOptions(0, null);

    public ReadOptions {
        if (spacingMm != null) {
            spacingMm = spacingMm.clone();
            if (spacingMm.length != 3) {
                throw new InputException("spacing", "has " + spacingMm.length + " numbers",
                        "give three, in millimetres, along i, j and k");
            }
            for (double spacing : spacingMm) {
                if (!(spacing > 0) || !Double.isFinite(spacing)) {
                    throw new InputException("spacing", "holds " + spacing, "give three positive numbers");
                }
            }
        }
    }

    /** @throws InputException when a file has no such frame */
    public int frameOf(String file, long frames) {
        if (frame < 0 || frame >= frames) {
            throw new InputException(file, "has no frame " + frame + ": it holds " + frames,
                    frames == 1 ? "leave the frame out" : "choose one from 0 to " + (frames - 1));
        }
        return frame;
    }
}
