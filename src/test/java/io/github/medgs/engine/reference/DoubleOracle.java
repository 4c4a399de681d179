package io.github.medgs.engine.reference;

import io.github.medgs.engine.Step;
import io.github.medgs.engine.View;
import io.github.medgs.model.Compositing;
import io.github.medgs.model.HeadOpacity;
import io.github.medgs.model.ModelForm;
import io.github.medgs.model.TemporalWindow;
import io.github.medgs.model.TimeAxis;

/**
 * The loss of a step in double precision, written down from the published formulas and not from the kernels, so that
 * its central differences can judge them.
 */
final class DoubleOracle {

    private final ModelForm form;
    private final int count;
    private final int width;
    private final int height;

    DoubleOracle(ModelForm form, int count) {
        this.form = form;
        this.count = count;
        this.width = form.width();
        this.height = form.height();
    }

    /** @param p parameters, {@code p[row][gaussian]} */
    double loss(double[][] p, Step step) {
        double loss = 0;
        for (View view : step.views()) {
            if (view.image() != null) {
                loss += headLoss(render(p, view.time(), false), view.image().values(), view.image().offset(),
                        view.imageCost());
            }
            if (view.mask() != null) {
                loss += headLoss(render(p, view.time(), true), view.mask().values(), view.mask().offset(),
                        view.maskCost());
            }
        }
        return loss + spreadPenalty(p[6], step.spreadPenalty());
    }

    private double spreadPenalty(double[] raw, Step.SpreadPenalty penalty) {
        double below = 0;
        double above = 0;
        int belowCount = 0;
        int aboveCount = 0;
        for (int g = 0; g < count; g++) {
            double sigma = Math.exp(raw[g]);
            if (sigma < penalty.lowest()) {
                below += penalty.lowest() - sigma;
                belowCount++;
            }
            if (sigma > penalty.highest()) {
                above += sigma - penalty.highest();
                aboveCount++;
            }
        }
        return penalty.weight() * (below / Math.max(1, belowCount) + above / Math.max(1, aboveCount));
    }

    double[] render(double[][] p, double t, boolean mask) {
        double[] transmittance = new double[width * height];
        double[] sum = new double[width * height];
        boolean[] finished = new boolean[width * height];
        boolean alphaMode = form.compositing() == Compositing.ALPHA;
        java.util.Arrays.fill(transmittance, alphaMode ? 1 : 0);
        double f = width / 0.72;
        int terms = form.intensityDegree() + 1;
        int motion = 9 + 2 * terms;
        for (int g = 0; g < count; g++) {
            double m = form.timeAxis() == TimeAxis.SLICES ? p[5][g] : 1 / (1 + Math.exp(-p[5][g]));
            double u = m - t;
            double sigma = Math.exp(p[6][g]);
            double window = form.window() == TemporalWindow.HAT
                    ? Math.max(0, 1 - Math.abs(u)) : Math.exp(-u * u / (2 * sigma * sigma));
            if (form.window() == TemporalWindow.HAT ? window <= 1e-5 : window <= 0.1) {
                continue;
            }
            double x = p[0][g];
            double z = p[1][g];
            for (int i = 1; i <= form.motionDegree(); i++) {
                x += p[motion + 2 * (i - 1)][g] * Math.pow(u, i);
                z += p[motion + 2 * (i - 1) + 1][g] * Math.pow(u, i);
            }
            double scaleWindow = form.window() == TemporalWindow.SCALES ? window : 1;
            double sx = f * scaleWindow * Math.exp(p[2][g]);
            double sz = f * scaleWindow * Math.exp(p[3][g]);
            double theta = 2 * Math.PI / (1 + Math.exp(-p[4][g]));
            double c = Math.cos(theta);
            double s = Math.sin(theta);
            double uu = sx * sx * c * c + sz * sz * s * s + 0.3;
            double vv = sx * sx * s * s + sz * sz * c * c + 0.3;
            double uv = (sx * sx - sz * sz) * c * s;
            double determinant = uu * vv - uv * uv;
            double meanU = f * x + (width - 1) / 2.0;
            double meanV = -f * z + (height - 1) / 2.0;
            double raw = mask && form.headOpacity() == HeadOpacity.SEPARATE ? p[8][g] : p[7][g];
            double opacity = alphaMode ? 1 / (1 + Math.exp(-raw)) : Math.exp(raw);
            opacity *= form.window() == TemporalWindow.SCALES ? 1 : window;
            double k = 0;
            for (int i = 0; i < terms; i++) {
                k += p[9 + (mask ? terms : 0) + i][g] * Math.pow(u, i);
            }
            double intensity = 0.5 + 0.28209479177387814 * k;
            intensity = alphaMode ? Math.max(0, intensity) : intensity;
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    int pixel = row * width + column;
                    double du = meanU - column;
                    double dv = meanV - row;
                    double q = (vv * du * du - 2 * uv * du * dv + uu * dv * dv) / determinant;
                    double gaussian = Math.exp(-q / 2);
                    if (!alphaMode) {
                        if (q / 2 <= Math.log(255)) {
                            transmittance[pixel] += opacity * gaussian;
                            sum[pixel] += opacity * gaussian * intensity;
                        }
                        continue;
                    }
                    double alpha = Math.min(0.99, opacity * gaussian);
                    if (finished[pixel] || alpha < 1.0 / 255) {
                        continue;
                    }
                    double behind = transmittance[pixel] * (1 - alpha);
                    if (behind < 1e-4) {
                        finished[pixel] = true;
                        continue;
                    }
                    sum[pixel] += intensity * alpha * transmittance[pixel];
                    transmittance[pixel] = behind;
                }
            }
        }
        if (!alphaMode) {
            for (int pixel = 0; pixel < sum.length; pixel++) {
                sum[pixel] /= transmittance[pixel] + 1e-4;
            }
        }
        return sum;
    }

    private double headLoss(double[] drawn, float[] target, int offset, View.PixelCost cost) {
        double absolute = 0;
        double squared = 0;
        for (int i = 0; i < drawn.length; i++) {
            double d = drawn[i] - target[offset + i];
            absolute += Math.abs(d);
            squared += d * d;
        }
        double loss = (cost.absolute() * absolute + cost.squared() * squared) / drawn.length;
        return cost.structural() == 0 ? loss : loss + cost.structural() * (1 - similarity(drawn, target, offset));
    }

    double similarity(double[] x, float[] target, int offset) {
        double total = 0;
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                double norm = 0;
                double mx = 0;
                double my = 0;
                double xx = 0;
                double yy = 0;
                double xy = 0;
                for (int dr = -5; dr <= 5; dr++) {
                    for (int dc = -5; dc <= 5; dc++) {
                        double w = Math.exp(-(dr * dr + dc * dc) / 4.5);
                        norm += w;
                        int r = row + dr;
                        int q = column + dc;
                        if (r < 0 || r >= height || q < 0 || q >= width) {
                            continue;
                        }
                        double a = x[r * width + q];
                        double b = target[offset + r * width + q];
                        mx += w * a;
                        my += w * b;
                        xx += w * a * a;
                        yy += w * b * b;
                        xy += w * a * b;
                    }
                }
                mx /= norm;
                my /= norm;
                xx = xx / norm - mx * mx;
                yy = yy / norm - my * my;
                xy = xy / norm - mx * my;
                total += (2 * mx * my + 1e-4) * (2 * xy + 9e-4)
                        / ((mx * mx + my * my + 1e-4) * (xx + yy + 9e-4));
            }
        }
        return total / x.length;
    }
}
