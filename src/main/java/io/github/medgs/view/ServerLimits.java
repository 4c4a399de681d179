package io.github.medgs.view;

import java.util.Map;

/**
 * Limits that the JDK's server takes from system properties, once, when its class is loaded: call this before. What the
 * user has set stays.
 */
final class ServerLimits {

    private static final Map<String, String> PROPERTIES = Map.of(
            // Without it each answer waits for the kernel's delayed acknowledgement: 40 ms in place of 3.
            "sun.net.httpserver.nodelay", "true",
            "jdk.httpserver.maxConnections", "200",
            "sun.net.httpserver.maxIdleConnections", "32",
            "sun.net.httpserver.maxReqHeaders", "64",
            "jdk.httpserver.maxReqHeaderSize", "32768",
            // Seconds for a request to come in, and for its answer to be made and go out: a large volume is long drawn.
            // Event streams are opened again then; a page that is lost fails one sooner, by the signs of life sent to it.
            "sun.net.httpserver.maxReqTime", "20",
            "sun.net.httpserver.maxRspTime", "3600");

    private ServerLimits() {}

    static void set() {
        PROPERTIES.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }
}
