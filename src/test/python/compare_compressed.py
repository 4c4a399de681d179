#!/usr/bin/env python3
"""Holds our decoders of compressed DICOM to GDCM's.

Makes slices of 8, 12 and 16 bits, signed and unsigned, smooth and noisy, encodes each with every encoder of DCMTK, GDCM
and OpenJPEG, decodes it with GDCM and with our reader (through the test class DumpVolumes), and compares: lossless ones
exactly, lossy ones within one grey level (of 16 bits: within four, since OpenJPEG, which GDCM uses, rounds one of the
9/7 wavelet's constants to four digits). Prints one line per encoding and ends with status 1 when any differs.

    mvn -q test-compile
    /usr/bin/python3 src/test/python/compare_compressed.py

Needs Debian's dcmtk, libgdcm-tools, libopenjp2-tools, python3-pydicom, python3-gdcm and python3-numpy; JAVA_HOME must
name a JDK 25 or newer.
"""
import pathlib
import subprocess
import sys
import tempfile

import gdcm
import numpy
import pydicom
import pydicom.encaps
import pydicom.uid

from compare_volumes import read_ours

JPEG2000 = {True: "1.2.840.10008.1.2.4.90", False: "1.2.840.10008.1.2.4.91"}


def pictures():
    """(name, bits, signed, array) of what is encoded: 37 x 53, no multiple of any block."""
    rows, columns = numpy.mgrid[:37, :53]
    smooth = numpy.sin(rows / 9) * numpy.cos(columns / 7)
    noise = numpy.random.default_rng(7).uniform(-1, 1, smooth.shape)
    flat = (rows // 12 + columns // 15) % 2 * 1.6 - 0.8
    for bits in (8, 12, 16):
        for signed in (False, True):
            low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if signed else (0, (1 << bits) - 1)
            for name, field in (("smooth", smooth), ("noise", noise), ("flat", flat), ("extreme", numpy.sign(noise))):
                values = numpy.round((field + 1) / 2 * (high - low) + low)
                yield f"{name}-{bits}{'s' if signed else 'u'}", bits, signed, values.astype(int)


def write_plain(path, bits, signed, values):
    data = pydicom.Dataset()
    data.file_meta = pydicom.dataset.FileMetaDataset()
    data.file_meta.MediaStorageSOPClassUID = data.SOPClassUID = pydicom.uid.CTImageStorage
    data.file_meta.MediaStorageSOPInstanceUID = data.SOPInstanceUID = "1.2.826.0.1.3680043.2.3.1"
    data.file_meta.TransferSyntaxUID = pydicom.uid.ExplicitVRLittleEndian
    data.is_little_endian, data.is_implicit_VR = True, False
    data.StudyInstanceUID, data.SeriesInstanceUID = "1.2.826.0.1.3680043.2.3", "1.2.826.0.1.3680043.2.4"
    data.Modality, data.PatientName, data.PatientID, data.InstanceNumber = "CT", "Phantom", "1", 1
    data.Rows, data.Columns = values.shape
    data.SamplesPerPixel, data.PhotometricInterpretation = 1, "MONOCHROME2"
    data.BitsAllocated = 8 if bits == 8 else 16
    data.BitsStored, data.HighBit, data.PixelRepresentation = bits, bits - 1, int(signed)
    data.PixelSpacing, data.SliceThickness = [1, 1], 1
    data.ImageOrientationPatient, data.ImagePositionPatient = [1, 0, 0, 0, 1, 0], [0, 0, 0]
    data.RescaleSlope, data.RescaleIntercept = 1, 0
    stored = values & ((1 << bits) - 1) if bits not in (8, 16) else values
    bytes_ = stored.astype("<u1" if bits == 8 else "<u2").tobytes()
    data.PixelData = bytes_ + b"\0" * (len(bytes_) % 2)
    data["PixelData"].VR = "OW" if bits > 8 else "OB"
    data.save_as(path, write_like_original=False)


def encoders(bits):
    """(name, lossless, command with IN and OUT)."""
    yield "rle-dcmtk", True, ["dcmcrle", "IN", "OUT"]
    yield "rle-gdcm", True, ["gdcmconv", "--rle", "IN", "OUT"]
    for selection in range(1, 8):
        yield f"jpeg-lossless-{selection}", True, ["dcmcjpeg", "+el", "+sv", str(selection), "IN", "OUT"]
    yield "jpeg-lossless-first-order", True, ["dcmcjpeg", "+e1", "IN", "OUT"]
    yield "jpeg-lossless-shifted", True, ["dcmcjpeg", "+e1", "+pt", "2", "IN", "OUT"]
    yield "jpeg-lossless-gdcm", True, ["gdcmconv", "--jpeg", "IN", "OUT"]
    if bits == 8:
        yield "jpeg-baseline", False, ["dcmcjpeg", "+eb", "+q", "85", "IN", "OUT"]
        yield "jpeg-baseline-coarse", False, ["dcmcjpeg", "+eb", "+q", "20", "IN", "OUT"]
    if bits <= 12:
        yield "jpeg-extended", False, ["dcmcjpeg", "+ee", "+q", "85", "IN", "OUT"]
    yield "jpeg-ls-dcmtk", True, ["dcmcjpls", "+el", "IN", "OUT"]
    yield "jpeg-ls-near", True, ["dcmcjpls", "+en", "+md", "3", "IN", "OUT"]
    yield "jpeg-ls-gdcm", True, ["gdcmconv", "--jpegls", "IN", "OUT"]
    yield "jpeg-2000-gdcm", True, ["gdcmconv", "--j2k", "IN", "OUT"]
    yield "jpeg-2000-lossy", False, ["gdcmconv", "--lossy", "--j2k", "--rate", "8", "IN", "OUT"]
    yield "deflated-dcmtk", True, ["dcmconv", "+td", "IN", "OUT"]


def openjpeg(source, values, bits, signed, lossless, options, target):
    """Encodes by opj_compress and wraps the codestream by pydicom."""
    raw, stream = target.with_suffix(".rawl"), target.with_suffix(".j2k")
    kind = ("i" if signed else "u") + ("1" if bits == 8 else "2")
    values.astype("<" + kind).tofile(raw)
    done = subprocess.run(["opj_compress", "-i", raw, "-o", stream, "-F", f"{values.shape[1]},{values.shape[0]},1,{bits},"
                    + ("s" if signed else "u"), *options], capture_output=True)
    raw.unlink()
    if done.returncode:
        return
    data = pydicom.dcmread(source)
    data.PixelData = pydicom.encaps.encapsulate([stream.read_bytes()])
    data["PixelData"].is_undefined_length = True
    data.file_meta.TransferSyntaxUID = JPEG2000[lossless]
    stream.unlink()
    data.save_as(target, write_like_original=False)


def opj_encodings():
    yield "opj-lossless", True, []
    yield "opj-lossless-tiles", True, ["-t", "20,16", "-n", "3"]
    yield "opj-lossless-layers", True, ["-r", "20,10,1"]
    yield "opj-lossless-small-blocks", True, ["-b", "8,8", "-n", "3"]
    yield "opj-lossless-precincts", True, ["-c", "[16,16],[16,16]", "-n", "3", "-p", "RPCL"]
    yield "opj-lossless-styles", True, ["-M", "63", "-SOP", "-EPH", "-p", "CPRL"]
    yield "opj-lossless-bypass", True, ["-M", "1"]
    yield "opj-lossless-offset", True, ["-d", "3,5", "-p", "PCRL"]
    yield "opj-lossy", False, ["-I", "-r", "6"]
    yield "opj-lossy-tiles", False, ["-I", "-r", "4", "-t", "32,32", "-n", "3", "-p", "RLCP"]


def decoded_by_gdcm(path):
    reader = gdcm.ImageReader()
    reader.SetFileName(str(path))
    if not reader.Read():
        return None
    image = reader.GetImage()
    kind = {gdcm.PixelFormat.UINT8: "u1", gdcm.PixelFormat.INT8: "i1", gdcm.PixelFormat.UINT12: "u2",
            gdcm.PixelFormat.INT12: "i2", gdcm.PixelFormat.UINT16: "u2", gdcm.PixelFormat.INT16: "i2"}
    pixels = image.GetPixelFormat()
    buffer = image.GetBuffer().encode("utf-8", errors="surrogateescape")
    values = numpy.frombuffer(buffer, "<" + kind[pixels.GetScalarType()])
    values = values[:image.GetDimension(0) * image.GetDimension(1)].reshape(image.GetDimension(1), -1).astype(int)
    stored = pixels.GetBitsStored()
    if stored < pixels.GetBitsAllocated():
        values = values & ((1 << stored) - 1)
        if pixels.GetPixelRepresentation():
            values = values - ((values >> stored - 1) << stored)
    return values * image.GetSlope() + image.GetIntercept()


def main():
    failures, paths, expected = 0, [], []
    with tempfile.TemporaryDirectory(prefix="compressed-") as root:
        root = pathlib.Path(root)
        for name, bits, signed, values in pictures():
            plain = root / f"{name}.dcm"
            write_plain(plain, bits, signed, values)
            jobs = [(encoder, lossless, command) for encoder, lossless, command in encoders(bits)]
            jobs += [(encoder, lossless, options) for encoder, lossless, options in opj_encodings()]
            for encoder, lossless, command in jobs:
                folder = root / f"{name}-{encoder}"
                folder.mkdir()
                target = folder / "slice.dcm"
                if encoder.startswith("opj"):
                    openjpeg(plain, values, bits, signed, lossless, command, target)
                else:
                    subprocess.run([{"IN": str(plain), "OUT": str(target)}.get(word, word) for word in command],
                                   capture_output=True)
                if not target.exists():
                    print("skipped", folder.name, "(the encoder refuses it)")
                    continue
                theirs = decoded_by_gdcm(target)
                if theirs is None:
                    print("skipped", folder.name, "(GDCM does not read it)")
                    continue
                paths.append(target)
                expected.append((theirs, values, 0 if lossless else 4 if "opj" in encoder and bits == 16 else 1))
        for path, ours, (theirs, original, allowed) in zip(paths, read_ours(paths), expected):
            if "error" in ours:
                problem = "refused: " + ours["error"]
            else:
                voxels = ours["voxels"][:, :, 0].T
                off = numpy.abs(voxels - theirs).max()
                problem = None if off <= allowed else f"off by {off} from GDCM, whose are off by " \
                    f"{numpy.abs(theirs - original).max()} from the original; ours by {numpy.abs(voxels - original).max()}"
            failures += problem is not None
            print("differs" if problem else "equal  ", path.parent.name, problem or "")
    print(f"{len(paths) - failures} of {len(paths)} as GDCM decodes them")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
