package io.github.medgs.volume.nifti;

import io.github.medgs.volume.Words;
import io.github.medgs.volume.raw.Conventions;
import java.util.List;
import org.joml.Matrix4d;
import org.joml.Quaterniond;
import org.joml.Vector3d;

/**
 * Where a NIfTI file's voxels lie: the sform's affine where it has one, else the qform's rotation, else spacing alone
 * (nifti1.h, methods 3, 2 and 1). Millimetres, RAS+.
 */
final class NiftiOrientation {

    /** Millimetres between places of one voxel by sform and by qform that are not worth a word. */
    private static final double MOST_APART = 0.1;

    private NiftiOrientation() {}

    /** @param notes receives what had to be repaired or chosen */
    static Matrix4d of(NiftiHeader header, List<String> notes) {
        double unit = millimetresPerUnit(header.units(), notes);
        double[] spacing = spacing(header, notes);
        Matrix4d sform = header.sformCode() > 0 ? sform(header) : null;
        Matrix4d qform = header.qformCode() > 0 ? qform(header, spacing, notes) : null;
        if (sform != null && !Conventions.isInvertible(sform)) {
            notes.add("the sform is singular and was left out");
            sform = null;
        }
        if (qform != null && !Conventions.isInvertible(qform)) {
            notes.add("the qform is not finite and was left out");
            qform = null;
        }
        if (sform != null && qform != null) {
            noteDisagreement(sform, qform, unit, header, notes);
        }
        Matrix4d affine = sform != null ? sform : qform;
        if (affine == null) {
            notes.add("the header gives no orientation: only the spacing is known");
            affine = new Matrix4d().scale(spacing[0], spacing[1], spacing[2]);
        }
        return new Matrix4d().scale(unit).mul(affine);
    }

    private static Matrix4d sform(NiftiHeader header) {
        Matrix4d affine = new Matrix4d();
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 4; column++) {
                affine.set(column, row, header.sform()[4 * row + column]);
            }
        }
        return affine;
    }

    // The quaternion's real part is left out of the file: the four have unit length.
    private static Matrix4d qform(NiftiHeader header, double[] spacing, List<String> notes) {
        double b = header.quaternion()[0];
        double c = header.quaternion()[1];
        double d = header.quaternion()[2];
        double rest = 1 - (b * b + c * c + d * d);
        if (rest < -1e-5) {
            notes.add("the qform's quaternion is longer than one and was scaled");
        }
        Quaterniond rotation = new Quaterniond(b, c, d, Math.sqrt(Math.max(0, rest))).normalize();
        double handedness = header.pixdim()[0] < 0 ? -1 : 1;
        return new Matrix4d()
                .translate(header.quaternion()[3], header.quaternion()[4], header.quaternion()[5])
                .rotate(rotation)
                .scale(spacing[0], spacing[1], handedness * spacing[2]);
    }

    private static double[] spacing(NiftiHeader header, List<String> notes) {
        double[] spacing = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            double stored = Math.abs(header.pixdim()[axis + 1]);
            boolean usable = stored > 0 && Double.isFinite(stored);
            spacing[axis] = usable ? stored : 1;
            if (!usable && header.sformCode() <= 0) {
                notes.add("the spacing along axis " + "ijk".charAt(axis) + " is " + stored + " and was taken as 1");
            }
        }
        return spacing;
    }

    private static double millimetresPerUnit(int units, List<String> notes) {
        return switch (units & 7) {
            case 1 -> 1000;
            case 3 -> 0.001;
            case 0, 2 -> 1;
            default -> {
                notes.add("the unit of length is unknown (code " + (units & 7) + ") and was taken as millimetres");
                yield 1;
            }
        };
    }

    private static void noteDisagreement(Matrix4d sform, Matrix4d qform, double unit, NiftiHeader header,
            List<String> notes) {
        double farthest = 0;
        for (int corner = 0; corner < 8; corner++) {
            Vector3d index = new Vector3d((corner & 1) * (header.sizes()[0] - 1.0),
                    (corner >> 1 & 1) * (header.sizes()[1] - 1.0), (corner >> 2) * (header.sizes()[2] - 1.0));
            farthest = Math.max(farthest, sform.transformPosition(new Vector3d(index))
                    .distance(qform.transformPosition(new Vector3d(index))));
        }
        if (farthest * unit > MOST_APART) {
            notes.add("sform and qform disagree by up to " + Words.number(farthest * unit, 3) + " mm; the sform was taken");
        }
    }
}
