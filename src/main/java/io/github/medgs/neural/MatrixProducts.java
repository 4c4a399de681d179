package io.github.medgs.neural;

import java.lang.reflect.InvocationTargetException;
import java.util.Optional;

/**
 * What a layer asks of the processor. Every sum is taken in the order of k, one fused multiply-add after the other, so all
 * implementations give the same bits, whatever the width of their vectors.
 */
public interface MatrixProducts {

    /**
     * out[r][c] += sum over k of left[r][k] right[k][c], what is in {@code out} being the first term, for all columns of
     * the panels, those filled up with zeros among them: a row of {@code out} has room for them all.
     *
     * @param left rows x right.rows(), laid out in any way
     * @param out its columns lie side by side
     */
    void multiply(MatrixView left, int rows, Panels right, MatrixView out);

    /**
     * values[at + i] *= scale where signs[from + i] > 0, and scale * leak elsewhere, for i from 0 to count - 1, a multiple
     * of {@link Panels#WIDTH}: the slope of a layer's rectifier, read off what came out of it.
     */
    void applySlopes(float[] values, int at, float[] signs, int from, int count, float leak, float scale);

    /** Why these products are slow here, for people; empty where they are not. */
    Optional<String> slow();

    /**
     * The Vector API's where this Java compiles it, else plain Java's, which say why; the same bits either way. Found
     * by name, since nothing may link to them: their module may be missing.
     */
    static MatrixProducts best() {
        try {
            return (MatrixProducts) Class.forName("io.github.medgs.neural.vector.VectorProducts").getConstructor()
                    .newInstance();
        } catch (InvocationTargetException e) {
            return new PlainProducts(e.getCause().getMessage());
        } catch (ReflectiveOperationException | LinkageError e) {
            return new PlainProducts("the Vector API is not available (" + e + "); start Java with --add-modules"
                    + " jdk.incubator.vector");
        }
    }
}
