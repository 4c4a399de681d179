package io.github.medgs.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScalarTypeTest {

    @Test
    void noFloatHoldsTheLargestWholeNumber() {
        for (ScalarType type : ScalarType.values()) {
            assertEquals(type == ScalarType.INT64 || type == ScalarType.UINT64, type.holds(Long.MAX_VALUE), type.name());
        }
        assertTrue(ScalarType.FLOAT32.holds(Long.MIN_VALUE) && ScalarType.FLOAT64.holds(Long.MIN_VALUE));
        assertTrue(ScalarType.FLOAT32.holds(1L << 62) && ScalarType.FLOAT64.holds(Long.MAX_VALUE - 1023));
    }

    /** A map of 64-bit labels, or doubles, onto the grid of a large image. */
    @Test
    void moreBytesThanAnArrayHoldsAreRefusedInWords() {
        assertEquals("the volume: would have 2147483648 bytes, more than fit; write floats", assertThrows(InputException.class,
                () -> StoredVoxels.room(1 << 28, ScalarType.INT64, "the volume", "write floats")).getMessage());
        assertEquals(24, StoredVoxels.room(3, ScalarType.INT64, "the volume", "write floats").length);
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatItWrites(ScalarType type) {
        int held = 0;
        for (float value : new float[] {0, 1, -1, 0.5f, 127, 128, 255, 256, -128, -129, 65_535, 65_536, 0x1p31f, -0x1p31f,
            0x1p32f, 0x1p62f, 0x1p63f, -0x1p63f, 0x1.8p63f, 0x1p64f}) {
            if (type.holds(value)) {
                ByteBuffer bytes = ByteBuffer.allocate(type.bytes());
                type.put(value, bytes);
                float[] back = new float[1];
                type.decode(bytes, 0, type.bytes(), 1, 1, 0, back, 0);
                assertEquals(value, back[0]);
                held++;
            }
        }
        assertTrue(held >= 3, () -> "hardly anything held by " + type);
    }
}
