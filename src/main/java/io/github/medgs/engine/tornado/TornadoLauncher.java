package io.github.medgs.engine.tornado;

/**
 * Whether this process was started so that TornadoVM is in it, and how TornadoVM is to behave. Links to none of its
 * classes: they load, and read their settings, when the first of them is touched.
 */
final class TornadoLauncher {

    private TornadoLauncher() {}

    /** Whether the tornado launcher, or java with the SDK's argument file, started this process. */
    static boolean isPresent() {
        return System.getProperty("tornado.load.runtime.implementation") != null;
    }

    /** Settings without which TornadoVM may give wrong results in silence. What the user set stays. */
    static void configure() {
        // Else a kernel that does not compile is run as plain Java, for explicit kernels with wrong results. No choice.
        System.setProperty("tornado.recover.bailout", "False");
        // Kernels are made of many small methods of another room; beyond 600 compiler nodes it would refuse.
        setDefault("tornado.compiler.fullInlining", "True");
        // Its own default adds -cl-fast-relaxed-math, which lets a compiler forget that NaN exists: comparisons that
        // cull a broken Gaussian would let it through.
        setDefault("tornado.opencl.compiler.flags", "-cl-mad-enable -w");
        // Lists of events that nothing reads, of 32,768 integers each, are filled anew in every execution: they took more
        // than half of the host's share of a step.
        setDefault("tornado.max.events", "64");
        // Its own default has no room for as many kernels with as many buffers as a step has.
        setDefault("tornado.tvm.maxbytecodesize", "65536");
        // Its own default stops at 4 GB whatever the device has.
        setDefault("tornado.device.memory", "1024GB");
    }

    private static void setDefault(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
