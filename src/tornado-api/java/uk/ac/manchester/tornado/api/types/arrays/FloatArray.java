package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.MemorySegment;

/** Floats outside Java's heap: a copy of them need not be waited for, and a CUDA graph may hold it. */
public final class FloatArray extends TornadoNativeArray {
    public FloatArray(int numberOfElements) {
        throw new UnsupportedOperationException();
    }

    public float get(int index) {
        throw new UnsupportedOperationException();
    }

    public void set(int index, float value) {
        throw new UnsupportedOperationException();
    }

    public void init(float value) {
        throw new UnsupportedOperationException();
    }

    public MemorySegment getSegment() {
        throw new UnsupportedOperationException();
    }
}
