package io.github.medgs.cli;

import picocli.CommandLine.Option;

/** How a mask is understood that is not simply labels on the image's grid. */
final class MaskOptions {

    @Option(names = "--resample-mask", description = "a mask on another grid is resampled onto the image's: labels by nearest voxels, soft masks linearly")
    boolean resample;

    @Option(names = "--soft", description = "the mask holds probabilities, from 0 to 1 or from 0 to 255, not labels")
    boolean soft;
}
