package io.github.medgs.neural.tornado;

import io.github.medgs.engine.tornado.device.Device;
import io.github.medgs.neural.Network;
import io.github.medgs.neural.NetworkStart;
import io.github.medgs.neural.Networks;
import java.util.Optional;

/**
 * Networks on a device.
 *
 * @param device one of {@code TornadoEngine}'s
 */
public record DeviceNetworks(Device device) implements Networks {

    @Override
    public Network begin(NetworkStart start, int capacity) {
        return new DeviceNetwork(device, start, capacity);
    }

    @Override
    public Optional<String> slow() {
        return Optional.empty();
    }
}
