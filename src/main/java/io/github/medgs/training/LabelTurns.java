package io.github.medgs.training;

/**
 * Which channel of the mask head each step learns, where there are several.
 *
 * <p>While all is learnt they take turns, a few steps each, so that a step costs what it costs with one mask and the
 * geometry feels every boundary. Then come half as many steps again, cheaper ones, in which the geometry is held and the
 * channels are settled one after the other.
 *
 * @param channels how many there are; 1 takes no turns and settles nothing
 * @param learning steps in which all is learnt
 */
record LabelTurns(int channels, int learning) {

    /** Steps of a turn: changing channels takes the time of one or two. */
    private static final int TURN = 16;

    /** All steps. */
    int steps() {
        return learning + settling();
    }

    private int settling() {
        return channels == 1 ? 0 : learning / 2;
    }

    /** Whether a step settles the mask head alone. */
    boolean settles(int iteration) {
        return channels > 1 && iteration > learning;
    }

    /** The channel of a step. */
    int channel(int iteration) {
        return settles(iteration) ? (int) ((long) (iteration - learning - 1) * channels / settling())
                : (iteration - 1) / TURN % channels;
    }

    /** How far the settling of a step's channel has come, from 0 to 1. */
    double progress(int iteration) {
        double turns = (double) (iteration - learning - 1) * channels / settling();
        return turns - Math.floor(turns);
    }
}
