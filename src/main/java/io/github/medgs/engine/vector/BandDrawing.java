package io.github.medgs.engine.vector;

import static io.github.medgs.kernel.Layout.*;

import io.github.medgs.kernel.Folding;
import java.util.Arrays;

/**
 * Draws a band of rows of a view, and takes its gradient, entry by entry in array order. One instance is one thread's
 * scratch memory.
 */
final class BandDrawing {

    /** Entries between two looks for finished pixels. */
    private static final int LOOK_EVERY = 4096;

    private final Footprint footprint = new Footprint();

    /** Whether enough pixels of the band under way are finished that looking for them saves time. */
    private boolean someFinished;

    /** Draws the wanted heads and finishes the pixels. */
    void draw(ViewBuffers view, int band) {
        int first = view.firstRow(band);
        int last = view.lastRow(band);
        footprint.use(view.stripRows);
        float nothing = view.alpha ? 1f : 0f;
        if (view.drawsImage) {
            view.image.start(first, last, nothing);
        }
        if (view.drawsMask) {
            view.mask.start(first, last, nothing);
        }
        for (int e = view.bandStart[band]; e < view.bandStart[band + 1]; e++) {
            if (footprint.take(view, e, first, last)) {
                drawSplat(view, e * ViewBuffers.SLOT);
            }
            watchFinished(view, e - view.bandStart[band], first, last);
        }
        if (view.drawsImage) {
            finish(view.image, view.alpha, first, last);
        }
        if (view.drawsMask) {
            finish(view.mask, view.alpha, first, last);
        }
    }

    private static void finish(Planes planes, boolean alpha, int first, int last) {
        if (alpha) {
            planes.toRows(planes.colour, first, last, planes.finished);
        } else {
            NormalisedColumn.finish(planes, first, last);
        }
    }

    /** @param s where the entry begins */
    private void drawSplat(ViewBuffers view, int s) {
        while (footprint.nextColumn()) {
            boolean image = view.drawsImage && isSeen(view, view.image, view.entries[s + SPLAT_IMAGE_OPACITY]);
            boolean mask = view.drawsMask && isSeen(view, view.mask, view.entries[s + SPLAT_MASK_OPACITY]);
            if (image || mask) {
                footprint.computeGaussians();
            }
            if (image) {
                drawHead(view, view.image, s + SPLAT_IMAGE_OPACITY);
            }
            if (mask) {
                drawHead(view, view.mask, s + SPLAT_MASK_OPACITY);
            }
        }
    }

    /**
     * Whether a head changes with this splat on the column under way, and says anything of it: not when the splat is too
     * faint there, nor when all its pixels are finished, as most are behind the first few layers of a long training.
     */
    private boolean isSeen(ViewBuffers view, Planes planes, float opacity) {
        if (!view.alpha) {
            return opacity != 0f;
        }
        if (!someFinished || opacity < Folding.ALPHA_CUT) {
            return opacity >= Folding.ALPHA_CUT;
        }
        return AlphaColumn.anyLeft(planes.through, planes.strip(footprint.firstRow, footprint.column()),
                planes.stripStride(), footprint.strips, footprint.lanesInside());
    }

    /** From time to time looks whether enough pixels of the band are finished to ask for them splat by splat. */
    private void watchFinished(ViewBuffers view, int entriesDone, int first, int last) {
        if (!view.alpha || entriesDone % LOOK_EVERY != 0) {
            return;
        }
        if (entriesDone == 0) {
            someFinished = false;
            return;
        }
        Planes planes = view.drawsImage ? view.image : view.mask;
        int finished = 0;
        int end = planes.stripEnd(last);
        for (int p = planes.row(first); p < end; p++) {
            finished += planes.through[p] == 0f ? 1 : 0;
        }
        someFinished = finished * 8 > (last - first + 1) * view.width;
    }

    /** @param head index of the head's opacity in the splats; its intensity is the next */
    private void drawHead(ViewBuffers view, Planes planes, int head) {
        int p = planes.strip(footprint.firstRow, footprint.column());
        float opacity = view.entries[head];
        float intensity = view.entries[head + 1];
        if (view.alpha) {
            AlphaColumn.draw(footprint.gaussians, footprint.strips, opacity, intensity, planes.through, planes.colour,
                    p, planes.stripStride());
        } else {
            NormalisedColumn.draw(footprint.gaussians, footprint.strips, opacity, intensity, planes.through,
                    planes.colour, p, planes.stripStride());
        }
    }

    /** Writes the gradient records of a band, once the gradient of its pixels stands. */
    void gradient(ViewBuffers view, int band) {
        int first = view.firstRow(band);
        int last = view.lastRow(band);
        footprint.use(view.stripRows);
        if (view.drawsImage) {
            startGradient(view.image, view.alpha, first, last);
        }
        if (view.drawsMask) {
            startGradient(view.mask, view.alpha, first, last);
        }
        for (int e = view.bandStart[band]; e < view.bandStart[band + 1]; e++) {
            int record = e * ViewBuffers.RECORD;
            if (footprint.take(view, e, first, last) && splatGradient(view, e * ViewBuffers.SLOT)) {
                footprint.writeRecord(view.records, record);
            } else {
                Arrays.fill(view.records, record, record + ViewBuffers.RECORD, 0f);
            }
            watchFinished(view, e - view.bandStart[band], first, last);
        }
    }

    private static void startGradient(Planes planes, boolean alpha, int first, int last) {
        if (alpha) {
            planes.toStrips(planes.gradient, first, last, planes.slope);
            Arrays.fill(planes.through, planes.row(first), planes.stripEnd(last), 1f);
        } else {
            NormalisedColumn.startGradient(planes, first, last);
        }
    }

    /** Gathers what the pixels of the band say of an entry; whether they say anything. */
    private boolean splatGradient(ViewBuffers view, int s) {
        boolean said = false;
        while (footprint.nextColumn()) {
            boolean image = view.drawsImage && isSeen(view, view.image, view.entries[s + SPLAT_IMAGE_OPACITY]);
            boolean mask = view.drawsMask && isSeen(view, view.mask, view.entries[s + SPLAT_MASK_OPACITY]);
            if (!image && !mask) {
                continue;
            }
            if (!said) {
                footprint.startGathering();
                said = true;
            }
            footprint.startColumn();
            footprint.computeGaussians();
            if (image) {
                headGradient(view, view.image, s, SPLAT_IMAGE_OPACITY, Footprint.IMAGE);
            }
            if (mask) {
                headGradient(view, view.mask, s, SPLAT_MASK_OPACITY, Footprint.MASK);
            }
            footprint.finishColumn();
        }
        return said;
    }

    private void headGradient(ViewBuffers view, Planes planes, int s, int opacityField, int head) {
        int p = planes.strip(footprint.firstRow, footprint.column());
        float opacity = view.entries[s + opacityField];
        float intensity = view.entries[s + opacityField + 1];
        float meanV = view.entries[s + MEAN_V];
        if (view.alpha) {
            AlphaColumn.gradient(footprint.gaussians, footprint.strips, opacity, intensity, planes.through,
                    planes.colour, planes.slope, p, planes.stripStride(), meanV, footprint.firstRow,
                    footprint.laneRows(), view.stripRows, footprint.gathered, head);
        } else {
            NormalisedColumn.gradient(footprint.gaussians, footprint.strips, opacity, intensity, planes.through,
                    planes.colour, p, planes.stripStride(), meanV, footprint.firstRow, footprint.laneRows(),
                    view.stripRows, footprint.gathered, head);
        }
    }
}
