/** Entropy coding: whole numbers to few bytes and back, in whole-number arithmetic. Knows nothing of ours. */
package io.github.medgs.coding;
