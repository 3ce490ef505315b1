"""The training pictures and boxes, as pipeline/finder/export-images.ts writes them, and their packed form.

  python3 pipeline/finder/pictures.py --images .cache/finder --out FOLDER [--quality 90]

writes FOLDER/pack.bin (one JPEG a picture) and FOLDER/index.json, a tenth of the size: for carrying
the training elsewhere. Figures that are reported are measured on the uncompressed pictures.
"""

import argparse
import io
import json
import multiprocessing
import os

import numpy as np


def decode(data):
    from PIL import Image

    return np.asarray(Image.open(io.BytesIO(data)).convert("L"))


class Pictures:
    """pixels [n, H, W] uint8, all of one size; smaller pictures lie at the upper left corner."""

    def __init__(self, folder):
        with open(f"{folder}/index.json") as file:
            self.images = json.load(file)["images"]
        rows = max(i["height"] for i in self.images)
        columns = max(i["width"] for i in self.images)
        self.pixels = np.zeros((len(self.images), rows, columns), np.uint8)
        packed = os.path.exists(f"{folder}/pack.bin")
        data = np.memmap(f"{folder}/{'pack.bin' if packed else 'images.u8'}", np.uint8, "r")
        if packed:
            parts = [data[i["at"] : i["at"] + i["bytes"]].tobytes() for i in self.images]
            with multiprocessing.Pool() as pool:
                made = pool.map(decode, parts, chunksize=16)
        else:
            made = [
                data[i["at"] : i["at"] + i["width"] * i["height"]].reshape(i["height"], i["width"])
                for i in self.images
            ]
        for pixels, picture in zip(self.pixels, made):
            pixels[: picture.shape[0], : picture.shape[1]] = picture
        self.fold = np.array([i["fold"] for i in self.images])
        self.boxes = [np.array([l["box"] for l in i["lesions"]], float).reshape(-1, 4) for i in self.images]
        self.malignant = [np.array([l["malignant"] for l in i["lesions"]], float) for i in self.images]


def main():
    from PIL import Image

    parser = argparse.ArgumentParser()
    parser.add_argument("--images", default=".cache/finder")
    parser.add_argument("--out", required=True)
    parser.add_argument("--quality", type=int, default=90)
    args = parser.parse_args()
    pictures = Pictures(args.images)
    os.makedirs(args.out, exist_ok=True)
    at = 0
    with open(f"{args.out}/pack.bin", "wb") as file:
        for entry, pixels in zip(pictures.images, pictures.pixels):
            buffer = io.BytesIO()
            whole = Image.fromarray(pixels[: entry["height"], : entry["width"]])
            whole.save(buffer, "JPEG", quality=args.quality, optimize=True)
            entry["at"], entry["bytes"] = at, buffer.tell()
            at += file.write(buffer.getvalue())
    with open(f"{args.out}/index.json", "w") as file:
        json.dump({"images": pictures.images}, file)
    print(f"{len(pictures.images)} pictures, {at / 2**20:.1f} MiB")


if __name__ == "__main__":
    main()
