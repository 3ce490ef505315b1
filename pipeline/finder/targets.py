"""What the heat map is to show for boxes on a canvas, and the loss against it."""

import numpy as np
import torch
from torch import nn

from finder_net import SIZE_UNIT, STRIDE

# A centre's Gaussian has this share of the box's side as sigma, and at least so many cells.
SPREAD = 1 / 8
LEAST_SPREAD = 0.7
# Cells with more of a Gaussian than this learn size and offset.
NEAR = 0.4
# A lesion with less of its box than this in view is neither asked for nor held against the network.
LEAST_VISIBLE = 0.6
SIZE_WEIGHT = 0.3
OFFSET_WEIGHT = 0.3
OUTCOME_WEIGHT = 0.3
SMOOTHING = 0.05
# Maps that `targets` makes.
TARGET_MAPS = 8


def targets(boxes, malignant, share, canvas):
    """Maps [TARGET_MAPS, h, w]: heat, weight of the heat's loss, and where near: width, height, right, down, outcome; near."""
    columns, rows = canvas[0] // STRIDE, canvas[1] // STRIDE
    heat = np.zeros((rows, columns), np.float32)
    weight = np.ones((rows, columns), np.float32)
    values = np.zeros((5, rows, columns), np.float32)
    ys, xs = np.mgrid[0:rows, 0:columns] + 0.5
    for (x, y, w, h), outcome, seen in zip(boxes, malignant, share):
        cx, cy = (x + w / 2) / STRIDE, (y + h / 2) / STRIDE
        if seen < LEAST_VISIBLE or not (0 <= cx < columns and 0 <= cy < rows):
            inside = (abs(xs - cx) * 2 * STRIDE < w + STRIDE) & (abs(ys - cy) * 2 * STRIDE < h + STRIDE)
            weight[inside] = 0
            continue
        sx, sy = (max(side / STRIDE * SPREAD, LEAST_SPREAD) for side in (w, h))
        centre = (int(cy), int(cx))
        g = np.exp(-((xs - xs[centre]) ** 2) / (2 * sx * sx) - (ys - ys[centre]) ** 2 / (2 * sy * sy))
        here = g > heat
        heat[here] = g[here]
        label = outcome * (1 - SMOOTHING) + SMOOTHING / 2
        sizes = np.log(w / SIZE_UNIT), np.log(h / SIZE_UNIT)
        for channel, value in enumerate((*sizes, cx - xs, cy - ys, label)):
            values[channel][here] = np.broadcast_to(value, here.shape)[here]
        weight[centre] = 1
    near = np.where(heat > NEAR, heat, 0)
    return np.concatenate([heat[None], weight[None], values, near[None]])


def loss(out, target):
    """Focal loss of the heat map (alpha 2, beta 4) by number of lesions, L1 of size and offset, and the outcome."""
    heat, weight, near = target[:, 0], target[:, 1], target[:, 7]
    logit = out[:, 0]
    p = torch.sigmoid(logit)
    positive = (heat == 1).float()
    hit = -nn.functional.logsigmoid(logit) * (1 - p) ** 2 * positive
    miss = -nn.functional.logsigmoid(-logit) * p**2 * (1 - heat) ** 4 * (1 - positive)
    # By the batch's number of images, not of lesions in view: negatives then weigh as much as others.
    focal = ((hit + miss) * weight).sum() / len(out)
    cells = near.sum().clamp(min=1)
    error = (out[:, 1:5] - target[:, 2:6]).abs() * near[:, None]
    size, offset = error[:, :2].sum() / cells, error[:, 2:].sum() / cells
    outcome = nn.functional.binary_cross_entropy_with_logits(out[:, 5], target[:, 6], reduction="none")
    outcome = (outcome * near).sum() / cells
    return focal + SIZE_WEIGHT * size + OFFSET_WEIGHT * offset + OUTCOME_WEIGHT * outcome
