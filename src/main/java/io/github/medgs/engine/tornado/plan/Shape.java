package io.github.medgs.engine.tornado.plan;

import static io.github.medgs.engine.tornado.kernels.StepLayout.*;

import io.github.medgs.engine.tornado.device.Device;
import io.github.medgs.engine.tornado.kernels.StepLayout;
import io.github.medgs.model.ModelForm;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What a plan has room for.
 *
 * @param capacity Gaussians
 * @param views of a step
 * @param entries pairs of a tile and a splat, over all views
 */
public record Shape(ModelForm form, int capacity, int views, int entries) {

    /** The counters are scanned in every step, so there are no more of them than this, unless tiles alone are more. */
    private static final int MOST_COUNTERS = 1 << 20;

    /** Chunks of a view: groups enough for every processor of a device. */
    private static final int MOST_CHUNKS = 256;

    /** Groups that a device should have to draw; and into how many the list of a tile is cut for that at most. */
    private static final int WANTED_GROUPS = 1 << 13;
    private static final int MOST_SEGMENTS = 8;

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

    /** Chunks in which a view's entries are binned: enough for many groups, few enough for the counters. */
    public int chunks() {
        int most = Math.clamp(MOST_COUNTERS / tiles(), 1, MOST_CHUNKS);
        return Math.clamp(Math.ceilDiv(entries, views * BIN_GROUP), 1, most);
    }

    public int counters() {
        return tiles() * chunks();
    }

    public int scanBlocks() {
        return Math.ceilDiv(counters(), SCAN_BLOCK);
    }

    /** Places of splats, over all views. */
    public int splats() {
        return Math.multiplyExact(views, capacity);
    }

    public int splatBlocks() {
        return Math.ceilDiv(splats(), SCAN_BLOCK);
    }

    /** Into how many segments the list of a tile is cut at most: enough groups for a device, no more than it needs. */
    public int segments() {
        return Math.clamp(WANTED_GROUPS / tiles(), 1, MOST_SEGMENTS);
    }

    /** Floats of what stands between the segments of all lists. */
    int states() {
        return Math.multiplyExact(tiles() * segments(), STATE * TILE_PIXELS);
    }

    /** Bytes of the counters of so many tiles, and of what stands between the segments of their lists, at most. */
    static long heapOfLists(long tiles) {
        return Float.BYTES * (Math.max(MOST_COUNTERS, tiles) + Math.max(WANTED_GROUPS, tiles) * STATE * TILE_PIXELS);
    }

    /** Whether no buffer and no launch of the other is larger than this one's. */
    boolean hasRoomFor(Shape other) {
        return other.capacity <= capacity && other.views <= views && other.entries <= entries
                && (long) other.form.rows() * other.capacity <= (long) form.rows() * capacity
                && other.pixels() <= pixels() && other.pixelGroups() <= pixelGroups() && other.tiles() <= tiles()
                && other.chunks() * other.views <= chunks() * views && other.counters() <= counters()
                && other.splats() <= splats() && other.tiles() * other.segments() <= tiles() * segments();
    }

    /** @throws io.github.medgs.InputException when a buffer is too large for the device */
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
        ints[SEGMENTS] = segments();
        ints[ENTRY_CAPACITY] = entries;
        ints[COUNTERS] = counters();
        ints[ROWS] = form.rows();
        ints[PIXEL_GROUPS] = pixelGroups();
        return ints;
    }

    FloatArray newFloats() {
        FloatArray floats = new FloatArray(StepLayout.rates(views) + MOST_ROWS);
        floats.init(0f);
        return floats;
    }
}
