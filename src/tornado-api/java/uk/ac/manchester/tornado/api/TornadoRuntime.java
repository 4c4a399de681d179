package uk.ac.manchester.tornado.api;

import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** The runtime and its backends. */
public interface TornadoRuntime {
    int getNumBackends();

    TornadoBackend getBackend(int index);

    TornadoVMBackendType getBackendType(int index);
}
