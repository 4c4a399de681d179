package io.github.medgs.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlicePositionsTest {

    /** Gaps of 3 and of 0.01 mm: each slice goes by the one before it. */
    private static final double[] UNEVEN = {0, 3, 3.01, 6};

    @ParameterizedTest
    @CsvSource({"0,0", "0.002,0", "0.004,-1", "3.002,1", "3.004,-1", "3.000001,1", "2.9979,1", "2.99,-1", "3.012,-1", "6.001,3", "7,-1", "-1,-1"})
    void aSliceIsWhereItIsToAThousandthOfTheGapBeforeIt(double millimetres, int slice) {
        assertEquals(slice, SlicePositions.at(UNEVEN, millimetres));
    }

    @ParameterizedTest
    @CsvSource({"-5,0", "1.4,0", "1.5,0", "1.6,1", "3.006,2", "99,3"})
    void theNearestIsTheEarlierOfTwo(double millimetres, int slice) {
        assertEquals(slice, SlicePositions.nearest(UNEVEN, millimetres));
    }

    @Test
    void oneSliceIsNearestEverywhere() {
        assertEquals(0, SlicePositions.nearest(new double[] {0}, 40));
        assertEquals(0, SlicePositions.at(new double[] {0}, 0.0005));
        assertEquals(-1, SlicePositions.at(new double[] {0}, 40));
    }
}
