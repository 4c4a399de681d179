package io.github.medgs.edit;

/**
 * What one edit did.
 *
 * @param words the edit in a line for people
 * @param selected Gaussians more than half of whose mass lies in the selection, at their own time
 * @param placed Gaussians that came to a new place
 * @param removed Gaussians that are gone: those at the new place, and deleted ones without a fill
 * @param repainted Gaussians that stayed where they were and whose intensities changed: those painted, and those near by that
 *     were settled
 * @param lost share of the moved region that lies outside the model's volume, 0 to 1
 */
public record Step(String words, int selected, int placed, int removed, int repainted, double lost) {}
