package io.github.medgs.surface;

import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * A surface as a picture, drawn without a graphics card: orthographic, a depth buffer, smooth shading by vertex normals,
 * two lights. The head is up.
 */
public final class MeshPicture {

    /** From where it is seen. */
    public enum Side {
        FRONT(0, -1),
        LEFT(1, 0),
        BACK(0, 1),
        RIGHT(-1, 0);

        // Towards the viewer, in LPS.
        private final double x;
        private final double y;

        Side(double x, double y) {
            this.x = x;
            this.y = y;
        }
    }

    /** Samples along each side of a pixel: edges are smooth. */
    private static final int FINER = 2;
    private static final double MARGIN = 0.06;
    private static final double AMBIENT = 0.28;

    private final int size;
    private final float[] depth;
    private final float[] shades;

    private MeshPicture(int size) {
        this.size = size;
        this.depth = new float[size * size];
        this.shades = new float[4 * size * size];
        Arrays.fill(depth, Float.NEGATIVE_INFINITY);
    }

    /**
     * Draws a part in its colours on a transparent square.
     *
     * @param pixels of a side of the picture
     * @param span millimetres that the picture spans; {@link #span} for the part alone
     */
    public static BufferedImage of(MeshPart part, Side side, int pixels, double span) {
        MeshPicture picture = new MeshPicture(FINER * pixels);
        picture.draw(part, side, span);
        return picture.smaller(pixels);
    }

    /** Millimetres that a picture must span to show a mesh from every side. */
    public static double span(TriangleMesh mesh) {
        double[] box = mesh.bounds();
        double across = Math.max(box[3] - box[0], box[4] - box[1]);
        return Math.max(1e-3, Math.max(across, box[5] - box[2]) * (1 + 2 * MARGIN));
    }

    private void draw(MeshPart part, Side side, double span) {
        TriangleMesh mesh = part.mesh().in(Frame.LPS);
        double[] box = mesh.bounds();
        float[] normals = mesh.vertexNormals();
        int count = mesh.vertexCount();
        float[] screen = new float[3 * count];
        float[] light = new float[count];
        double scale = size / span;
        for (int v = 0; v < count; v++) {
            double dx = mesh.vertices()[3 * v] - (box[0] + box[3]) / 2;
            double dy = mesh.vertices()[3 * v + 1] - (box[1] + box[4]) / 2;
            double dz = mesh.vertices()[3 * v + 2] - (box[2] + box[5]) / 2;
            // To the right of the viewer: up x towards the viewer.
            screen[3 * v] = (float) (size / 2.0 + scale * (-side.y * dx + side.x * dy));
            screen[3 * v + 1] = (float) (size / 2.0 - scale * dz);
            screen[3 * v + 2] = (float) (side.x * dx + side.y * dy);
            light[v] = light(normals[3 * v], normals[3 * v + 1], normals[3 * v + 2], side);
        }
        int[] triangles = mesh.triangles();
        for (int t = 0; t < triangles.length; t += 3) {
            fill(part, screen, light, triangles[t], triangles[t + 1], triangles[t + 2]);
        }
    }

    /** A key light from above the viewer's left shoulder and a weak one from the right. */
    private static float light(double nx, double ny, double nz, Side side) {
        double right = -side.y * nx + side.x * ny;
        double front = side.x * nx + side.y * ny;
        double key = Math.max(0, -0.45 * right + 0.55 * nz + 0.70 * front);
        double fill = Math.max(0, 0.70 * right - 0.10 * nz + 0.70 * front);
        return (float) Math.min(1.15, AMBIENT + 0.72 * key + 0.22 * fill);
    }

    private void fill(MeshPart part, float[] screen, float[] light, int a, int b, int c) {
        float ax = screen[3 * a];
        float ay = screen[3 * a + 1];
        float bx = screen[3 * b];
        float by = screen[3 * b + 1];
        float cx = screen[3 * c];
        float cy = screen[3 * c + 1];
        float area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay);
        if (area == 0) {
            return;
        }
        int left = Math.max(0, (int) Math.floor(Math.min(ax, Math.min(bx, cx))));
        int right = Math.min(size - 1, (int) Math.ceil(Math.max(ax, Math.max(bx, cx))));
        int top = Math.max(0, (int) Math.floor(Math.min(ay, Math.min(by, cy))));
        int bottom = Math.min(size - 1, (int) Math.ceil(Math.max(ay, Math.max(by, cy))));
        for (int y = top; y <= bottom; y++) {
            for (int x = left; x <= right; x++) {
                float px = x + 0.5f;
                float py = y + 0.5f;
                float wa = ((bx - px) * (cy - py) - (cx - px) * (by - py)) / area;
                float wb = ((cx - px) * (ay - py) - (ax - px) * (cy - py)) / area;
                float wc = 1 - wa - wb;
                if (wa < 0 || wb < 0 || wc < 0) {
                    continue;
                }
                float z = wa * screen[3 * a + 2] + wb * screen[3 * b + 2] + wc * screen[3 * c + 2];
                int at = y * size + x;
                if (z > depth[at]) {
                    depth[at] = z;
                    float shade = wa * light[a] + wb * light[b] + wc * light[c];
                    for (int channel = 0; channel < 3; channel++) {
                        shades[4 * at + channel] = shade * color(part, channel, a, b, c, wa, wb, wc);
                    }
                    shades[4 * at + 3] = 255;
                }
            }
        }
    }

    private static float color(MeshPart part, int channel, int a, int b, int c, float wa, float wb, float wc) {
        byte[] colors = part.vertexColors();
        if (colors == null) {
            return part.color() >> 16 - 8 * channel & 0xFF;
        }
        return wa * (colors[3 * a + channel] & 0xFF) + wb * (colors[3 * b + channel] & 0xFF)
                + wc * (colors[3 * c + channel] & 0xFF);
    }

    private BufferedImage smaller(int pixels) {
        BufferedImage image = new BufferedImage(pixels, pixels, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < pixels; y++) {
            for (int x = 0; x < pixels; x++) {
                float[] sum = new float[4];
                int covered = 0;
                for (int s = 0; s < FINER * FINER; s++) {
                    int at = 4 * ((FINER * y + s / FINER) * size + FINER * x + s % FINER);
                    covered += shades[at + 3] > 0 ? 1 : 0;
                    for (int channel = 0; channel < 3; channel++) {
                        sum[channel] += shades[at + channel];
                    }
                }
                if (covered > 0) {
                    int argb = 255 * covered / (FINER * FINER) << 24;
                    for (int channel = 0; channel < 3; channel++) {
                        argb |= Math.min(255, Math.round(sum[channel] / covered)) << 16 - 8 * channel;
                    }
                    image.setRGB(x, y, argb);
                }
            }
        }
        return image;
    }
}
