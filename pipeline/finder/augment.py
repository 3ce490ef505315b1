"""Augmentation of whole views on the device: geometry by one resampling, then what detectors do.

Film and digital pictures of one breast differ in tone curve, sharpening, the levelling of the
breast's rim, noise and blur; all are drawn at random, so that none of them tells.
"""

import numpy as np
import torch
from torch import nn

ROTATION = np.pi / 9
SCALE = (0.7, 1.4)
STRETCH = 0.06
SHIFT = 0.12
UPSIDE_DOWN = 0.2
# Share of crops that are to hold no lesion, and their scale: larger, so that there is room beside it.
NEGATIVE = 0.12
NEGATIVE_SCALE = (1.0, 1.8)
NEGATIVE_SHIFT = 0.3
# Share of pictures that get the whole spread of detectors; the others keep the film's grey but for a
# milder tone curve, so that the network does not forget what it is judged on.
CHANGED = 0.5
GAMMA = (0.15, 0.3)
NEGATIVE_TRIES = 12
# Percentiles of the tissue that are 0 and 1, as the product has them, and how far they may miss.
PERCENTILES = (0.02, 0.995)
MISS = 0.08


def affine(random, window, canvas, scale_range, shift):
    """2 x 3 from canvas pixels to picture pixels."""
    width, height = canvas
    scale = np.exp(random.uniform(*np.log(scale_range)))
    sx = scale * np.exp(random.uniform(-STRETCH, STRETCH))
    sy = scale * np.exp(random.uniform(-STRETCH, STRETCH))
    if random.random() < 0.5:
        sx = -sx
    if random.random() < UPSIDE_DOWN:
        sy = -sy
    angle = random.uniform(-ROTATION, ROTATION)
    c, s = np.cos(angle), np.sin(angle)
    linear = np.array([[c / sx, s / sy], [-s / sx, c / sy]])
    left, top, w, h = window
    centre = np.array([left + w / 2, top + h / 2])
    centre = centre + random.uniform(-shift, shift, 2) * (w, h)
    return np.concatenate([linear, (centre - linear @ (width / 2, height / 2))[:, None]], 1)


def plain(window):
    """The page's own cut, placed at the canvas's corner."""
    return np.array([[1.0, 0, window[0]], [0, 1.0, window[1]]])


def moved(boxes, transform):
    """Boxes (x, y, w, h) of the picture as they lie on the canvas; a turned lesion is an ellipse."""
    if not len(boxes):
        return np.zeros((0, 4))
    inverse = np.linalg.inv(transform[:, :2])
    centres = (boxes[:, :2] + boxes[:, 2:] / 2 - transform[:, 2]) @ inverse.T
    sides = np.sqrt((boxes[:, 2:] ** 2) @ (inverse**2).T)
    return np.concatenate([centres - sides / 2, sides], 1)


def visible(boxes, canvas):
    """Share of each box inside the canvas."""
    low = np.clip(boxes[:, :2], 0, canvas)
    high = np.clip(boxes[:, :2] + boxes[:, 2:], 0, canvas)
    return np.prod(high - low, 1) / np.prod(boxes[:, 2:], 1)


def draw(random, window, boxes, canvas):
    """A random transform, and the boxes under it."""
    if random.random() < NEGATIVE:
        for _ in range(NEGATIVE_TRIES):
            transform = affine(random, window, canvas, NEGATIVE_SCALE, NEGATIVE_SHIFT)
            lying = moved(boxes, transform)
            if not len(lying) or visible(lying, canvas).max() == 0:
                return transform, lying
    transform = affine(random, window, canvas, SCALE, SHIFT)
    return transform, moved(boxes, transform)


