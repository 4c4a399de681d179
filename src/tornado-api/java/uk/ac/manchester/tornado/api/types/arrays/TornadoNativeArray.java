package uk.ac.manchester.tornado.api.types.arrays;

/** An array outside Java's heap. */
public abstract sealed class TornadoNativeArray permits FloatArray {}
