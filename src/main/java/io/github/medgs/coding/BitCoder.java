package io.github.medgs.coding;

/**
 * Codes one decision after another. What is coded is written once, for both directions: an encoder writes the bit that it
 * is given and returns it; a decoder disregards what it is given and returns the bit that it reads.
 */
public interface BitCoder {

    /**
     * @param bit 0 or 1; disregarded by a decoder
     * @param chance how likely a 1 is; learns from the bit
     * @param index which of the chances
     * @return the bit
     */
    int bit(int bit, Chances chance, int index);

    /** Whether bits are read. */
    boolean decodes();
}
