package io.github.medgs.reconstruction;

import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceGeometry;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/**
 * Letters at the edges of a picture that say which side of the patient is there: R and L are his own right and left, A and
 * P front and back, S and I head and feet. Of oblique slices it is the side that the edge is nearest to.
 */
final class EdgeLetters {

    private static final String SIDES = "RLAPSI";

    private final String towards;
    private final SliceAxis axis;

    EdgeLetters(SliceGeometry geometry) {
        String orientation = geometry.gridOf(new double[1]).orientation();
        this.towards = orientation.substring(orientation.length() - 3);
        this.axis = geometry.axis();
    }

    /** On a slice as it lies in the volume: columns to the right, rows down. */
    void onSlice(BufferedImage picture) {
        draw(picture, 0, ofSlice());
    }

    /** On a cut along a row: columns to the right, the last slice on top; {@code from} pixels at its left are no part of it. */
    void onRow(BufferedImage picture, int from) {
        draw(picture, from, ofRow());
    }

    /** On a cut along a column: rows to the right, the last slice on top. */
    void onColumn(BufferedImage picture, int from) {
        draw(picture, from, ofColumn());
    }

    /** Left, right, top and bottom of a slice. */
    String ofSlice() {
        return edges(axis.columnAxis(), opposite(towards.charAt(axis.rowAxis())));
    }

    String ofRow() {
        return edges(axis.columnAxis(), towards.charAt(axis.index()));
    }

    String ofColumn() {
        return edges(axis.rowAxis(), towards.charAt(axis.index()));
    }

    private String edges(int rightAxis, char top) {
        char right = towards.charAt(rightAxis);
        return "" + opposite(right) + right + top + opposite(top);
    }

    private static char opposite(char side) {
        return SIDES.charAt(SIDES.indexOf(side) ^ 1);
    }

    private static void draw(BufferedImage picture, int from, String edges) {
        Graphics2D graphics = picture.createGraphics();
        FontMetrics font = graphics.getFontMetrics();
        int width = picture.getWidth() - from;
        int height = picture.getHeight();
        // Where letters would cover half of a picture, it is too small to be read by them.
        if (width > 6 * font.getHeight() && height > 6 * font.getHeight()) {
            int middle = from + width / 2;
            int line = (height + font.getAscent()) / 2;
            letter(graphics, edges.charAt(0), from + 4, line);
            letter(graphics, edges.charAt(1), picture.getWidth() - 4 - font.charWidth(edges.charAt(1)), line);
            letter(graphics, edges.charAt(2), middle - font.charWidth(edges.charAt(2)) / 2, font.getAscent() + 2);
            letter(graphics, edges.charAt(3), middle - font.charWidth(edges.charAt(3)) / 2, height - 4);
        }
        graphics.dispose();
    }

    // Dark round it, so that it is read on bone and on air.
    private static void letter(Graphics2D graphics, char letter, int x, int y) {
        String text = String.valueOf(letter);
        graphics.setColor(Color.BLACK);
        for (int dx = -1; dx <= 1; dx++) {
            for (int dy = -1; dy <= 1; dy++) {
                graphics.drawString(text, x + dx, y + dy);
            }
        }
        graphics.setColor(Color.WHITE);
        graphics.drawString(text, x, y);
    }
}
