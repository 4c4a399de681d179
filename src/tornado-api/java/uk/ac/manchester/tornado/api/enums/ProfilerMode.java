package uk.ac.manchester.tornado.api.enums;

/** Where the profile goes. */
public enum ProfilerMode {
    CONSOLE,
    SILENT
}
