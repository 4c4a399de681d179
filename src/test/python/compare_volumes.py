#!/usr/bin/env python3
"""Holds our volume readers to independent ones.

Reads every volume below a folder with our readers (through the test class DumpVolumes) and with nibabel, and compares
sizes, voxels and affines. Prints one line per file and ends with status 1 when any differs.

    mvn -q test-compile
    /usr/bin/python3 src/test/python/compare_volumes.py ../shared/volumes

Needs Debian's python3-nibabel and python3-numpy; JAVA_HOME must name a JDK 25 or newer.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import nibabel
import numpy

PROJECT = pathlib.Path(__file__).resolve().parents[3]


def class_path():
    listing = PROJECT / "target" / "test-classpath.txt"
    subprocess.run(["mvn", "-q", "dependency:build-classpath", "-Dmdep.includeScope=test",
                    f"-Dmdep.outputFile={listing}"], cwd=PROJECT, check=True)
    return os.pathsep.join([str(PROJECT / "target/test-classes"), str(PROJECT / "target/classes"),
                            listing.read_text().strip()])


def read_ours(paths):
    """Sizes, affine and voxels of each path as our readers see them, or their error."""
    java = pathlib.Path(os.environ["JAVA_HOME"]) / "bin" / "java"
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([java, "-Xmx2g", "-cp", class_path(), "io.github.medgs.volume.DumpVolumes", folder,
                        *map(str, paths)], check=True)
        volumes = []
        for number in range(1, len(paths) + 1):
            description = json.loads(pathlib.Path(folder, f"{number}.json").read_text())
            if "error" not in description:
                voxels = numpy.fromfile(pathlib.Path(folder, f"{number}.raw"), "<f4")
                description["voxels"] = voxels.reshape(description["sizes"], order="F")
                description["affine"] = numpy.vstack([numpy.reshape(description["affine"], (3, 4)), [0, 0, 0, 1]])
            volumes.append(description)
        return volumes


def read_nifti(path):
    image = nibabel.load(path)
    voxels = numpy.asarray(image.dataobj)
    while voxels.ndim > 3:
        voxels = voxels[..., 0]
    voxels = voxels.reshape(voxels.shape + (1,) * (3 - voxels.ndim))
    return voxels, image.affine


READERS = {".nii": read_nifti, ".nii.gz": read_nifti, ".hdr": read_nifti}


def reader_of(path):
    for suffix, reader in READERS.items():
        if path.name.lower().endswith(suffix):
            return reader
    return None


def difference(ours, path):
    """What differs between our volume and the independent reader's, or None."""
    if "error" in ours:
        return "refused: " + ours["error"]
    voxels, affine = reader_of(path)(path)
    if voxels.shape != tuple(ours["sizes"]):
        return f"sizes {ours['sizes']} against {voxels.shape}"
    if not numpy.allclose(affine, ours["affine"], rtol=1e-6, atol=1e-6):
        return f"affine\n{ours['affine']}\nagainst\n{affine}"
    if not numpy.array_equal(voxels.astype("f4"), ours["voxels"], equal_nan=True):
        return f"voxels, by up to {numpy.nanmax(numpy.abs(voxels - ours['voxels']))}"
    return None


def main():
    root = pathlib.Path(sys.argv[1])
    paths = sorted(path for path in root.rglob("*") if reader_of(path))
    if not paths:
        sys.exit(f"{root}: no volumes there")
    failures = 0
    for path, ours in zip(paths, read_ours(paths)):
        problem = difference(ours, path)
        failures += problem is not None
        print("differs" if problem else "equal  ", path.relative_to(root), problem or ours["format"])
    print(f"{len(paths) - failures} of {len(paths)} equal")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
