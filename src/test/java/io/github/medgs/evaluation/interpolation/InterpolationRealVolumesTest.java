package io.github.medgs.evaluation.interpolation;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.medgs.interslice.Interpolation;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The methods on measured volumes: the flow against OpenCV's DIS (version 4.6, medium preset, 8-bit slices, both ways,
 * warped and blended; its scores are frozen here), and the in-between target against the best of linear, cubic,
 * spline and flow. Skipped where the folder {@code ../shared/volumes} is absent.
 */
class InterpolationRealVolumesTest {

    private static final Path VOLUMES = Path.of("../shared/volumes");

    /** A flow up to this much below DIS would still be a fair opponent. */
    private static final double FAIR = 0.2;

    @ParameterizedTest
    @CsvSource({
        "ct-abdomen-ts/example_ct.nii.gz, K, true, 2, 24.64",
        "mr-body-ts/example_mr_sm.nii.gz, K, false, 2, 29.01",
        "mr-hippocampus-msd/images/hippocampus_003.nii.gz, J, false, 2, 27.40",
        "mr-hippocampus-msd/images/hippocampus_004.nii.gz, J, false, 3, 23.29",
        "mr-hippocampus-msd/images/hippocampus_004.nii.gz, J, false, 5, 20.84",
        "mr-spinalcord-sct/t2.nii.gz, J, false, 2, 30.26",
    })
    void theFlowIsAFairOpponentAndTheTargetBeatsAll(String file, SliceAxis axis, boolean ct, int stride,
            double disPsnr) throws Exception {
        Path path = VOLUMES.resolve(file);
        assumeTrue(Files.exists(path), "no " + path);
        Volume volume = VolumeFiles.read(path);
        IntensityWindow window = ct ? new IntensityWindow(-160, 240) : IntensityWindow.automatic(volume);
        List<InterpolationMethod> methods = new ArrayList<>();
        for (Interpolation kind : List.of(Interpolation.LINEAR, Interpolation.CUBIC,
                Interpolation.SPLINE, Interpolation.FLOW, Interpolation.MOTION, Interpolation.LEARNED)) {
            methods.add(new Baseline(kind, 2));
        }
        List<MethodResult> results = new InterpolationStudy(SliceStack.of(volume, axis, window), stride)
                .run(file, methods, "motion").methods();
        MethodResult flow = results.get(3);
        MethodResult motion = results.get(4);
        MethodResult learned = results.getLast();
        assertTrue(flow.psnr() > disPsnr - FAIR, "flow " + flow.psnr() + ", DIS " + disPsnr);
        for (MethodResult rival : results.subList(0, 4)) {
            assertTrue(motion.psnr() > rival.psnr() && motion.ssim() > rival.ssim(), rival.method() + " "
                    + rival.psnr() + "/" + rival.ssim() + ", motion " + motion.psnr() + "/" + motion.ssim());
            assertTrue(learned.psnr() > rival.psnr() && learned.ssim() > rival.ssim(), rival.method() + " "
                    + rival.psnr() + "/" + rival.ssim() + ", learned " + learned.psnr() + "/" + learned.ssim());
        }
        assertTrue(learned.psnr() >= motion.psnr(), "motion " + motion.psnr() + ", learned " + learned.psnr());
    }
}
