"""Random changes of patches on tensors, drawn from numbers that are handed in, so that a step can be
recorded once and replayed: place, grey, resolution and noise."""

import math

import torch
import torch.nn.functional as F

from patches import CONTEXT

# Numbers a patch uses, uniform in [0, 1).
DRAWS = 24
KNOTS = 6
RADIUS = 5

# How far each change goes. `plain`: the film's own spread. `detector`: what other detectors, exposures
# and the makers' processing do beside it; sigma in pixels of the patch, so that a lesion of 10 mm seen
# with 0.4 mm pixels is covered.
RECIPES = {
    "plain": dict(
        gamma=0.25, gain=0.1, offset=0.06, curve=0.0, bend=0.0, inverted=0.0,
        blurred=0.3, sharpened=0.0, sigma=(0.5, 1.1), noise=0.0,
    ),
    "detector": dict(
        gamma=0.4, gain=0.15, offset=0.08, curve=0.5, bend=0.7, inverted=0.5,
        blurred=0.35, sharpened=0.3, sigma=(0.4, 2.2), noise=0.03,
    ),
}  # fmt: skip


def places(u, wide):
    """Any rotation, mirror, shift by 10 % and scale by 20 % of the box: [n, 2, 3]."""
    angle = u[:, 0] * 2 * math.pi
    scale = CONTEXT / wide * torch.exp(0.4 * u[:, 1] - 0.2)
    mirror = torch.where(u[:, 2] < 0.5, -1.0, 1.0)
    reach = 0.1 * 2 / wide
    c, s = scale * torch.cos(angle), scale * torch.sin(angle)
    across, down = (2 * u[:, 3] - 1) * reach, (2 * u[:, 4] - 1) * reach
    return torch.stack(
        [torch.stack([c * mirror, -s, across], 1), torch.stack([s * mirror, c, down], 1)], 1
    )


def curved(x, u, strength):
    """A random rising curve from (0, 0) to (1, 1) in KNOTS straight pieces."""
    steps = torch.exp(strength * (4 * u - 2))
    ends = torch.cumsum(steps, 1)
    ends = torch.cat([torch.zeros_like(ends[:, :1]), ends / ends[:, -1:]], 1)
    at = x.flatten(1) * KNOTS
    piece = at.floor().clamp(0, KNOTS - 1)
    low = torch.gather(ends, 1, piece.long())
    high = torch.gather(ends, 1, piece.long() + 1)
    return (low + (at - piece) * (high - low)).view_as(x)


def smoothed(x, sigma):
    """A Gaussian of its own width (pixels) for each patch."""
    reach = torch.arange(-RADIUS, RADIUS + 1, device=x.device, dtype=x.dtype)
    kernel = torch.exp(-0.5 * (reach / sigma[:, None]) ** 2)
    kernel = kernel / kernel.sum(1, keepdim=True)
    n = len(x)
    y = F.pad(x.transpose(0, 1), (RADIUS,) * 4, mode="replicate")
    y = F.conv2d(y, kernel.view(n, 1, -1, 1), groups=n)
    return F.conv2d(y, kernel.view(n, 1, 1, -1), groups=n).transpose(0, 1)


def augmented(patches, rows, u, noise, recipe):
    """u: [n, DRAWS] uniform; noise: [n, 1, s, s] normal. Returns [n, 1, s, s] in [0, 1]."""
    r = RECIPES[recipe]
    column = lambda v: v.view(-1, 1, 1, 1)
    x = patches.cut(rows, places(u, patches.wide)).clamp(1e-4, 1 - 1e-4)
    x = x ** column(torch.exp(r["gamma"] * (2 * u[:, 5] - 1)))
    if r["curve"]:
        bent = curved(x, u[:, 16 : 16 + KNOTS], r["bend"])
        x = torch.where(column(u[:, 6] < r["curve"]), bent, x)
        back = 1 - (1 - x).clamp(1e-4, 1) ** column(torch.exp(r["gamma"] * (2 * u[:, 7] - 1)))
        x = torch.where(column(u[:, 8] < r["inverted"]), back, x)
    gain = 1 + r["gain"] * (2 * u[:, 9] - 1)
    x = x * column(gain) + column(r["offset"] * (2 * u[:, 10] - 1))
    if r["noise"]:
        x = x + noise * column(r["noise"] * (u[:, 11] * 2 - 1).clamp(min=0))
    low, high = r["sigma"]
    # One smoothing serves both: taken whole it is blur, its difference added is sharpening.
    blurred = u[:, 12] < r["blurred"]
    sharpened = (u[:, 12] > 1 - r["sharpened"]).float() * (0.3 + u[:, 13])
    amount = torch.where(blurred, torch.full_like(gain, -1.0), sharpened)
    x = x + column(amount) * (x - smoothed(x, low + (high - low) * u[:, 14]))
    return x.clamp(0, 1)
