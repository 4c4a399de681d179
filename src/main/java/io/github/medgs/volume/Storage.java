package io.github.medgs.volume;

import java.nio.ByteBuffer;

/**
 * How a file stores the numbers of a volume: intensity = slope * stored + intercept.
 *
 * @param slope not zero
 */
public record Storage(ScalarType type, double slope, double intercept) {

    /** Intensities as single-precision floats, as whatever is computed here has them. */
    public static final Storage FLOATS = plain(ScalarType.FLOAT32);

    public Storage {
        if (slope == 0 || !Double.isFinite(slope) || !Double.isFinite(intercept)) {
            throw new IllegalArgumentException("scaled by " + slope + " and " + intercept);
        }
    }

    /** The numbers themselves. */
    public static Storage plain(ScalarType type) {
        return new Storage(type, 1, 0);
    }

    /** Whether stored numbers are not the intensities themselves. */
    public boolean scaled() {
        return slope != 1 || intercept != 0;
    }

    /** How far apart neighbouring intensities are that can be stored: those between are rounded to them. 0 for floats. */
    public double step() {
        return type.isInteger() ? Math.abs(slope) : 0;
    }

    /** Whether every stored number is told apart from every other by its intensity as a float, whatever they are. */
    public boolean fitsFloats() {
        return !scaled() && (type.isInteger() ? type.bytes() <= 2 : type == ScalarType.FLOAT32);
    }

    /** The storage in words, for people. */
    public String words() {
        return type.words() + (scaled() ? ", times " + Words.number(slope) + " plus " + Words.number(intercept) : "");
    }

    /**
     * Intensities as stored numbers, each the nearest that the type has, at the buffer's position, which moves on. NaN
     * becomes 0 in whole numbers.
     */
    public void encode(float[] intensities, int offset, int count, ByteBuffer target) {
        boolean floats = type == ScalarType.FLOAT32 && !scaled();
        for (int n = offset; n < offset + count; n++) {
            if (floats) {
                // Not by way of a double, which would change the bits of some NaN.
                target.putFloat(intensities[n]);
            } else {
                type.put(scaled() ? (intensities[n] - intercept) / slope : intensities[n], target);
            }
        }
    }

    /** Stored numbers, side by side from a place on, as intensities. */
    public void decode(ByteBuffer source, int at, int count, float[] target, int offset) {
        type.decode(source, at, type.bytes(), count, slope, intercept, target, offset);
    }
}
