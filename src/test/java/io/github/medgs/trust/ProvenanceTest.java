package io.github.medgs.trust;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.volume.SliceAxis;
import org.junit.jupiter.api.Test;

class ProvenanceTest {

    private static final double[] ACQUIRED = {0, 3, 6, 12};

    @Test
    void slicesAreTheAcquiredOnesWhereTheyMeetThem() {
        Provenance provenance = Provenance.of(ACQUIRED, new double[] {0, 2, 3.0000001, 4.5, 6, 9, 12});
        assertArrayEquals(new int[] {0, -1, 1, -1, 2, -1, 3}, provenance.sources());
        assertEquals(3, provenance.drawn());
        assertEquals(1, provenance.distance(1), 1e-12);
        assertEquals(0, provenance.distance(2));
        assertEquals(3, provenance.distance(5), 1e-12);
        assertEquals(new Provenance.Place(2, 0.5), provenance.place(5));
        assertEquals(new Provenance.Place(0, 2 / 3.0), provenance.place(1));
    }

    @Test
    void theTableSaysItForPeopleAndPrograms() {
        Provenance provenance = Provenance.of(ACQUIRED, new double[] {0, 1.5, 3});
        SliceTable table = new SliceTable(provenance, SliceAxis.K, new double[] {0, 12.5, 0}, true, null);
        assertEquals("index,mm,origin,nearest_acquired_mm,expected_error\n0,0.00000,acquired,0.00000,0.00000\n"
                + "1,1.50000,drawn,1.50000,12.5000\n2,3.00000,acquired,0.00000,0.00000\n", table.csv());
        assertEquals("{\"medgs\":{\"axis\":\"k\",\"slices\":3,\"acquired\":[0,2]}}", table.remark().text());
        assertTrue(table.remark().line().contains("2 of 3 slices along k acquired"));
        assertEquals(0, new SliceTable(provenance, SliceAxis.K, null, false, null).acquired());
        SliceTable edited = new SliceTable(provenance, SliceAxis.K, null, true, new boolean[] {true, false, false, false});
        assertTrue(edited.csv().contains("0,0.00000,edited,"), edited.csv());
        assertEquals(1, edited.acquired());
    }
}
