#!/usr/bin/env python3
"""Holds MGZ, MGH and GIFTI to nibabel: what medgs writes of the sample volumes nibabel reads as it was, what nibabel
writes medgs reads, voxel by voxel.

    /usr/bin/python3 src/test/python/compare_freesurfer.py     after the jar is built; needs nibabel
"""
import pathlib
import subprocess
import sys
import tempfile

import nibabel as nib
import numpy as np

HOME = pathlib.Path(__file__).resolve().parents[3]
AFFINE = np.array([[-.7, .1, .2, 30], [.05, -.1, 1.1, -12], [.03, .9, .1, 5], [0, 0, 0, 1]])
faults = 0


def medgs(*arguments):
    subprocess.run([HOME / "tornado-env.sh", "medgs", *map(str, arguments), "--quiet"], check=True,
                   stderr=subprocess.DEVNULL)


def check(what, right):
    global faults
    faults += not right
    print("right" if right else "WRONG", what)


def same(a, b):
    return np.array_equal(np.asarray(a.dataobj), np.asarray(b.dataobj)) and np.abs(a.affine - b.affine).max() < 1e-4


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for volume in sorted((HOME / "sample-volumes").glob("*.nii.gz")):
            for ending in "mgz", "mgh":
                target = folder / f"{volume.name}.{ending}"
                medgs("convert", volume, target)
                check(f"{volume.name} to {ending}", same(nib.load(volume), nib.load(target)))
        for kind in "u1", "i2", "i4", "f4":
            voxels = (np.random.default_rng(0).random((5, 7, 3)) * 200).astype(kind)
            source = folder / f"{kind}.mgz"
            nib.save(nib.freesurfer.MGHImage(voxels, AFFINE), source)
            medgs("convert", source, folder / f"{kind}.nii")
            check(f"{kind} from mgz", same(nib.load(source), nib.load(folder / f"{kind}.nii")))
        mask = HOME / "sample-volumes" / "kidney-mask.nii.gz"
        medgs("mesh", mask, "--label", "1", "-o", folder / "k.surf.gii")
        medgs("mesh", mask, "--label", "1", "--frame", "RAS", "-o", folder / "k.ply")
        surface = nib.load(folder / "k.surf.gii")
        points, triangles = surface.agg_data("pointset"), surface.agg_data("triangle")
        ply = (folder / "k.ply").read_bytes()
        begin = ply.index(b"end_header\n") + 11
        own = np.frombuffer(ply[begin:begin + 24 * len(points)], "<f4").reshape(-1, 6)[:, :3]
        check("GIFTI's points are the PLY's in RAS", np.array_equal(own, points))
        corners = points.astype("f8")[triangles]
        volume = (np.cross(corners[:, 0], corners[:, 1]) * corners[:, 2]).sum() / 6
        voxels = (np.asarray(nib.load(mask).dataobj) == 1).sum() * np.abs(np.linalg.det(nib.load(mask).affine))
        check(f"GIFTI's volume {volume:.0f} mm3 is the label's {voxels:.0f}", abs(volume / voxels - 1) < 1e-3)
    sys.exit(faults != 0)


main()
