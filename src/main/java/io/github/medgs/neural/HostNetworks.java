package io.github.medgs.neural;

import io.github.medgs.parallel.Workers;
import java.util.Optional;

/**
 * Networks on the processor.
 *
 * @param workers no result depends on how many there are
 */
public record HostNetworks(MatrixProducts products, Workers workers) implements Networks {

    @Override
    public Network begin(NetworkStart start, int capacity) {
        return new HostNetwork(start, capacity, products, workers);
    }

    @Override
    public Optional<String> slow() {
        return products.slow();
    }
}
