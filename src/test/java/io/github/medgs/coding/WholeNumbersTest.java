package io.github.medgs.coding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class WholeNumbersTest {

    @Property(tries = 200)
    void everyNumberComesBack(@ForAll int[] any, @ForAll byte[] small) {
        RangeEncoder encoder = new RangeEncoder();
        WholeNumbers numbers = new WholeNumbers(2);
        for (int value : any) {
            numbers.code(encoder, limited(value), 0);
        }
        for (byte value : small) {
            numbers.code(encoder, value, 1);
        }
        RangeDecoder decoder = new RangeDecoder(encoder.finish());
        WholeNumbers read = new WholeNumbers(2);
        for (int value : any) {
            assertEquals(limited(value), read.code(decoder, 0, 0));
        }
        for (byte value : small) {
            assertEquals(value, read.code(decoder, 0, 1));
        }
    }

    private static int limited(int value) {
        return value % (1 << 28);
    }

    /** Shannon's bound for the numbers' own distribution, which the coder has to learn. */
    @Test
    void takesHardlyMoreThanTheEntropy() {
        Random random = new Random(3);
        int count = 50_000;
        int[] values = new int[count];
        int[] seen = new int[201];
        RangeEncoder encoder = new RangeEncoder();
        WholeNumbers numbers = new WholeNumbers(1);
        for (int n = 0; n < count; n++) {
            values[n] = (int) Math.clamp(Math.round(3 * random.nextGaussian()), -100, 100);
            seen[values[n] + 100]++;
            numbers.code(encoder, values[n], 0);
        }
        double entropy = 0;
        for (int times : seen) {
            entropy -= times == 0 ? 0 : times * Math.log((double) times / count) / Math.log(2);
        }
        double bits = 8.0 * encoder.finish().length;
        assertTrue(bits < 1.03 * entropy, bits + " bits, entropy " + entropy);
        assertTrue(bits > 0.99 * entropy, bits + " bits, entropy " + entropy);
    }

    /** A carry that runs through many bytes of all ones. */
    @Test
    void likelyAndUnlikelyBitsInLongRunsComeBack() {
        RangeEncoder encoder = new RangeEncoder();
        Chances chances = new Chances(1);
        Random random = new Random(1);
        int[] bits = new int[200_000];
        for (int n = 0; n < bits.length; n++) {
            bits[n] = n / 5000 % 2 ^ (random.nextInt(300) == 0 ? 1 : 0);
            encoder.bit(bits[n], chances, 0);
        }
        byte[] coded = encoder.finish();
        assertTrue(coded.length < bits.length / 8 / 8, coded.length + " bytes");
        RangeDecoder decoder = new RangeDecoder(coded);
        Chances read = new Chances(1);
        for (int n = 0; n < bits.length; n++) {
            assertEquals(bits[n], decoder.bit(0, read, 0), "bit " + n);
        }
    }
}
