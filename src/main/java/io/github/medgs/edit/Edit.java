package io.github.medgs.edit;

/**
 * One entry of the list.
 *
 * @param fill what comes into the hole, where the change leaves one
 */
public record Edit(Selection select, Change change, Fill fill) {}
