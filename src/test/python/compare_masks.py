#!/usr/bin/env python3
"""Holds our DICOM masks to other programs.

Makes a DICOM series out of a sample volume. Its mask goes out as a segmentation (medgs convert), which pydicom, dcmdump,
gdcminfo and, where it is there, dciodvfy read, and comes in again: the same labels. The mask's outlines, drawn by
matplotlib, go into a structure set, which comes in as a mask: its Dice with the mask it was made from. Ends with status 1
when a program complains or the Dice is below 0.98.

    mvn -q package -DskipTests
    /usr/bin/python3 src/test/python/compare_masks.py

Needs Debian's dcmtk, libgdcm-tools, python3-nibabel, python3-pydicom, python3-matplotlib, and dicom3tools for dciodvfy;
JAVA_HOME must name a JDK 25 or newer.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import warnings

import nibabel
import numpy
import pydicom
from matplotlib.figure import Figure

from compare_volumes import LPS, PROJECT, class_path, make_dicom, read_nifti

warnings.simplefilter("ignore")


def medgs(*arguments):
    java = pathlib.Path(os.environ["JAVA_HOME"]) / "bin" / "java"
    done = subprocess.run([java, "-Xmx2g", "--add-modules", "jdk.incubator.vector", "-cp", class_path(),
                           "io.github.medgs.cli.Main", *map(str, arguments)], capture_output=True, text=True)
    if done.returncode:
        sys.exit("medgs " + " ".join(map(str, arguments)) + ": " + done.stderr)


def complaints(path):
    found = []
    for command in (["dcmdump", "+Qn", path], ["gdcminfo", path], ["dciodvfy", path]):
        if shutil.which(command[0]):
            done = subprocess.run(command, capture_output=True, text=True)
            lines = [line for line in (done.stderr + (done.stdout if command[0] == "dciodvfy" else "")).splitlines()
                     if line.startswith(("Error", "E:", "W:")) or "rror" in line[:20]]
            print(f"{command[0]}: {len(lines)} complaints", *lines[:5], sep="\n    ")
            found += lines
    return found


def structures(path, series, mask, affine):
    """The mask's outlines at one half, slice by slice."""
    first = pydicom.dcmread(next(series.iterdir()), stop_before_pixels=True)
    data = pydicom.Dataset()
    data.file_meta = pydicom.dataset.FileMetaDataset()
    data.file_meta.MediaStorageSOPClassUID = data.SOPClassUID = "1.2.840.10008.5.1.4.1.1.481.3"
    data.file_meta.MediaStorageSOPInstanceUID = data.SOPInstanceUID = "1.2.826.0.1.3680043.2.5"
    data.file_meta.TransferSyntaxUID = pydicom.uid.ImplicitVRLittleEndian
    data.is_little_endian, data.is_implicit_VR = True, True
    data.SeriesInstanceUID, data.Modality = "1.2.826.0.1.3680043.2.6", "RTSTRUCT"
    data.StudyInstanceUID = first.get("StudyInstanceUID", "1.2.826.0.1.3680043.2.7")
    roi, contours = pydicom.Dataset(), pydicom.Dataset()
    roi.ROINumber, roi.ROIName, contours.ReferencedROINumber = 1, "organ", 1
    contours.ContourSequence = pydicom.Sequence()
    lps = LPS @ affine
    for k in range(mask.shape[2]):
        if not mask[:, :, k].any():
            continue
        for line in Figure().add_subplot().contour(mask[:, :, k].T, [0.5]).allsegs[0]:
            points = (lps @ numpy.column_stack([line, numpy.full(len(line), k), numpy.ones(len(line))]).T)[:3].T
            item = pydicom.Dataset()
            item.ContourGeometricType, item.NumberOfContourPoints = "CLOSED_PLANAR", len(line)
            item.ContourData = [f"{value:.6g}" for value in points.ravel()]
            contours.ContourSequence.append(item)
    data.StructureSetROISequence, data.ROIContourSequence = pydicom.Sequence([roi]), pydicom.Sequence([contours])
    data.save_as(path, write_like_original=False)
    return len(contours.ContourSequence)


def main():
    bad = False
    with tempfile.TemporaryDirectory(prefix="masks-") as root:
        root = pathlib.Path(root)
        voxels, affine = read_nifti(PROJECT / "sample-volumes/kidney.nii.gz")
        mask, mask_affine = read_nifti(PROJECT / "sample-volumes/kidney-mask.nii.gz")
        make_dicom(root / "series", voxels, affine, pydicom.uid.ExplicitVRLittleEndian, 16, 1, 0)
        for path in (root / "series").iterdir():
            slice_ = pydicom.dcmread(path)
            slice_.StudyInstanceUID, slice_.PatientID = "1.2.826.0.1.3680043.2.7", "1"
            slice_.FrameOfReferenceUID = "1.2.826.0.1.3680043.2.8"
            slice_.StudyDate, slice_.StudyTime, slice_.StudyID = "20200101", "120000", "1"
            slice_.PatientName = "Phantom^Kidney"
            slice_.save_as(path)

        segmentation = root / "labels.dcm"
        medgs("convert", PROJECT / "sample-volumes/kidney-mask.nii.gz", segmentation, "--like", root / "series")
        bad |= bool(complaints(segmentation))
        data = pydicom.dcmread(segmentation)
        names = {item.SegmentNumber: item.SegmentLabel for item in data.SegmentSequence}
        for number in names:
            frames = [n for n, group in enumerate(data.PerFrameFunctionalGroupsSequence)
                      if group.SegmentIdentificationSequence[0].ReferencedSegmentNumber == number]
            same = data.pixel_array[frames].sum() == (mask == number).sum()
            bad |= not same
            print(f"pydicom: segment {number} \"{names[number]}\", {data.pixel_array[frames].sum()} voxels of "
                  f"{(mask == number).sum()}")
        medgs("convert", segmentation, root / "back.nii.gz", "--like", root / "series")
        back = nibabel.as_closest_canonical(nibabel.load(root / "back.nii.gz")).get_fdata()
        original = nibabel.as_closest_canonical(nibabel.Nifti1Image(mask.astype("u1"), mask_affine)).get_fdata()
        bad |= not numpy.array_equal(back, original)
        print("back again:", "equal" if numpy.array_equal(back, original) else "differs")

        whole = (mask > 0).astype(float)
        count = structures(root / "structures.dcm", root / "series", whole, affine)
        medgs("convert", root / "structures.dcm", root / "filled.nii.gz", "--like", root / "series")
        filled = nibabel.as_closest_canonical(nibabel.load(root / "filled.nii.gz")).get_fdata() > 0
        wanted = original > 0
        dice = 2 * (filled & wanted).sum() / (filled.sum() + wanted.sum())
        bad |= dice < 0.98
        print(f"structure set of {count} contours: Dice {dice:.4f} with the mask it was made from")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
