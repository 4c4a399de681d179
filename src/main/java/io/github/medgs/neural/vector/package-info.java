/**
 * Matrix products on the Vector API. As in {@code engine.vector}, nobody links to this room, since its module may be
 * missing: {@code MatrixProducts.best} finds it by name.
 */
package io.github.medgs.neural.vector;
