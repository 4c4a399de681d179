/** How small a model can be for how well it draws: the search for a size or a quality, and the curve of both. */
package io.github.medgs.evaluation.compactness;
