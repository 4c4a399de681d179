package uk.ac.manchester.tornado.api.enums;

/** Backends; only those that are here to stay. */
public enum TornadoVMBackendType {
    OPENCL,
    METAL,
    CUDA
}
