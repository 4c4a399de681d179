package io.github.medgs.volume;

import io.github.medgs.InputException;

/**
 * What a file does not say about itself.
 *
 * @param frame which volume of a file that holds several, from 0; {@link #ANY_FRAME} where it was not said
 * @param spacingMm voxel spacing (i, j, k) for files that have none, or null; it does not override a file that has one
 * @param series which series of a DICOM folder: its number as {@code info} lists it, or its SeriesInstanceUID; null
 *     where there is one
 * @param onto the grid of the image that a mask is read for, or null: outlines, and segments that name an image, are
 *     drawn on it
 */
public record ReadOptions(int frame, double[] spacingMm, String series, Grid onto) {

    /** No frame was asked for: the first, or the one that holds a file which was named. */
    public static final int ANY_FRAME = -1;

    /** The first frame; the file's own spacing. */
    public static final ReadOptions DEFAULT = new ReadOptions(ANY_FRAME, null);

    /** Without a series or an image. */
    public ReadOptions(int frame, double[] spacingMm) {
        this(frame, spacingMm, null, null);
    }

    /** The same for another frame. */
    public ReadOptions withFrame(int other) {
        return new ReadOptions(other, spacingMm, series, onto);
    }

    /** The same for a mask of an image on this grid. */
    public ReadOptions onto(Grid image) {
        return new ReadOptions(frame, spacingMm, null, image);
    }

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
        if (frame == ANY_FRAME) {
            return 0;
        }
        if (frame < 0 || frame >= frames) {
            throw new InputException(file, "has no frame " + frame + ": it holds " + frames,
                    frames == 1 ? "leave the frame out" : "choose one from 0 to " + (frames - 1));
        }
        return frame;
    }
}
