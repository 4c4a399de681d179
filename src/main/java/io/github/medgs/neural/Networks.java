package io.github.medgs.neural;

import java.util.Optional;

/** Where networks are made: on the processor, or on a device. */
public interface Networks {

    /** @param capacity rows of the largest batch */
    Network begin(NetworkStart start, int capacity);

    /** Why they are slow here, for people; empty where they are not. */
    Optional<String> slow();
}
