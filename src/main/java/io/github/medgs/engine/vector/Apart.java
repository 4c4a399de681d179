package io.github.medgs.engine.vector;

/**
 * Room in front of an object's fields, so that two of its kind, side by side in memory and each written all the time by a
 * thread of its own, share no cache line (nor the pair of lines that processors fetch together).
 */
abstract class Apart {

    /** Numbers of such room behind an array. */
    static final int ROOM = 32;

    @SuppressWarnings("unused") // room
    private long a0, a1, a2, a3, a4, a5, a6, a7, b0, b1, b2, b3, b4, b5, b6, b7;
}
