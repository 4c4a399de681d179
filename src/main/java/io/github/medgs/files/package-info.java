/**
 * Writing files so that nothing is ever half-written: every result is written beside its target, synced, and moved
 * into place. Every room that writes goes through here. Checksums and the cells of CSV tables are here too. It knows nothing of ours but {@link
 * io.github.medgs.InputException}.
 */
package io.github.medgs.files;
