package uk.ac.manchester.tornado.api.runtime;

import uk.ac.manchester.tornado.api.TornadoRuntime;

/** The way in. */
public class TornadoRuntimeProvider {
    public static TornadoRuntime getTornadoRuntime() {
        throw new UnsupportedOperationException();
    }
}
