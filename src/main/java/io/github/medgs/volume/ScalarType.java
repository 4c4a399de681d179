package io.github.medgs.volume;

import java.nio.ByteBuffer;
import java.util.Locale;

/** How one voxel is stored. */
public enum ScalarType {
    INT8(1, "8-bit signed integers"),
    UINT8(1, "8-bit unsigned integers"),
    INT16(2, "16-bit signed integers"),
    UINT16(2, "16-bit unsigned integers"),
    INT32(4, "32-bit signed integers"),
    UINT32(4, "32-bit unsigned integers"),
    INT64(8, "64-bit signed integers"),
    UINT64(8, "64-bit unsigned integers"),
    FLOAT32(4, "32-bit floats"),
    FLOAT64(8, "64-bit floats");

    private final int bytes;
    private final String words;

    ScalarType(int bytes, String words) {
        this.bytes = bytes;
        this.words = words;
    }

    /** Bytes of one value. */
    public int bytes() {
        return bytes;
    }

    /** The type in words, for people. */
    public String words() {
        return words;
    }

    /** Whether values are whole numbers before any scaling. */
    public boolean isInteger() {
        return this != FLOAT32 && this != FLOAT64;
    }

    /** Whether a value can be stored without loss in this type. */
    public boolean holds(float value) {
        return switch (this) {
            case FLOAT32, FLOAT64 -> true;
            case INT8 -> isWhole(value, -128, 128);
            case UINT8 -> isWhole(value, 0, 256);
            case INT16 -> isWhole(value, -32_768, 32_768);
            case UINT16 -> isWhole(value, 0, 65_536);
            case INT32 -> isWhole(value, -0x1p31, 0x1p31);
            case UINT32 -> isWhole(value, 0, 0x1p32);
            case INT64 -> isWhole(value, -0x1p63, 0x1p63);
            case UINT64 -> isWhole(value, 0, 0x1p64);
        };
    }

    /** Whole numbers beyond this are not all floats. */
    private static final float LARGEST_EXACT = 1 << 24;

    /** Whether a whole number can be stored without loss in this type. */
    boolean holds(long value) {
        return switch (this) {
            // What is rounded up beyond the largest long comes back as the largest.
            case FLOAT32 -> (long) (float) value == value && value != Long.MAX_VALUE;
            case FLOAT64 -> (long) (double) value == value && value != Long.MAX_VALUE;
            case INT8 -> value == (byte) value;
            case UINT8 -> value == (value & 0xFF);
            case INT16 -> value == (short) value;
            case UINT16 -> value == (value & 0xFFFF);
            case INT32 -> value == (int) value;
            case UINT32 -> value == (value & 0xFFFF_FFFFL);
            case INT64 -> true;
            case UINT64 -> value >= 0;
        };
    }

    /** What is lost by holding these values as floats, in words, or null for nothing. */
    public String lossNote(float[] values) {
        if (!isInteger() || bytes < 4) {
            return null;
        }
        for (float value : values) {
            if (Math.abs(value) >= LARGEST_EXACT) {
                return "it holds whole numbers of 16777216 and more: exact as labels and when they are written again as whole"
                        + " numbers, rounded to 24 bits as intensities";
            }
        }
        return null;
    }

    private static boolean isWhole(float value, double least, double end) {
        return value >= least && value < end && value == Math.rint(value);
    }

    /**
     * Reads values and scales them, in double precision: {@code slope * stored + intercept}.
     *
     * @param source input, in its byte order; its position does not move
     * @param at where in the source the first value begins
     * @param step bytes from one value to the next
     * @param target output, from offset on
     */
    public void decode(ByteBuffer source, int at, int step, int count, double slope, double intercept, float[] target,
            int offset) {
        if (slope == 1 && intercept == 0) {
            // Kept apart so that NaN and the sign of zero come through untouched.
            for (int n = 0; n < count; n++) {
                target[offset + n] = this == FLOAT32 ? source.getFloat(at + n * step)
                        : (float) number(source, at + n * step);
            }
        } else {
            for (int n = 0; n < count; n++) {
                target[offset + n] = (float) (slope * number(source, at + n * step) + intercept);
            }
        }
    }

