package io.github.medgs.engine.tornado.plan;

import static io.github.medgs.engine.tornado.kernels.StepLayout.*;

import io.github.medgs.engine.tornado.device.Device;
import io.github.medgs.model.ModelForm;

/**
 * What a plan has room for.
 *
 * @param capacity Gaussians
 * @param views of a step
 * @param entries pairs of a tile and a splat, over all views
 */
public record Shape(ModelForm form, int capacity, int views, int entries) {

    /** The counters are scanned in every step, so there are no more of them than this, unless tiles alone are more. */
    private static final int MOST_COUNTERS = 1 << 22;

    private static final int SMALLEST_CHUNK = 32;

    public int tilesX() {
        return Math.ceilDiv(form.width(), TILE);
    }

    public int tilesY() {
        return Math.ceilDiv(form.height(), TILE);
    }

    /** Tiles of all views. */
    public int tiles() {
        return views * tilesX() * tilesY();
    }

    public int pixels() {
        return form.width() * form.height();
    }

    /** Groups of {@code GROUP} pixels in a slice. */
    public int pixelGroups() {
        return Math.ceilDiv(pixels(), GROUP);
    }

    /** Chunks in which a view's Gaussians are binned: enough for many threads, few enough for the counters. */
    public int chunks() {
        int most = Math.max(1, MOST_COUNTERS / tiles());
        return Math.clamp(Math.ceilDiv(capacity, SMALLEST_CHUNK), 1, most);
    }

    public int counters() {
        return (tiles() + views) * chunks();
    }

    public int scanBlocks() {
        return Math.ceilDiv(counters(), SCAN_BLOCK);
    }

    /** Whether no buffer and no launch of the other is larger than this one's. */
    boolean hasRoomFor(Shape other) {
        return other.capacity <= capacity && other.views <= views && other.entries <= entries
                && (long) other.form.rows() * other.capacity <= (long) form.rows() * capacity
                && other.pixels() <= pixels() && other.pixelGroups() <= pixelGroups() && other.tiles() <= tiles()
                && other.chunks() <= chunks() && other.counters() <= counters();
    }

    /** @throws io.github.medgs.engine.tornado.device.DeviceException when a buffer is too large for the device */
    public void requireFits(Device device) {
        DeviceLimits.requireBuffer(device, "the splats of " + views + " views of " + capacity + " Gaussians",
                (long) views * capacity * io.github.medgs.kernel.Layout.SPLAT_STRIDE);
        DeviceLimits.requireBuffer(device, "the gradients of " + entries + " tile entries",
                (long) entries * io.github.medgs.kernel.Layout.GRADIENT_STRIDE);
        DeviceLimits.requireBuffer(device, "the similarity's moments of " + views + " slices",
                (long) HEADS * views * 5 * pixels());
    }

    /** The plan's integers; the count of living Gaussians is 0. */
    int[] newInts() {
        int[] ints = new int[INTS];
        ints[CAPACITY] = capacity;
        ints[VIEW_CAPACITY] = views;
        ints[TILES_X] = tilesX();
        ints[TILES_Y] = tilesY();
        ints[CHUNKS] = chunks();
        ints[CHUNK] = Math.ceilDiv(capacity, chunks());
        ints[ENTRY_CAPACITY] = entries;
        ints[COUNTERS] = counters();
        ints[SCAN_BLOCKS] = scanBlocks();
        ints[ROWS] = form.rows();
        ints[PIXEL_GROUPS] = pixelGroups();
        return ints;
    }

    float[] newFloats() {
        return new float[io.github.medgs.engine.tornado.kernels.StepLayout.rates(views) + MOST_ROWS];
    }
}
