#!/usr/bin/env python3
"""Holds our volume readers and writers to independent ones.

Reads every volume below the given folders with our readers (through the test class DumpVolumes) and with another
program's (nibabel, pydicom, Pillow; NRRD and MetaImage with a few lines of numpy here), and compares sizes, voxels and
affines. It also makes files of every other format out of sample-volumes (a DICOM series in three encodings, PNG
folders, NRRD, MetaImage), and has our writers write what nibabel then reads. Prints one line per file and ends with
status 1 when any differs.

    mvn -q test-compile
    /usr/bin/python3 src/test/python/compare_volumes.py ../shared/volumes

Needs Debian's python3-nibabel, python3-pydicom, python3-pil and python3-numpy; JAVA_HOME must name a JDK 25 or newer.
"""
import gzip
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import zlib

import nibabel
import numpy
import PIL.Image
import pydicom
import pydicom.uid

PROJECT = pathlib.Path(__file__).resolve().parents[3]
LPS = numpy.diag([-1.0, -1.0, 1.0, 1.0])


def class_path():
    listing = PROJECT / "target" / "test-classpath.txt"
    subprocess.run(["mvn", "-q", "dependency:build-classpath", "-Dmdep.includeScope=test",
                    f"-Dmdep.outputFile={listing}"], cwd=PROJECT, check=True, stderr=subprocess.DEVNULL)
    return os.pathsep.join([str(PROJECT / "target/test-classes"), str(PROJECT / "target/classes"),
                            listing.read_text().strip()])


def run_ours(main_class, *arguments):
    java = pathlib.Path(os.environ["JAVA_HOME"]) / "bin" / "java"
    subprocess.run([java, "-Xmx2g", "-Djoml.nounsafe=true", "-cp", class_path(), main_class,
                    *map(str, arguments)], check=True)


def read_ours(paths):
    """Sizes, affine and voxels of each path as our readers see them, or their error."""
    with tempfile.TemporaryDirectory() as folder:
        run_ours("io.github.medgs.volume.DumpVolumes", folder, *paths)
        volumes = []
        for number in range(1, len(paths) + 1):
            description = json.loads(pathlib.Path(folder, f"{number}.json").read_text())
            if "error" not in description:
                voxels = numpy.fromfile(pathlib.Path(folder, f"{number}.raw"), "<f4")
                description["voxels"] = voxels.reshape(description["sizes"], order="F")
                description["affine"] = numpy.vstack([numpy.reshape(description["affine"], (3, 4)), [0, 0, 0, 1]])
            volumes.append(description)
        return volumes


# The independent readers: each gives voxels indexed [i, j, k] and the affine to RAS+.

def read_nifti(path):
    image = nibabel.load(path)
    voxels = numpy.asarray(image.dataobj)
    if path.name.startswith("written-"):
        assert image.header["sform_code"] > 0 and image.header["qform_code"] > 0
        assert numpy.allclose(image.get_sform(), image.get_qform(), atol=1e-4), "sform and qform disagree"
        image.header.check_fix(error_level=1)
    while voxels.ndim > 3:
        voxels = voxels[..., 0]
    return voxels.reshape(voxels.shape + (1,) * (3 - voxels.ndim)), image.affine


def read_metaimage(path):
    head, found, _ = path.read_bytes().partition(b"ElementDataFile")
    fields = dict((key.strip(), value.strip()) for key, value in
                  (line.split("=", 1) for line in head.decode().splitlines() if "=" in line))
    rest = path.read_bytes()[len(head) + len(found):]
    name, _, local = rest.partition(b"\n")
    name = name.decode().split("=")[1].strip()
    data = local if name == "LOCAL" else path.with_name(name).read_bytes()
    if fields.get("CompressedData") == "True":
        data = zlib.decompress(data)
    sizes = [int(word) for word in fields["DimSize"].split()]
    kind = {"MET_UCHAR": "u1", "MET_SHORT": "i2", "MET_FLOAT": "f4"}[fields["ElementType"]]
    order = ">" if fields.get("BinaryDataByteOrderMSB") == "True" else "<"
    voxels = numpy.frombuffer(data, order + kind)[:numpy.prod(sizes)].reshape(sizes, order="F")
    affine = numpy.eye(4)
    directions = numpy.array(fields["TransformMatrix"].split(), float).reshape(3, 3)
    affine[:3, :3] = directions.T * numpy.array(fields["ElementSpacing"].split(), float)
    affine[:3, 3] = numpy.array(fields["Offset"].split(), float)
    return voxels, LPS @ affine


