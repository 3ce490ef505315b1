"""Patches written by pipeline/features/export-patches.ts, all on one device, and their plain cuts."""

import json
import lzma
import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch
import torch.nn.functional as F

# Patch side over the longer box side, and network input; the pack's manifest carries the same.
CONTEXT = 1.3
SIZE = 160

# An id that ends so is a lesion of several in one image, whose other view is unknown.
LONE_BOX = "_box"


def packed(raw):
    """Differences along rows and columns, so that smooth patches compress without loss."""
    down = raw.copy()
    down[:, 1:] -= raw[:, :-1]
    out = down.copy()
    out[:, :, 1:] -= down[:, :, :-1]
    return lzma.compress(out.tobytes(), preset=6)


def unpacked(data, side):
    out = np.frombuffer(lzma.decompress(data), np.uint8).reshape(-1, side, side).copy()
    np.cumsum(out, axis=2, dtype=np.uint8, out=out)
    np.cumsum(out, axis=1, dtype=np.uint8, out=out)
    return out


def write_packed(raw, file, chunk=82):
    """Parts of `chunk` patches each, compressed apart: for a machine to which little can be sent."""
    with ThreadPoolExecutor() as pool:
        parts = list(pool.map(packed, [raw[at : at + chunk] for at in range(0, len(raw), chunk)]))
    np.savez(file, **{f"part{i:03d}": np.frombuffer(p, np.uint8) for i, p in enumerate(parts)})


def read_wide(folder, side):
    if os.path.exists(f"{folder}/wide.npz"):
        with np.load(f"{folder}/wide.npz") as file, ThreadPoolExecutor() as pool:
            parts = [file[name].tobytes() for name in sorted(file.files)]
            return np.concatenate(list(pool.map(lambda p: unpacked(p, side), parts)))
    return np.fromfile(f"{folder}/wide.u8", np.uint8).reshape(-1, side, side)


class Patches:
    def __init__(self, folder, device="cpu"):
        with open(f"{folder}/index.json") as file:
            index = json.load(file)
        self.wide = index["wide"]
        self.device = torch.device(device)
        self.pixels = torch.from_numpy(read_wide(folder, index["size"])[:, None]).to(device)
        boxes = index["boxes"]
        self.malignant = np.array([b["malignant"] for b in boxes], np.float32)
        self.target = torch.from_numpy(self.malignant).to(device)
        self.fold = np.array([b["fold"] for b in boxes])
        self.lesion = np.array([b["lesion"] for b in boxes])
        self.patient = np.array([b["patient"] for b in boxes])
        self.counted = np.array([LONE_BOX not in b["lesion"] for b in boxes])

    def cut(self, rows, matrices, size=SIZE):
        """Samples size x size patches by 2 x 3 affine matrices in units of the wide patch's half side."""
        wide = self.pixels[torch.as_tensor(rows, device=self.device)].float() / 255
        grid = F.affine_grid(matrices, (len(rows), 1, size, size), align_corners=False)
        return F.grid_sample(wide, grid, padding_mode="border", align_corners=False)

    def placed(self, rows, matrix, size=SIZE):
        """The same 2 x 3 matrix for all rows."""
        matrix = torch.as_tensor(matrix, dtype=torch.float32, device=self.device)
        return self.cut(rows, matrix.expand(len(rows), 2, 3), size)

    def plain(self, rows, context=CONTEXT, size=SIZE):
        scale = context / self.wide
        return self.placed(rows, [[scale, 0, 0], [0, scale, 0]], size)

    def lesion_means(self, rows, scores):
        """Outcome and mean score of each lesion that counts: (truth, means)."""
        rows = np.asarray(rows)
        kept = self.counted[rows]
        lesions, scores = self.lesion[rows][kept], np.asarray(scores)[kept]
        malignant = self.malignant[rows][kept]
        names, at = np.unique(lesions, return_inverse=True)
        share = np.bincount(at)
        return (
            np.bincount(at, malignant) / share > 0.5,
            np.bincount(at, scores) / share,
        )
