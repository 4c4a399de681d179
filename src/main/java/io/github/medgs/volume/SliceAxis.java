package io.github.medgs.volume;

import io.github.medgs.InputException;
import java.util.Arrays;
import java.util.Locale;

/** The index axis along which a volume was cut into slices. */
public enum SliceAxis {
    /** The axis of the coarsest spacing; of equals, the last. Of a single picture, the axis that it is alone on. */
    AUTO,
    I,
    J,
    K;

    /** Spacings closer than this, relatively, are equal: headers round to single precision, or to three digits. */
    private static final double EQUAL_SPACING = 1e-3;

    private static final SliceAxis[] FROM_THE_LAST = {K, J, I};

    /**
     * This axis, with {@link #AUTO} decided for a grid: k where its slices lie at places of their own.
     *
     * @throws InputException for another axis of such a grid
     */
    public SliceAxis resolve(Grid grid) {
        if (!grid.isRegular()) {
            if (this == I || this == J) {
                throw new InputException("axis " + name().toLowerCase(Locale.ROOT), "cannot be sliced: the slices along"
                        + " k are not equally far apart", "leave the axis to itself, or give k").naming("axis");
            }
            return K;
        }
        if (this != AUTO) {
            return this;
        }
        SliceAxis[] alone = Arrays.stream(FROM_THE_LAST).filter(axis -> grid.size(axis.index()) == 1).toArray(SliceAxis[]::new);
        if (alone.length == 1) {
            return alone[0];
        }
        double coarsest = Math.max(grid.spacing(0), Math.max(grid.spacing(1), grid.spacing(2)));
        for (SliceAxis axis : FROM_THE_LAST) {
            if (grid.spacing(axis.index()) >= coarsest * (1 - EQUAL_SPACING)) {
                return axis;
            }
        }
        return K;
    }

    /** 0, 1 or 2 for i, j or k. */
    public int index() {
        return switch (this) {
            case I -> 0;
            case J -> 1;
            case K -> 2;
            case AUTO -> throw new IllegalStateException("the axis has not been resolved for a grid");
        };
    }

    /** The index axis that runs along a row of a slice: the first of the other two. */
    public int columnAxis() {
        return this == I ? 1 : 0;
    }

    /** The index axis that runs down the rows of a slice: the second of the other two. */
    public int rowAxis() {
        return this == K ? 1 : 2;
    }
}
