package io.github.medgs.evaluation.tables;

import java.util.List;

/** What the cells of a table hold: two figures each. */
enum Measure {
    /** Slices left out and predicted. */
    INTERPOLATION("psnr", "ssim", 2, 4, "PSNR in decibels / SSIM: higher is better"),
    /** Surfaces of whole masks, by the published measure. */
    PUBLISHED("chamfer", "hd95", 3, 3, "Chamfer / HD95 in millimetres: lower is better"),
    /** Surfaces from every Nth slice of a mask. */
    SPARSE("assd", "dice", 3, 3, "ASSD in millimetres: lower is better / Dice over the slices that were left out: higher is better");

    final String first;
    final String second;
    final int firstDecimals;
    final int secondDecimals;
    final String words;

    Measure(String first, String second, int firstDecimals, int secondDecimals, String words) {
        this.first = first;
        this.second = second;
        this.firstDecimals = firstDecimals;
        this.secondDecimals = secondDecimals;
        this.words = words;
    }

    /** Names of all figures that a cell has, the floor of its protocol among them. */
    List<String> figures() {
        return this == PUBLISHED ? List.of(first, second, "floorChamfer", "floorHd95") : List.of(first, second);
    }
}
