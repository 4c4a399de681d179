package io.github.medgs.engine;

/** What starts Java so that it has all engines, in words for people: some have the sources, some the released file. */
public final class Launcher {

    /** What to do where the start was another. */
    public static final String REMEDY = "start with ./tornado-env.sh medgs, or with the self-starting file medgs";

    /** What to do where TornadoVM is missed. */
    public static final String REMEDY_FOR_TORNADO =
            "install TornadoVM 5.2.0 for JDK 25, set TORNADOVM_HOME, and " + REMEDY;

    private Launcher() {}
}
