package io.github.medgs.volume.phantom;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What is known of one label.
 *
 * @param areaMm2 surface area, or null where no formula gives it
 * @param how whether the numbers come from a formula or were counted on a fine grid
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Structure(int label, String name, double volumeMm3, Double areaMm2, String how) {

    static Structure exact(int label, String name, double volumeMm3, double areaMm2) {
        return new Structure(label, name, volumeMm3, areaMm2, "formula");
    }

    static Structure exactVolume(int label, String name, double volumeMm3) {
        return new Structure(label, name, volumeMm3, null, "formula");
    }

    static Structure counted(int label, String name, double volumeMm3) {
        return new Structure(label, name, volumeMm3, null, "counted on a grid four times finer, good to 0.2 %");
    }

    /** The same shape so many times as large. */
    Structure scaled(double times) {
        return new Structure(label, name, volumeMm3 * times * times * times,
                areaMm2 == null ? null : areaMm2 * times * times, how);
    }
}
