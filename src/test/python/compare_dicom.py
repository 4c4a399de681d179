#!/usr/bin/env python3
"""Holds our DICOM reader to pydicom with GDCM, and to dcm2niix, on folders of other people's files.

Of every image series below the given folders one file is named to our reader (through the test class DumpVolumes), which
reads its series. Then
- each slice of the file, as pydicom and GDCM decode and rescale it, must be a slice of our volume, to the bit;
- our volume must be a volume of what dcm2niix makes of that series, or of a NIfTI file in the folder, up to the order and
  direction of axes: equal voxels, and each corner within 0.05 mm.
Prints one line per series with both verdicts, or why we refuse it, and ends with status 1 when any differs.

    mvn -q test-compile
    /usr/bin/python3 src/test/python/compare_dicom.py FOLDER...

Needs Debian's dcm2niix, python3-nibabel, python3-pydicom, python3-gdcm and python3-numpy; JAVA_HOME must name a JDK 25
or newer.
"""
import collections
import pathlib
import subprocess
import sys
import tempfile
import warnings

import nibabel
import numpy
import pydicom

from compare_volumes import read_ours

warnings.simplefilter("ignore")
TOLERANCE_MM = 0.05


def image_series(folder):
    """The first file of each series that holds grey pixels, by the series' identifier."""
    series = collections.OrderedDict()
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        try:
            data = pydicom.dcmread(path, stop_before_pixels=True)
        except Exception:
            continue
        if "Rows" in data and data.get("SamplesPerPixel", 1) == 1:
            # One folder holds one series here: naming a file chooses its series among its siblings.
            key = (str(data.get("SeriesInstanceUID", "")) or path.name, path.parent)
            if len(series.setdefault(key, [])) == 0 or str(data.get("Modality")) == "":
                series[key].append(path)
    return series


def slices_of(path):
    """Each slice of a file, rescaled, by pydicom: transposed as our voxels are."""
    data = pydicom.dcmread(path)
    pixels = numpy.asarray(data.pixel_array)
    frames = pixels if pixels.ndim == 3 else pixels[None]
    shared = data.get("SharedFunctionalGroupsSequence", [None])[0]
    groups = data.get("PerFrameFunctionalGroupsSequence", [])
    for n, frame in enumerate(frames):
        holder = data
        for group in (groups[n] if n < len(groups) else None, shared):
            if group is not None and "PixelValueTransformationSequence" in group:
                holder = group.PixelValueTransformationSequence[0]
                break
        slope = float(holder.get("RescaleSlope", 1) or 1)
        intercept = float(holder.get("RescaleIntercept", 0) or 0)
        if "DoseGridScaling" in data:
            slope, intercept = float(data.DoseGridScaling), 0
        yield (frame * slope + intercept).astype("f4").T


def is_mosaic(path):
    kinds = pydicom.dcmread(path, stop_before_pixels=True).get("ImageType") or []
    return "MOSAIC" in kinds or "VFRAME" in kinds


def against_pydicom(ours, path):
    if is_mosaic(path):
        return "mosaic"
    try:
        slices = list(slices_of(path))
    except Exception as error:
        return f"pydicom does not decode it ({type(error).__name__})"
    if ours["frames"] > 1:
        # Several volumes: our frame holds only some of a file's frames.
        slices = [s for s in slices if s.shape == ours["voxels"].shape[:2]]
        found = sum(any(numpy.array_equal(s, ours["voxels"][:, :, k]) for s in slices)
                    for k in range(ours["voxels"].shape[2]))
        return "equal" if len(slices) == 1 and found or found == ours["voxels"].shape[2] else "differs"
    for one in slices:
        if one.shape != ours["voxels"].shape[:2] \
                or not any(numpy.array_equal(one, ours["voxels"][:, :, k]) for k in range(ours["voxels"].shape[2])):
            return "differs"
    return "equal"


def canonical(voxels, affine):
    image = nibabel.as_closest_canonical(nibabel.Nifti1Image(voxels, affine))
    return numpy.asarray(image.dataobj), image.affine


def against_nifti(ours, candidates):
    """Equal to which of them; or the nearest miss in words."""
    if ours.get("positions"):
        return "slices at places of their own, which NIfTI cannot hold"
    voxels, affine = canonical(ours["voxels"], ours["affine"])
    miss = "no volume of this size" if candidates else "dcm2niix makes none"
    for path in candidates:
        image = nibabel.load(path)
        data = numpy.asarray(image.dataobj)
        if data.dtype.names or data.ndim < 3 and data.ndim != 2:
            continue
        data = data.reshape(data.shape[:3] + (1,) * (3 - data.ndim) + (-1,)) if data.ndim != 3 else data[..., None]
        for n in range(data.shape[3]):
            other, other_affine = canonical(data[..., n].astype("f4"), image.affine)
            if other.shape != voxels.shape:
                continue
            if not numpy.allclose(other, voxels, rtol=1e-5, atol=1e-4):
                miss = f"voxels differ by up to {numpy.abs(other - voxels).max():.6g} from {path.name}" \
                    if not miss.startswith("place") else miss
                continue
            corners = numpy.array([[i, j, k, 1] for i in (0, other.shape[0] - 1) for j in (0, other.shape[1] - 1)
                                   for k in (0, other.shape[2] - 1)]).T
            off = numpy.abs((other_affine - affine) @ corners)[:3].max()
            if off <= TOLERANCE_MM:
                return "equal"
            if any("_Tilt_" in other.name for other in candidates):
                return "equal but for the tilt of the gantry, which dcm2niix takes out"
            if any("give no positions" in note or "no orientation" in note for note in ours["notes"]):
                return "equal but for the place, which the files do not give"
            miss = f"place off by up to {off:.4g} mm from {path.name}"
    return miss


def compare(root):
    failures = 0
    series = image_series(root)
    paths = [files[0] for files in series.values()]
    if not paths:
        print(f"{root}: no image series there")
        return 0
    verdicts = collections.Counter()
    for (key, folder), path, ours in zip(series, paths, read_ours(paths)):
        name = path.relative_to(root)
        if "error" in ours:
            print("refused", name, ours["error"].split(": ", 1)[-1])
            verdicts["refused"] += 1
            continue
        with tempfile.TemporaryDirectory() as out:
            subprocess.run(["dcm2niix", "-z", "n", "-b", "n", "-p", "n", "-f", "%j_%s", "-o", out, folder], capture_output=True)
            made = [p for p in pathlib.Path(out).glob("*.nii") if p.name.startswith(key)] \
                or list(pathlib.Path(out).glob("*.nii"))
            kept = [p for p in root.rglob("*.nii*") if p.is_file()]
            pixels = against_pydicom(ours, path)
            nifti = against_nifti(ours, made)
            if nifti != "equal" and against_nifti(ours, kept) == "equal":
                nifti = "equal to the folder's NIfTI"
        bad = pixels == "differs" or nifti.startswith(("voxels", "place"))
        failures += bad
        verdicts[f"pydicom {pixels.split(' (')[0]}, dcm2niix {nifti.split(' by ')[0].split(' off')[0]}"] += 1
        print("differs" if bad else "equal  ", name, f"{'x'.join(map(str, ours['sizes']))}; pydicom: {pixels}; dcm2niix:",
              nifti, "; ".join(ours["notes"])[:160])
    for verdict, count in sorted(verdicts.items()):
        print(f"{root.name}: {count} {verdict}")
    return failures


if __name__ == "__main__":
    sys.exit(1 if sum(compare(pathlib.Path(folder)) for folder in sys.argv[1:]) else 0)