def read_nrrd(path):
    head, _, data = path.read_bytes().partition(b"\n\n")
    fields = dict(line.split(": ", 1) for line in head.decode().splitlines() if ": " in line)
    if "data file" in fields:
        data = path.with_name(fields["data file"]).read_bytes()
    if fields["encoding"] == "gzip":
        data = gzip.decompress(data)
    kind = {"float": "f4", "int16": "i2", "short": "i2", "uint8": "u1"}[fields["type"]]
    order = ">" if fields.get("endian") == "big" else "<"
    sizes = [int(word) for word in fields["sizes"].split()]
    voxels = numpy.frombuffer(data, order + kind).reshape(sizes, order="F")

    def vector(text):
        return [float(word) for word in text.strip("()").split(",")]

    affine = numpy.eye(4)
    affine[:3, :3] = numpy.array([vector(word) for word in fields["space directions"].split()]).T
    affine[:3, 3] = vector(fields["space origin"])
    return voxels, (LPS if fields["space"].startswith("left-post") else numpy.eye(4)) @ affine


def read_dicom(folder):
    slices = [pydicom.dcmread(path) for path in folder.iterdir()]
    along, down = numpy.split(numpy.array(slices[0].ImageOrientationPatient, float), 2)
    normal = numpy.cross(along, down)
    slices.sort(key=lambda s: numpy.dot(normal, numpy.array(s.ImagePositionPatient, float)))
    voxels = numpy.stack([(s.pixel_array * float(s.RescaleSlope) + float(s.RescaleIntercept)).T for s in slices], -1)
    first, last = (numpy.array(s.ImagePositionPatient, float) for s in (slices[0], slices[-1]))
    affine = numpy.eye(4)
    affine[:3, 0] = along * float(slices[0].PixelSpacing[1])
    affine[:3, 1] = down * float(slices[0].PixelSpacing[0])
    affine[:3, 2] = (last - first) / (len(slices) - 1)
    affine[:3, 3] = first
    return voxels, LPS @ affine


def read_png(folder):
    slices = [numpy.asarray(PIL.Image.open(path)).T for path in sorted(folder.glob("*.png"))]
    sidecar = json.loads((folder / "volume.json").read_text())
    affine = numpy.vstack([numpy.reshape(sidecar["indexToPatient"], (3, 4)), [0, 0, 0, 1]]) \
        if "indexToPatient" in sidecar else LPS @ numpy.diag(sidecar["spacingMm"] + [1])
    voxels = numpy.stack(slices, -1).astype(float)
    if "intensityAtBlack" in sidecar:
        black, white = sidecar["intensityAtBlack"], sidecar["intensityAtWhite"]
        voxels = black + (white - black) / 65535 * voxels
    return voxels, affine


READERS = {".nii": read_nifti, ".nii.gz": read_nifti, ".hdr": read_nifti, ".mha": read_metaimage,
           ".mhd": read_metaimage, ".nrrd": read_nrrd, ".nhdr": read_nrrd, "-dicom": read_dicom, "-png": read_png}


def reader_of(path):
    for suffix, reader in READERS.items():
        if path.name.lower().endswith(suffix):
            return reader
    return None


# Files of the other formats, made from the sample volumes by other programs.

def make_dicom(folder, voxels, affine, syntax, bits, slope, intercept):
    """A series in shuffled order, its instance numbers against its positions."""
    folder.mkdir()
    steps = (LPS @ affine)[:3]
    along, down, normal = (steps[:, n] / numpy.linalg.norm(steps[:, n]) for n in range(3))
    stored = numpy.round((voxels - intercept) / slope).astype("<i2" if bits == 16 else "u1")
    for k in range(voxels.shape[2]):
        data = pydicom.Dataset()
        data.file_meta = pydicom.dataset.FileMetaDataset()
        data.file_meta.MediaStorageSOPClassUID = data.SOPClassUID = pydicom.uid.CTImageStorage
        data.file_meta.MediaStorageSOPInstanceUID = data.SOPInstanceUID = f"1.2.826.0.1.3680043.2.1.{k + 1}"
        data.file_meta.TransferSyntaxUID = syntax
        data.is_little_endian = syntax != pydicom.uid.ExplicitVRBigEndian
        data.is_implicit_VR = syntax == pydicom.uid.ImplicitVRLittleEndian
        data.SeriesInstanceUID = "1.2.826.0.1.3680043.2.2"
        data.Modality, data.PatientName, data.InstanceNumber = "CT", "Phantom", voxels.shape[2] - k
        item = pydicom.Dataset()
        item.PatientID = "inside a sequence"
        data.ReferencedStudySequence = pydicom.Sequence([item])
        data.ReferencedStudySequence.is_undefined_length = True
        data.Columns, data.Rows, number = voxels.shape[0], voxels.shape[1], ((k * 7) % voxels.shape[2])
        data.SamplesPerPixel, data.PhotometricInterpretation = 1, "MONOCHROME2"
        data.BitsAllocated, data.BitsStored, data.HighBit = bits, bits, bits - 1
        data.PixelRepresentation = 1 if bits == 16 else 0
        data.RescaleSlope, data.RescaleIntercept = slope, intercept
        data.PixelSpacing = [f"{numpy.linalg.norm(steps[:, n]):.8g}" for n in (1, 0)]
        data.ImageOrientationPatient = [f"{value:.10g}" for value in (*along, *down)]
        data.ImagePositionPatient = [f"{value:.10g}" for value in steps @ [0, 0, k, 1]]
        pixels = numpy.ascontiguousarray(stored[:, :, k].T)
        data.PixelData = (pixels if data.is_little_endian else pixels.byteswap()).tobytes()
        data["PixelData"].VR = "OW"
        data.save_as(folder / f"slice{number}.{k}", write_like_original=False)


