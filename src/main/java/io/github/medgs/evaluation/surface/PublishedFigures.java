package io.github.medgs.evaluation.surface;

import io.github.medgs.evaluation.Spread;
import java.util.Arrays;
import java.util.List;

/**
 * What the MedGS paper (arXiv 2509.16806v2, Table 1) reports of six prostates in ultrasound, cases 65 to 70 of µ-RegPro:
 * millimetres.
 */
public enum PublishedFigures {
    ISO("iso", new double[] {.248, .206, .216, .214, .219, .236}, new double[] {.425, .353, .374, .369, .378, .411}),
    FUNSR("funsr", new double[] {.239, .216, .227, .217, .209, .249}, new double[] {.421, .384, .393, .374, .374, .426}),
    POISSON("poisson", new double[] {.235, .204, .186, .198, .198, .225}, new double[] {.397, .361, .334, .345, .355, .400}),
    MASK_ONLY("mask", new double[] {.194, .207, .179, .177, .187, .212}, new double[] {.365, .350, .325, .332, .350, .386}),
    JOINT("joint", new double[] {.194, .184, .172, .177, .186, .208}, new double[] {.365, .333, .318, .329, .350, .384});

    private final String method;
    private final double[] chamfer;
    private final double[] hd95;

    PublishedFigures(String method, double[] chamfer, double[] hd95) {
        this.method = method;
        this.chamfer = chamfer;
        this.hd95 = hd95;
    }

    /** The figures of a method as {@code --methods} names it, or {@code null}: the paper does not have it. */
    public static PublishedFigures of(String method) {
        return Arrays.stream(values()).filter(one -> one.method.equals(method)).findFirst().orElse(null);
    }

    /** The names of the paper's methods, in its order. */
    public static List<String> methods() {
        return Arrays.stream(values()).map(one -> one.method).toList();
    }

    public Spread chamfer() {
        return Spread.of(Arrays.stream(chamfer).boxed().toList());
    }

    public Spread hd95() {
        return Spread.of(Arrays.stream(hd95).boxed().toList());
    }
}
