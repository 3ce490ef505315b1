"""From maps to candidates, and the free-response operating characteristic."""

import numpy as np
import torch
from torch import nn

from finder_net import SIZE_UNIT, STRIDE

MOST = 20
OVERLAP = 0.25
POINTS = (0.1, 0.25, 0.5, 1.0, 2.0)


def iou(a, b):
    low = np.maximum(a[:2], b[:2])
    high = np.minimum(a[:2] + a[2:], b[:2] + b[2:])
    inter = np.prod(np.clip(high - low, 0, None))
    return inter / (a[2] * a[3] + b[2] * b[3] - inter)


def centre_in(a, b):
    c = a[:2] + a[2:] / 2
    return bool(((c >= b[:2]) & (c <= b[:2] + b[2:])).all())


def mirrored(maps):
    """The maps of a mirrored input, turned back."""
    maps = maps.flip(3).clone()
    maps[:, 3] *= -1
    return maps


def decode(maps):
    """[6, h, w] with heat as probability -> [(score, box, malignant logit, (y, x))], best first, none doubled."""
    heat = maps[0]
    peak = nn.functional.max_pool2d(heat[None, None], 3, 1, 1)[0, 0] == heat
    scores, at = torch.where(peak, heat, torch.zeros_like(heat)).flatten().topk(3 * MOST)
    found = []
    m = maps.numpy()
    for score, i in zip(scores.tolist(), at.tolist()):
        y, x = divmod(i, heat.shape[1])
        w, h = SIZE_UNIT * np.exp(m[1:3, y, x])
        cx, cy = (x + 0.5 + m[3, y, x]) * STRIDE, (y + 0.5 + m[4, y, x]) * STRIDE
        box = np.array([cx - w / 2, cy - h / 2, w, h])
        if any(centre_in(box, b) or centre_in(b, box) or iou(box, b) > OVERLAP for _, b, *_ in found):
            continue
        found.append((score, box, float(m[5, y, x]), (y, x)))
        if len(found) == MOST:
            break
    return found


def is_hit(box, lesion):
    return centre_in(box, lesion) or iou(box, lesion) > OVERLAP


def froc(found, truth, wanted=lambda lesion: True):
    """found: per image [(score, box, ...)]; truth: per image [(box, malignant)]. Sensitivity at POINTS."""
    best, false = [], []
    for candidates, lesions in zip(found, truth):
        for box, malignant in lesions:
            if wanted(malignant):
                best.append(max([s for s, b, *_ in candidates if is_hit(b, box)], default=-1))
        false += [s for s, b, *_ in candidates if not any(is_hit(b, box) for box, _ in lesions)]
    best, false = np.array(best), np.sort(false)[::-1]
    result = {}
    for point in POINTS:
        allowed = int(point * len(found))
        threshold = false[allowed] if allowed < len(false) else 0
        result[str(point)] = round(float((best > threshold).mean()), 4)
    return result