def make_png(folder, voxels, bits):
    folder.mkdir()
    for k in range(voxels.shape[2]):
        grey = numpy.clip(voxels[:, :, k].T, 0, 255).astype("u1") if bits == 8 \
            else (voxels[:, :, k].T + 2000).astype("<u2")
        PIL.Image.fromarray(grey).save(folder / f"{k:04d}.png")
    (folder / "volume.json").write_text('{"spacingMm": [0.5, 0.75, 4]}')


def make_metaimage(path, voxels, affine, big, packed):
    lps = (LPS @ affine)[:3]
    spacing = numpy.linalg.norm(lps[:, :3], axis=0)
    data = voxels.astype(">i2" if big else "<i2").tobytes(order="F")
    path.write_bytes((
        f"ObjectType = Image\nNDims = 3\nBinaryData = True\nBinaryDataByteOrderMSB = {big}\n"
        f"CompressedData = {packed}\nTransformMatrix = {' '.join(map(str, (lps[:, :3] / spacing).T.ravel()))}\n"
        f"Offset = {' '.join(map(str, lps[:, 3]))}\nElementSpacing = {' '.join(map(str, spacing))}\n"
        f"DimSize = {' '.join(map(str, voxels.shape))}\nElementType = MET_SHORT\nElementDataFile = LOCAL\n").encode()
        + (zlib.compress(data) if packed else data))


def make_nrrd(path, voxels, affine, space, detached):
    directions = " ".join("(" + ",".join(map(str, affine[:3, n])) + ")" for n in range(3))
    header = (f"NRRD0005\n# made for comparison\ntype: short\ndimension: 3\nspace: {space}\n"
              f"sizes: {' '.join(map(str, voxels.shape))}\nspace directions: {directions}\nendian: big\n"
              f"encoding: raw\nspace origin: ({','.join(map(str, affine[:3, 3]))})\n")
    data = voxels.astype(">i2").tobytes(order="F")
    if detached:
        path.with_suffix(".raw").write_bytes(data)
        path.write_text(header + f"data file: {path.with_suffix('.raw').name}\n")
    else:
        path.write_bytes(header.encode() + b"\n" + data)


def make_all(folder):
    kidney, straight = read_nifti(PROJECT / "sample-volumes/kidney.nii.gz")
    brain, oblique = read_nifti(PROJECT / "sample-volumes/brain.nii.gz")
    make_dicom(folder / "explicit-dicom", kidney, straight, pydicom.uid.ExplicitVRLittleEndian, 16, 1, 0)
    make_dicom(folder / "implicit-dicom", kidney, straight, pydicom.uid.ImplicitVRLittleEndian, 16, 0.5, -1024)
    make_dicom(folder / "big-endian-dicom", kidney, straight, pydicom.uid.ExplicitVRBigEndian, 16, 1, -1024)
    make_dicom(folder / "oblique-dicom", brain, oblique, pydicom.uid.ExplicitVRLittleEndian, 8, 1, 0)
    make_png(folder / "eight-png", brain, 8)
    make_png(folder / "sixteen-png", kidney, 16)
    make_metaimage(folder / "packed.mha", brain, oblique, False, True)
    make_metaimage(folder / "big.mha", kidney, straight, True, False)
    make_nrrd(folder / "lps.nrrd", kidney, straight, "left-posterior-superior", False)
    make_nrrd(folder / "ras.nhdr", brain, oblique, "right-anterior-superior", True)
    # What we write, others must read: each is read by our own reader too, below.
    run_ours("io.github.medgs.volume.ConvertVolumes", folder, PROJECT / "sample-volumes/brain.nii.gz",
             PROJECT / "sample-volumes/kidney.nii.gz")


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


def compare(root):
    paths = sorted(path for path in root.rglob("*") if reader_of(path))
    if not paths:
        sys.exit(f"{root}: no volumes there")
    failures = 0
    for path, ours in zip(paths, read_ours(paths)):
        problem = difference(ours, path)
        failures += problem is not None
        print("differs" if problem else "equal  ", path.relative_to(root), problem or ours["format"])
    print(f"{len(paths) - failures} of {len(paths)} equal in {root.name}")
    return failures


def main():
    failures = 0
    for root in sys.argv[1:]:
        failures += compare(pathlib.Path(root))
    with tempfile.TemporaryDirectory(prefix="made-") as folder:
        make_all(pathlib.Path(folder))
        failures += compare(pathlib.Path(folder))
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
