package io.github.medgs.neural;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.neural.vector.VectorProducts;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The products on vectors against the plain ones, bit for bit, and those against the definition. */
class MatrixProductsTest {

    private final MatrixProducts plain = new PlainProducts();
    private final MatrixProducts vectors = MatrixProducts.best();

    @Test
    void vectorsAreChosenHere() {
        assertInstanceOf(VectorProducts.class, vectors);
        assertTrue(vectors.slow().isEmpty());
        assertTrue(plain.slow().isPresent());
    }

    @Test
    void aProductIsItsDefinition() {
        for (int[] size : new int[][] {{1, 1, 1}, {4, 3, 32}, {7, 256, 70}, {100, 5, 253}}) {
            int rows = size[0];
            int depth = size[1];
            int columns = size[2];
            float[] left = random(rows * depth);
            float[] right = random(depth * columns);
            Panels panels = new Panels(depth, columns);
            panels.pack(MatrixView.rows(right, 0, columns), 0, depth, 0, columns);
            int stride = Panels.padded(columns);
            float[] start = random(rows * stride + 5);
            float[] out = start.clone();
            plain.multiply(MatrixView.rows(left, 0, depth), rows, panels, MatrixView.rows(out, 5, stride));
            for (int r = 0; r < rows; r++) {
                for (int c = 0; c < columns; c++) {
                    double sum = start[5 + r * stride + c];
                    for (int k = 0; k < depth; k++) {
                        sum += (double) left[r * depth + k] * right[k * columns + c];
                    }
                    assertEquals(sum, out[5 + r * stride + c], 1e-5);
                }
            }
            float[] same = start.clone();
            vectors.multiply(MatrixView.rows(left, 0, depth), rows, panels, MatrixView.rows(same, 5, stride));
            assertArrayEquals(out, same);
            // The left factor laid out column by column.
            float[] transposed = new float[left.length];
            for (int i = 0; i < left.length; i++) {
                transposed[i % depth * rows + i / depth] = left[i];
            }
            same = start.clone();
            vectors.multiply(MatrixView.rows(transposed, 0, rows).transposed(), rows, panels, MatrixView.rows(same, 5, stride));
            assertArrayEquals(out, same);
        }
    }

    @Test
    void slopesAreTheRectifiersOwn() {
        float[] signs = random(96);
        signs[3] = 0f;
        signs[4] = -0f;
        float[] values = random(96);
        float[] expected = values.clone();
        for (int i = 0; i < 64; i++) {
            expected[i + 32] *= signs[i] > 0 ? 0.7f : 0.7f * 0.2f;
        }
        float[] same = values.clone();
        plain.applySlopes(values, 32, signs, 0, 64, 0.2f, 0.7f);
        assertArrayEquals(expected, values);
        vectors.applySlopes(same, 32, signs, 0, 64, 0.2f, 0.7f);
        assertArrayEquals(expected, same);
    }

    private static float[] random(int count) {
        Random random = new Random(count);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return values;
    }
}
