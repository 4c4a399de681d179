package io.github.medgs.evaluation.compactness;

import java.util.List;

/**
 * What models of one volume's kept slices take and give.
 *
 * @param kept how many slices
 * @param voxels of the kept slices
 * @param niftiBytes of the kept slices as a .nii.gz of the image's own type
 * @param rawBytes of the kept slices as int16
 */
public record CompactnessResult(String volume, int stride, int kept, long voxels, long niftiBytes, long rawBytes,
        List<Point> points) {

    /**
     * One model in one form.
     *
     * @param method the preset or variant
     * @param step of the intensities as a share of the window, {@code null} for floats
     * @param bytes of its file, without acquired slices
     * @param bytesPerVoxel of the kept slices
     * @param ownPsnr of the kept slices, decibels, the mean over slices
     * @param psnr of the slices between
     * @param fitSeconds of training, the same for every form
     */
    public record Point(String method, Double step, int gaussians, long bytes, double bytesPerVoxel, double ownPsnr,
            double ownSsim, double psnr, double ssim, double fitSeconds) {}
}
