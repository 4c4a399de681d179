package io.github.medgs.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScalarTypeTest {

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
