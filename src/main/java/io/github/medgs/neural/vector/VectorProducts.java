package io.github.medgs.neural.vector;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import io.github.medgs.InputException;
import io.github.medgs.engine.vector.CompiledVectors;
import io.github.medgs.neural.MatrixProducts;
import io.github.medgs.neural.MatrixView;
import io.github.medgs.neural.Panels;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products in tiles of four rows by two vectors: eight sums stay in registers while the loop walks down a panel, each step
 * of which reads two vectors and four single floats for eight fused multiply-adds. Eight sums are as many as the
 * multiply-adds of one core that are under way at once, and with what else is needed they fit the sixteen registers of a
 * machine with AVX2.
 */
public final class VectorProducts implements MatrixProducts {

    // As wide as the machine has them, up to half a panel.
    private static final VectorSpecies<Float> FLOATS =
            FloatVector.SPECIES_PREFERRED.length() > 16 ? FloatVector.SPECIES_512 : FloatVector.SPECIES_PREFERRED;
    private static final int LANES = FLOATS.length();
    private static final int ROWS = 4;

    /** @throws InputException where this Java does not compile vectors */
    public VectorProducts() {
        CompiledVectors.whyNot().ifPresent(why -> {
            throw new InputException("the Vector API", "is slow here: " + why, "plain Java takes its place");
        });
    }

    @Override
    public void multiply(MatrixView left, int rows, Panels right, MatrixView out) {
        int depth = right.rows();
        // The panel outside: it stays in the nearest cache while all rows pass.
        for (int panel = 0; panel < right.count(); panel++) {
            for (int column = 0; column < Panels.WIDTH; column += 2 * LANES) {
                int from = panel * depth * Panels.WIDTH + column;
                int to = out.start() + panel * Panels.WIDTH + column;
                int r = 0;
                for (; r + ROWS <= rows; r += ROWS) {
                    fourRows(left.values(), left.start() + r * left.rowStride(), left.rowStride(), left.columnStride(),
                            right.values(), from, depth, out.values(), to + r * out.rowStride(), out.rowStride());
                }
                for (; r < rows; r++) {
                    oneRow(left.values(), left.start() + r * left.rowStride(), left.columnStride(), right.values(), from,
                            depth, out.values(), to + r * out.rowStride());
                }
            }
        }
    }

    private static void fourRows(float[] left, int start, int rowStride, int step, float[] right, int from, int depth,
            float[] out, int to, int outStride) {
        FloatVector c00 = fromArray(FLOATS, out, to);
        FloatVector c01 = fromArray(FLOATS, out, to + LANES);
        FloatVector c10 = fromArray(FLOATS, out, to + outStride);
        FloatVector c11 = fromArray(FLOATS, out, to + outStride + LANES);
        FloatVector c20 = fromArray(FLOATS, out, to + 2 * outStride);
        FloatVector c21 = fromArray(FLOATS, out, to + 2 * outStride + LANES);
        FloatVector c30 = fromArray(FLOATS, out, to + 3 * outStride);
        FloatVector c31 = fromArray(FLOATS, out, to + 3 * outStride + LANES);
        int a = start;
        int b = from;
        for (int k = 0; k < depth; k++) {
            FloatVector b0 = fromArray(FLOATS, right, b);
            FloatVector b1 = fromArray(FLOATS, right, b + LANES);
            FloatVector a0 = broadcast(FLOATS, left[a]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            FloatVector a1 = broadcast(FLOATS, left[a + rowStride]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            FloatVector a2 = broadcast(FLOATS, left[a + 2 * rowStride]);
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            FloatVector a3 = broadcast(FLOATS, left[a + 3 * rowStride]);
            c30 = a3.fma(b0, c30);
            c31 = a3.fma(b1, c31);
            a += step;
            b += Panels.WIDTH;
        }
        c00.intoArray(out, to);
        c01.intoArray(out, to + LANES);
        c10.intoArray(out, to + outStride);
        c11.intoArray(out, to + outStride + LANES);
        c20.intoArray(out, to + 2 * outStride);
        c21.intoArray(out, to + 2 * outStride + LANES);
        c30.intoArray(out, to + 3 * outStride);
        c31.intoArray(out, to + 3 * outStride + LANES);
    }

    private static void oneRow(float[] left, int start, int step, float[] right, int from, int depth, float[] out, int to) {
        FloatVector c0 = fromArray(FLOATS, out, to);
        FloatVector c1 = fromArray(FLOATS, out, to + LANES);
        int a = start;
        int b = from;
        for (int k = 0; k < depth; k++) {
            FloatVector factor = broadcast(FLOATS, left[a]);
            c0 = factor.fma(fromArray(FLOATS, right, b), c0);
            c1 = factor.fma(fromArray(FLOATS, right, b + LANES), c1);
            a += step;
            b += Panels.WIDTH;
        }
        c0.intoArray(out, to);
        c1.intoArray(out, to + LANES);
    }

    @Override
    public void applySlopes(float[] values, int at, float[] signs, int from, int count, float leak, float scale) {
        FloatVector low = broadcast(FLOATS, scale * leak);
        FloatVector high = broadcast(FLOATS, scale);
        for (int i = 0; i < count; i += LANES) {
            FloatVector slope = low.blend(high, fromArray(FLOATS, signs, from + i).compare(VectorOperators.GT, 0f));
            fromArray(FLOATS, values, at + i).mul(slope).intoArray(values, at + i);
        }
    }

    @Override
    public Optional<String> slow() {
        return Optional.empty();
    }
}
