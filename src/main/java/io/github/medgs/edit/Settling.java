package io.github.medgs.edit;

import io.github.medgs.kernel.Folding;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.HeadRows;
import io.github.medgs.model.ModelForm;
import io.github.medgs.model.TrainedModel;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Intensities that show a canvas's pictures.
 *
 * <p>Gaussians overlap. At an edge they were trained beyond the intensities that are seen, so that the sum is sharp; put
 * beside other neighbours they would show the edge elsewhere. Pixels are linear in the intensities, so, round by round,
 * what is missing where a Gaussian stands is added to it (Van Cittert 1931), as training does at its start. Whichever stands
 * somewhere that the edit touches is settled wherever it shows, so that nothing changes elsewhere.
 *
 * <p>An anchored Gaussian's intensity is a polynomial in u, seen at u = 0 on its own slice and at thirds of the way to
 * the next ones with the hat's weight 1 - |u|. What is missing at one u is added along the polynomials that are
 * orthonormal over those five: the step of least squares, so that what is right at one u is disturbed least at the
 * others, and nothing runs away where it is hardly seen.
 */
final class Settling {

    private static final int ROUNDS = 20;

    /** How much more the own slice counts than what lies between: it is what was acquired. */
    private static final double OWN_SLICE = 3;

    private final FoldedGaussians gaussians;
    private final ModelForm form;
    private final GaussianPlaces places;
    private final Canvas canvas;
    private final HeadRows heads;
    private final BitSet repainted = new BitSet();
    private final boolean image;
    private final boolean mask;
    private final double[][] basis;

    Settling(TrainedModel edited, SliceSpace space, Canvas canvas) {
        this.gaussians = edited.gaussians();
        this.form = gaussians.form();
        this.places = new GaussianPlaces(gaussians, space);
        this.canvas = canvas;
        this.basis = basis(form.intensityDegree());
        this.heads = new HeadRows(edited);
        this.image = edited.image();
        this.mask = edited.mask();
    }

    /** Repaints in place. */
    void settle() {
        List<Patch> patches = new ArrayList<>();
        for (Canvas.Picture picture : canvas.pictures()) {
            patches.add(new Patch(gaussians, heads, places.near(picture.time()), picture.time(), canvas.rectangle(), null));
        }
        for (int n = 0; n < patches.size(); n++) {
            find(canvas.pictures().get(n), patches.get(n));
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int n = 0; n < patches.size(); n++) {
                correct(canvas.pictures().get(n), patches.get(n));
            }
        }
    }

    /** Marks the Gaussians that stand where a picture is touched. */
    private void find(Canvas.Picture picture, Patch patch) {
        patch.draw();
        for (int k = 0; k < patch.count(); k++) {
            int p = canvas.rectangle().nearest(patch.column(k), patch.row(k));
            if (p >= 0 && picture.touched()[p] && isOwn(patch.gaussian(k), picture)) {
                repainted.set(patch.gaussian(k));
            }
        }
    }

    private void correct(Canvas.Picture picture, Patch patch) {
        float[][] missing = patch.draw();
        for (int head = 0; head < heads.count(); head++) {
            for (int p = 0; p < missing[head].length; p++) {
                float target = picture.target()[head][p];
                missing[head][p] = Float.isNaN(target) ? 0 : target - missing[head][p];
            }
        }
        for (int k = 0; k < patch.count(); k++) {
            int p = canvas.rectangle().nearest(patch.column(k), patch.row(k));
            int g = patch.gaussian(k);
            if (p < 0 || !repainted.get(g) || !isOwn(g, picture)) {
                continue;
            }
            float[] means = patch.meansUnder(k, missing);
            for (int head = 0; head < heads.count(); head++) {
                if (head == 0 ? image : mask) {
                    add(g, heads.intensity(head), picture, means[head] / Folding.C0);
                }
            }
        }
    }

    /** Whether a picture may change a Gaussian: its own slice's, and those up to the next slices when it is anchored. */
    private boolean isOwn(int g, Canvas.Picture picture) {
        return GaussianPlaces.anchored(form) || places.sliceOf(g) == picture.slice();
    }

    private void add(int g, int row, Canvas.Picture picture, float missing) {
        if (!GaussianPlaces.anchored(form)) {
            gaussians.set(row, g, gaussians.get(row, g) + missing);
            return;
        }
        double u = places.time(g) - picture.time();
        double weight = (picture.between() ? 1 : OWN_SLICE) * (1 - Math.abs(u)) * missing;
        for (double[] polynomial : basis) {
            double along = weight * value(polynomial, u);
            for (int order = 0; order < polynomial.length; order++) {
                gaussians.set(row + order, g, (float) (gaussians.get(row + order, g) + along * polynomial[order]));
            }
        }
    }

    /**
     * Polynomials up to a degree, orthonormal over u = 0 and the thirds, each weighed as it is seen (Gram and Schmidt).
     */
    private static double[][] basis(int degree) {
        double[][] basis = new double[degree + 1][];
        for (int n = 0; n <= degree; n++) {
            double[] polynomial = new double[degree + 1];
            polynomial[n] = 1;
            for (int m = 0; m < n; m++) {
                double along = product(polynomial, basis[m]);
                for (int order = 0; order <= degree; order++) {
                    polynomial[order] -= along * basis[m][order];
                }
            }
            double length = Math.sqrt(product(polynomial, polynomial));
            for (int order = 0; order <= degree; order++) {
                polynomial[order] /= length;
            }
            basis[n] = polynomial;
        }
        return basis;
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int third = 1 - SliceSpace.STEPS_A_GAP; third < SliceSpace.STEPS_A_GAP; third++) {
            double u = (double) third / SliceSpace.STEPS_A_GAP;
            double weight = (1 - Math.abs(u)) * (1 - Math.abs(u)) * (third == 0 ? OWN_SLICE : 1);
            sum += weight * value(a, u) * value(b, u);
        }
        return sum;
    }

    private static double value(double[] polynomial, double u) {
        double sum = 0;
        for (int order = polynomial.length - 1; order >= 0; order--) {
            sum = sum * u + polynomial[order];
        }
        return sum;
    }
}
