package uk.ac.manchester.tornado.api;

/** A device as its driver describes it. */
public interface TornadoTargetDevice {
    String getDeviceName();

    int getDeviceMaxComputeUnits();

    long[] getDeviceMaxWorkGroupSize();

    String getDeviceInfo();
}
