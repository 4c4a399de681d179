#!/usr/bin/env python3
"""Holds the program to giving acquired slices back bit for bit, in every volume below the given folders.

Each volume is learnt in one step along the axis that the program takes for its slices' (what is learnt does not matter
here; AcquiredSlicesTest has every axis), drawn with a slice between each two, and the result is read by nibabel, not by our own reader: every second slice
must equal the input's, in the bytes as they are stored, and type, slope and intercept must be the input's. Inputs of
other formats than NIfTI are read by the independent readers of compare_volumes.py. Prints one line per volume and ends
with status 1 when any differs.

    MEDGS="java -jar target/medgs.jar" /usr/bin/python3 src/test/python/compare_acquired.py ../shared/volumes

MEDGS is how the program is started (default: ./tornado-env.sh medgs). Further paths may be single volumes. Needs what
compare_volumes.py needs.
"""
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile

import nibabel
import numpy

from compare_volumes import read_nifti, reader_of

MEDGS = shlex.split(os.environ.get("MEDGS", "./tornado-env.sh medgs"))
# One step of few Gaussians and no in-between target; and nothing outside the window that would have to be carried.
QUICK = ["iterations=1", "between.target=none", "start.motion=false", "start.pixelsPerGaussian=64"]


def run(*arguments):
    done = subprocess.run([*MEDGS, *map(str, arguments), "--quiet"], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{shlex.join(map(str, arguments))}: status {done.returncode}\n{done.stderr[-2000:]}")


def first_frame(voxels):
    while voxels.ndim > 3:
        voxels = voxels[..., 0]
    return voxels


def scaling(image):
    """Slope and intercept, those that mean nothing as 1 and 0."""
    header = image.dataobj
    return float(header.slope), float(header.inter)


def difference(path, folder):
    """What differs, or None."""
    model, result = folder / "model", folder / "interpolated.nii.gz"
    voxels = reader_of(path)(path)[0]
    window = f"--window={numpy.nanmin(voxels)},{numpy.nanmax(voxels)}"
    run("train", path, "-o", model, "--force", window, *(w for key in QUICK for w in ("--set", key)))
    result.unlink(missing_ok=True)
    run("interpolate", model / "model.medgs", "--factor", 2, "-o", result)
    drawn = nibabel.load(result)
    if reader_of(path) is read_nifti:
        image = nibabel.load(path)
        given = first_frame(image.dataobj.get_unscaled())
        if scaling(image) != scaling(drawn):
            return f"scaling {scaling(image)} became {scaling(drawn)}"
    else:
        given, _ = reader_of(path)(path)
    stored = first_frame(drawn.dataobj.get_unscaled())
    longer = [axis for axis in range(3) if stored.shape[axis] == 2 * given.shape[axis] - 1 > given.shape[axis]]
    if len(longer) != 1:
        return f"sizes {given.shape} became {stored.shape}"
    stored = stored.take(range(0, stored.shape[longer[0]], 2), longer[0])
    if reader_of(path) is not read_nifti:
        if given.dtype.kind == "f" and stored.dtype.kind != "f":  # scaled by its reader
            stored = stored * scaling(drawn)[0] + scaling(drawn)[1]
    if given.dtype.newbyteorder("=") != stored.dtype.newbyteorder("="):
        return f"type {given.dtype} became {stored.dtype}"
    if given.shape != stored.shape:
        return f"sizes {given.shape} became {stored.shape}"
    bits = (numpy.ascontiguousarray(voxels.astype(voxels.dtype.newbyteorder("<"))).tobytes()
            for voxels in (given, stored))
    if next(bits) != next(bits):
        return f"{numpy.sum(given != stored)} voxels differ"
    return None


def main():
    paths = []
    for root in map(pathlib.Path, sys.argv[1:]):
        paths += sorted(path for path in root.rglob("*") if reader_of(path)) if root.is_dir() and not reader_of(root) \
            else [root]
    if not paths:
        sys.exit("no volumes there")
    failures = 0
    with tempfile.TemporaryDirectory(prefix="acquired-") as folder:
        for path in paths:
            problem = difference(path, pathlib.Path(folder))
            failures += problem is not None
            print("differs" if problem else "equal  ", path, problem or "", flush=True)
    print(f"{len(paths) - failures} of {len(paths)} give their acquired slices back bit for bit")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
