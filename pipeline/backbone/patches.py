"""Patches written by pipeline/export-patches.ts, and their augmentation on tensors."""

import json

import numpy as np
import torch
import torch.nn.functional as F

# Patch side over the longer box side, and network input; the pack's manifest carries the same.
CONTEXT = 1.3
SIZE = 160


class Patches:
    def __init__(self, folder):
        with open(f"{folder}/index.json") as file:
            index = json.load(file)
        side = index["size"]
        self.wide = index["wide"]
        raw = np.fromfile(f"{folder}/wide.u8", np.uint8).reshape(-1, 1, side, side)
        self.pixels = torch.from_numpy(raw)
        boxes = index["boxes"]
        self.malignant = np.array([b["malignant"] for b in boxes], np.float32)
        self.fold = np.array([b["fold"] for b in boxes])
        self.lesion = np.array([b["lesion"] for b in boxes])
        self.patient = np.array([b["patient"] for b in boxes])

    def cut(self, rows, matrices, size=SIZE):
        """Samples size x size patches by 2 x 3 affine matrices in units of the wide patch's half side."""
        wide = self.pixels[torch.as_tensor(rows)].float() / 255
        grid = F.affine_grid(matrices, (len(rows), 1, size, size), align_corners=False)
        return F.grid_sample(wide, grid, padding_mode="border", align_corners=False)

    def plain(self, rows, context=CONTEXT, size=SIZE):
        scale = context / self.wide
        one = torch.tensor([[scale, 0, 0], [0, scale, 0]], dtype=torch.float32)
        return self.cut(rows, one.repeat(len(rows), 1, 1), size)

    def augmented(self, rows, generator):
        """Any rotation, mirror, shift by 10 %, scale by 20 %, then grey and resolution changes."""
        n = len(rows)
        uniform = lambda low, high: low + (high - low) * torch.rand(n, generator=generator)
        angle = uniform(0, 2 * np.pi)
        scale = CONTEXT / self.wide * torch.exp(uniform(-0.2, 0.2))
        mirror = torch.where(uniform(0, 1) < 0.5, -1.0, 1.0)
        c, s = scale * torch.cos(angle), scale * torch.sin(angle)
        reach = 0.1 * 2 / self.wide
        rows2 = [
            torch.stack([c * mirror, -s, uniform(-reach, reach)], 1),
            torch.stack([s * mirror, c, uniform(-reach, reach)], 1),
        ]
        x = self.cut(rows, torch.stack(rows2, 1))
        column = lambda v: v.view(n, 1, 1, 1)
        x = x.clamp(1e-4, 1) ** column(torch.exp(uniform(-0.25, 0.25)))
        x = x * column(uniform(0.9, 1.1)) + column(uniform(-0.06, 0.06))
        if torch.rand(1, generator=generator) < 0.3:
            small = int(SIZE / (1.3 + float(torch.rand(1, generator=generator))))
            x = F.interpolate(x, size=small, mode="area")
            x = F.interpolate(x, size=SIZE, mode="bilinear", align_corners=False)
        return x.clamp(0, 1)
