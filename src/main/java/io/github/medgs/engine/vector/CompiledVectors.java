package io.github.medgs.engine.vector;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;

/**
 * Whether this virtual machine makes machine instructions of the Vector API. Where it does not, every vector is an
 * object and every operation a loop over its lanes: the results are the same, tens of times later.
 *
 * <p>HotSpot's compiler C2 does, for vectors that fit the processor's; its other compilers do not, and of others in its
 * place it is not known. A fused multiply-add without an instruction for it is computed in decimals.
 */
public final class CompiledVectors {

    private static final int FEWEST_LANES = 4;
    private static final int C2 = 4;

    private CompiledVectors() {}

    /** Why vectors are not compiled here, for people; empty when they are. */
    public static Optional<String> whyNot() {
        HotSpotDiagnosticMXBean machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        int lanes = FloatVector.SPECIES_PREFERRED.length();
        String why = null;
        if (machine == null) {
            why = "this Java is not HotSpot, whose compiler C2 it needs";
        } else if (System.getProperty("java.vm.info", "").contains("interpreted")) {
            why = "this Java only interprets (-Xint)";
        } else if (isOn(machine, "UseJVMCICompiler")) {
            why = "this Java has another compiler in the place of C2 (-XX:-UseJVMCICompiler brings C2 back)";
        } else if (Integer.parseInt(option(machine, "TieredStopAtLevel", "4")) < C2
                || option(machine, "CompilationMode", "").startsWith("quick-only")) {
            why = "this Java runs without its compiler C2 (-XX:TieredStopAtLevel or -XX:CompilationMode)";
        } else if (lanes < FEWEST_LANES) {
            why = "vectors hold " + lanes + " floats here, and it needs " + FEWEST_LANES;
        } else if (!isOn(machine, "UseFMA")) {
            why = "the processor has no fused multiply-add";
        }
        return Optional.ofNullable(why);
    }

    private static boolean isOn(HotSpotDiagnosticMXBean machine, String name) {
        return Boolean.parseBoolean(option(machine, name, "false"));
    }

    /** Options that this build of the virtual machine does not know have the given value. */
    private static String option(HotSpotDiagnosticMXBean machine, String name, String absent) {
        try {
            return machine.getVMOption(name).getValue();
        } catch (IllegalArgumentException e) {
            return absent;
        }
    }
}