    /** A stored number as it is, but for whole ones beyond 2^53, which are rounded. */
    double number(ByteBuffer source, int at) {
        return switch (this) {
            case INT8 -> source.get(at);
            case UINT8 -> Byte.toUnsignedInt(source.get(at));
            case INT16 -> source.getShort(at);
            case UINT16 -> Short.toUnsignedInt(source.getShort(at));
            case INT32 -> source.getInt(at);
            case UINT32 -> Integer.toUnsignedLong(source.getInt(at));
            case INT64 -> source.getLong(at);
            case UINT64 -> unsigned(source.getLong(at));
            case FLOAT32 -> source.getFloat(at);
            case FLOAT64 -> source.getDouble(at);
        };
    }

    // The lowest bit is kept "sticky" so that halving does not change how the result rounds.
    private static double unsigned(long bits) {
        return bits >= 0 ? bits : 2.0 * (bits >>> 1 | bits & 1);
    }

    /** Writes a value at the buffer's position: the nearest that the type has; NaN is 0 in whole numbers. */
    void put(double value, ByteBuffer target) {
        switch (this) {
            case INT8 -> target.put((byte) Math.clamp(Math.rint(value), -128, 127));
            case UINT8 -> target.put((byte) (int) Math.clamp(Math.rint(value), 0, 255));
            case INT16 -> target.putShort((short) Math.clamp(Math.rint(value), -32_768, 32_767));
            case UINT16 -> target.putShort((short) (int) Math.clamp(Math.rint(value), 0, 65_535));
            // Casts to int and long stop at their ends.
            case INT32 -> target.putInt((int) Math.rint(value));
            case UINT32 -> target.putInt((int) (long) Math.clamp(Math.rint(value), 0, 0xFFFF_FFFFL));
            case INT64 -> target.putLong((long) Math.rint(value));
            case UINT64 -> target.putLong(unsignedBits(Math.rint(value)));
            case FLOAT32 -> target.putFloat((float) value);
            case FLOAT64 -> target.putDouble(value);
        }
    }

    // Beyond the largest long, the bits are those of half the value, doubled.
    private static long unsignedBits(double value) {
        return value >= 0x1p64 ? -1 : value >= 0x1p63 ? (long) (value * 0.5) << 1 : (long) Math.max(0, value);
    }

    /** A stored whole number as it is; one of UINT64 beyond a long becomes negative. */
    long whole(ByteBuffer source, int at) {
        return bytes == 8 ? source.getLong(at) : (long) number(source, at);
    }

    /** Writes a whole number at the buffer's position, which moves on. */
    void put(long value, ByteBuffer target) {
        switch (this) {
            case INT8, UINT8 -> target.put((byte) value);
            case INT16, UINT16 -> target.putShort((short) value);
            case INT32, UINT32 -> target.putInt((int) value);
            case INT64, UINT64 -> target.putLong(value);
            case FLOAT32 -> target.putFloat(value);
            case FLOAT64 -> target.putDouble(value);
        }
    }

    /**
     * Writes a number that stands as text.
     *
     * @throws NumberFormatException when it is none, or this type has no room for it
     */
    public void put(String text, ByteBuffer target) {
        switch (this) {
            case FLOAT32 -> target.putFloat(Float.parseFloat(spelt(text)));
            case FLOAT64 -> target.putDouble(Double.parseDouble(spelt(text)));
            case UINT64 -> target.putLong(Long.parseUnsignedLong(text));
            default -> {
                long value = Long.parseLong(text);
                if (!holds(value)) {
                    throw new NumberFormatException(text);
                }
                put(value, target);
            }
        }
    }

    // Java knows one spelling of each; C and Python write others.
    private static String spelt(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.matches("[-+]?nan") ? "NaN"
                : lower.matches("[-+]?inf(inity)?") ? (lower.startsWith("-") ? "-Infinity" : "Infinity") : text;
    }

    /** Copies one value from a place in a buffer to another's position, each in its own byte order. */
    public void copy(ByteBuffer source, int at, ByteBuffer target) {
        switch (bytes) {
            case 1 -> target.put(source.get(at));
            case 2 -> target.putShort(source.getShort(at));
            case 4 -> target.putInt(source.getInt(at));
            default -> target.putLong(source.getLong(at));
        }
    }
}