def resampled(pictures, transforms, canvas):
    """[n, 1, H, W] uint8 pictures of one size -> [n, 1, h, w] in [0, 1], black outside."""
    n, _, rows, columns = pictures.shape
    width, height = canvas
    size = torch.tensor([columns, rows], dtype=torch.float32, device=pictures.device)
    t = torch.as_tensor(np.stack(transforms), dtype=torch.float32, device=pictures.device)
    ys, xs = torch.meshgrid(
        torch.arange(height, device=pictures.device) + 0.5,
        torch.arange(width, device=pictures.device) + 0.5,
        indexing="ij",
    )
    points = torch.stack([xs, ys, torch.ones_like(xs)], -1)
    grid = torch.einsum("nij,hwj->nhwi", t, points) / size * 2 - 1
    return nn.functional.grid_sample(pictures.float() / 255, grid, align_corners=False)


def blur(x, sigma, radius):
    """Gaussian, one sigma (pixels) for the batch."""
    at = torch.arange(-radius, radius + 1, device=x.device, dtype=x.dtype)
    kernel = torch.exp(-0.5 * (at / sigma) ** 2)
    kernel = (kernel / kernel.sum()).view(1, 1, -1, 1)
    x = nn.functional.conv2d(x, kernel, padding=(radius, 0))
    return nn.functional.conv2d(x, kernel.transpose(2, 3), padding=(0, radius))


def wide_mean(x, cells):
    small = nn.functional.avg_pool2d(x, cells)
    small = nn.functional.avg_pool2d(small, 3, 1, 1, count_include_pad=False)
    return nn.functional.interpolate(small, x.shape[2:], mode="bilinear", align_corners=False)


def rescaled(x, tissue):
    """Grey by the percentiles of each picture's tissue, from every fourth pixel."""
    sparse = torch.where(tissue > 0, x, torch.full_like(x, float("nan")))[:, 0, ::4, ::4].flatten(1)
    at = torch.tensor(PERCENTILES, device=x.device)
    low, high = torch.nanquantile(sparse, at, dim=1).nan_to_num(0.0)
    low, high = low.view(-1, 1, 1, 1), high.view(-1, 1, 1, 1)
    return (x - low) / (high - low).clamp(min=0.05)


def detector(x, random):
    """Grey changes, each image its own strengths. Sides are multiples of 32."""
    n = len(x)
    changed = random.random(n) < CHANGED

    def strengths(low, high, chance):
        drawn = random.uniform(low, high, n) * (random.random(n) < chance) * changed
        return torch.as_tensor(drawn, dtype=torch.float32, device=x.device).view(n, 1, 1, 1)

    tissue = (x > 0.02).float()
    # Levelling of the thin rim and of dense parts: a part of the wide mean is taken away.
    wide = wide_mean(x, 32) / wide_mean(tissue, 32).clamp(min=0.1)
    x = x - strengths(0, 0.7, 0.5) * (wide - 0.45) * tissue
    local = wide_mean(x, 8)
    x = x + strengths(-0.2, 0.7, 0.35) * (x - local) * tissue
    sigma = float(np.exp(random.uniform(np.log(0.6), np.log(2.5))))
    soft = blur(x, sigma, 6)
    # Below 0 it blurs, above it sharpens.
    x = x + strengths(-0.9, 2.0, 0.5) * (x - soft)
    x = x.clamp(0, 1)
    spread = np.where(changed, GAMMA[1], GAMMA[0])
    gamma = torch.exp(torch.as_tensor(random.normal(0, spread), dtype=torch.float32, device=x.device))
    x = (x + 1e-4) ** gamma.view(n, 1, 1, 1)
    x = x + strengths(-0.12, 0.12, 0.5) * torch.sin(2 * np.pi * x)
    x = rescaled(x, tissue)
    x = x * (1 + strengths(-MISS, MISS, 1)) + strengths(-MISS, MISS, 1) * tissue
    noise = torch.randn_like(x)
    x = x + strengths(0, 0.05, 0.5) * noise * (0.3 + x.clamp(0, 1)).sqrt()
    # Air that is not black: scatter, or a grey film base.
    x = x + strengths(0, 0.15, 0.1) * (1 - tissue)
    return x.clamp(0, 1)
