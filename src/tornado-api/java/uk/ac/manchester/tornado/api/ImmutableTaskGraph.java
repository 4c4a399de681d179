package uk.ac.manchester.tornado.api;

/** A task graph that is finished. */
public class ImmutableTaskGraph {
    ImmutableTaskGraph() {}
}
