"""Sums of the stored grey values of DICOM files as pydicom reads them, one JSON line a file."""
import json
import sys
import warnings

import numpy
import pydicom
from pydicom.uid import JPEG2000, JPEG2000Lossless

warnings.simplefilter("ignore")


def stored(data):
    """The stored bits alone, signed by their own sign bit (PS3.3 C.7.6.3.1), which pydicom leaves to others."""
    # Of its handlers Pillow's alone takes the sign from a JPEG 2000 stream where the header contradicts it.
    if data.file_meta.get("TransferSyntaxUID") in (JPEG2000Lossless, JPEG2000):
        data.convert_pixel_data("pillow")
    values = data.pixel_array.astype(numpy.int64)
    bits = data.get("BitsStored", data.BitsAllocated)
    values &= (1 << bits) - 1
    if data.PixelRepresentation == 1:
        values -= (values >> (bits - 1)) << bits
    return values


def sums(path):
    try:
        data = pydicom.dcmread(path, force=True)
    except Exception as error:
        return {"skipped": f"pydicom reads no data set: {error}"}
    if "PixelData" not in data:
        return {"skipped": "no pixel data"}
    if data.get("SamplesPerPixel", 1) != 1 or "MONOCHROME" not in data.get("PhotometricInterpretation", "MONOCHROME2"):
        return {"skipped": "in colours"}
    try:
        frames = stored(data)
    except Exception as error:
        return {"skipped": f"pydicom decodes no pixels: {error}"}
    frames = frames.reshape((-1, frames.shape[-2] * frames.shape[-1]))
    places = numpy.arange(frames.shape[1]) % 251
    return {"frames": [[int(f.sum()), int((f * places).sum())] for f in frames]}


for line in sys.stdin:
    path = line.rstrip("\n")
    print(json.dumps({"path": path, **sums(path)}), flush=True)
