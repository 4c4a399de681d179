package io.github.medgs.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lines over a common axis, as SVG that takes the page's colours. */
public final class LineChart {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 260;
    private static final int LEFT = 58;
    private static final int BOTTOM = 40;
    private static final int TOP = 12;
    private static final int RIGHT = 12;
    private static final int TICKS = 5;
    private static final int MOST_DECIMALS = 8;
    /** Kinds of lines in the page's style; those beyond begin again. */
    private static final int KINDS = 7;

    private final String caption;
    private final String xTitle;
    private final String yTitle;
    private final List<Line> lines = new ArrayList<>();

    private record Line(String name, double[] x, double[] y) {}

    public LineChart(String caption, String xTitle, String yTitle) {
        this.caption = caption;
        this.xTitle = xTitle;
        this.yTitle = yTitle;
    }

    /** Adds a line; points that are not finite are left out. */
    public LineChart line(String name, double[] x, double[] y) {
        lines.add(new Line(name, x, y));
        return this;
    }

    String caption() {
        return caption;
    }

    String toSvg() {
        double[] range = range();
        StringBuilder svg = new StringBuilder("<svg viewBox=\"0 0 " + WIDTH + " " + HEIGHT + "\" role=\"img\" aria-label=\""
                + Page.escaped(caption) + "\">\n");
        for (int tick = 0; tick <= TICKS; tick++) {
            double x = range[0] + (range[1] - range[0]) * tick / TICKS;
            double y = range[2] + (range[3] - range[2]) * tick / TICKS;
            svg.append(String.format(Locale.ROOT, "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>\n",
                    LEFT, WIDTH - RIGHT, y(y, range), y(y, range)));
            svg.append(text(LEFT - 6, y(y, range) + 4, "end", number(y, (range[3] - range[2]) / TICKS)));
            svg.append(text(x(x, range), HEIGHT - BOTTOM + 16, "middle", number(x, (range[1] - range[0]) / TICKS)));
        }
        svg.append(text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 6, "middle", xTitle));
        svg.append("<text x=\"14\" y=\"" + HEIGHT / 2 + "\" transform=\"rotate(-90 14 " + HEIGHT / 2
                + ")\" text-anchor=\"middle\">" + Page.escaped(yTitle) + "</text>\n");
        for (int l = 0; l < lines.size(); l++) {
            Line line = lines.get(l);
            StringBuilder points = new StringBuilder();
            for (int i = 0; i < line.x().length; i++) {
                if (Double.isFinite(line.y()[i])) {
                    points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(line.x()[i], range), y(line.y()[i], range)));
                }
            }
            svg.append("<polyline class=\"").append(kind(l)).append("\" points=\"").append(points).append("\"/>\n");
        }
        return svg.append("</svg>").toString();
    }

    /** Which line is which, below the chart; nothing for a single one. */
    String legend() {
        StringBuilder legend = new StringBuilder();
        for (int l = 0; l < lines.size() && lines.size() > 1; l++) {
            legend.append("<span class=\"legend\"><svg viewBox=\"0 0 30 8\" aria-hidden=\"true\"><polyline class=\"")
                    .append(kind(l)).append("\" points=\"0,4 30,4\"/></svg>").append(Page.escaped(lines.get(l).name()))
                    .append("</span>");
        }
        return legend.toString();
    }

    private static String kind(int line) {
        return "line" + line % KINDS;
    }

    /** Lowest and highest x and y. */
    private double[] range() {
        double[] range = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY};
        for (Line line : lines) {
            for (int i = 0; i < line.x().length; i++) {
                if (Double.isFinite(line.y()[i])) {
                    range[0] = Math.min(range[0], line.x()[i]);
                    range[1] = Math.max(range[1], line.x()[i]);
                    range[2] = Math.min(range[2], line.y()[i]);
                    range[3] = Math.max(range[3], line.y()[i]);
                }
            }
        }
        for (int axis = 0; axis < 4; axis += 2) {
            if (!(range[axis] < range[axis + 1])) {
                range[axis] = Double.isFinite(range[axis]) ? range[axis] - 0.5 : 0;
                range[axis + 1] = range[axis] + 1;
            }
        }
        return range;
    }

    private static double x(double x, double[] range) {
        return LEFT + (x - range[0]) / (range[1] - range[0]) * (WIDTH - LEFT - RIGHT);
    }

    private static double y(double y, double[] range) {
        return HEIGHT - BOTTOM - (y - range[2]) / (range[3] - range[2]) * (HEIGHT - BOTTOM - TOP);
    }

    private static String text(double x, double y, String anchor, String text) {
        return String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n", x, y, anchor,
                Page.escaped(text));
    }

    // With as many decimals as tell it from the next one.
    private static String number(double value, double step) {
        double size = Math.abs(value);
        int decimals = size >= 100 || size == 0 ? 0 : size >= 1 ? 1 : 3;
        int needed = size == 0 ? 0 : (int) Math.ceil(-Math.log10(step) - 1e-6);
        return String.format(Locale.ROOT, "%." + Math.max(decimals, Math.min(needed, MOST_DECIMALS)) + "f", value);
    }
}
