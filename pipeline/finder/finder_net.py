"""The finder: MobileNet V2 up to stride 32, a feature pyramid down to stride 8, a centre heat map.

Lin et al., "Feature Pyramid Networks for Object Detection", CVPR 2017; Zhou et al., "Objects as
Points", arXiv:1904.07850 (heat map, size and offset, without its embeddings).
"""

import glob
import math
import os
import sys

import numpy as np
import torch
from torch import nn

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "backbone"))
from network import STRIDES, Block, conv, to_grey  # noqa: E402

STRIDE = 8
CHANNELS = 96
# Blocks whose maps enter the pyramid: the last of strides 8, 16 and 32 (32, 96 and 160 channels).
# The block of 320 channels behind them is left out: it holds a quarter of the weights.
PYRAMID_BLOCKS = (5, 12, 15)
# Outputs of the head, one channel each; sizes are log(side / SIZE_UNIT), offsets in cells.
OUTPUTS = ("heat", "width", "height", "right", "down", "malignant")
SIZE_UNIT = 64.0


class Finder(nn.Module):
    """[n, 1, h, w] in [0, 1], sides multiples of 32 -> [n, 6, h / 8, w / 8] and features [n, 96, ...]."""

    def __init__(self, weights):
        super().__init__()
        layers = []
        for i, (w, b) in enumerate(weights[: 1 + 2 + 3 * PYRAMID_BLOCKS[-1]]):
            if i == 0:
                w, b = to_grey(w, b)
            out, per_group, size, _ = w.shape
            depthwise = i > 0 and per_group == 1
            layer = conv(out if depthwise else per_group, out, size, 1, out if depthwise else 1)
            layer.weight.data = torch.as_tensor(w, dtype=torch.float32).clone()
            layer.bias.data = torch.as_tensor(b, dtype=torch.float32).clone()
            layers.append(layer)
        self.stem = layers[0]
        self.stem.stride = (2, 2)
        self.blocks = nn.ModuleList()
        at = 1
        for number, stride in enumerate(STRIDES[: PYRAMID_BLOCKS[-1] + 1]):
            count = 2 if number == 0 else 3
            convs = layers[at : at + count]
            at += count
            convs[-2].stride = (stride, stride)
            same = convs[0].in_channels == convs[-1].out_channels
            self.blocks.append(Block(convs, residual=stride == 1 and same and number > 0))
        assert at == len(layers)
        wide = [self.blocks[i].convs[-1].out_channels for i in PYRAMID_BLOCKS]
        self.lateral = nn.ModuleList(nn.Conv2d(c, CHANNELS, 1) for c in wide)
        self.smooth = conv(CHANNELS, CHANNELS, 3, 1, 1)
        self.spread = conv(CHANNELS, CHANNELS, 3, 1, CHANNELS)
        self.mix = nn.Conv2d(CHANNELS, CHANNELS, 1)
        self.out = nn.Conv2d(CHANNELS, len(OUTPUTS), 1)
        for layer in [*self.lateral, self.smooth, self.mix]:
            nn.init.kaiming_uniform_(layer.weight, a=1)
            nn.init.zeros_(layer.bias)
        nn.init.normal_(self.out.weight, std=0.01)
        nn.init.zeros_(self.out.bias)
        # A rare centre at first: keeps the focal loss of the empty cells small.
        self.out.bias.data[0] = -math.log(99)

    def new_parts(self):
        return [*self.lateral, self.smooth, self.spread, self.mix, self.out]

    def forward(self, x):
        x = torch.clamp(self.stem(x), 0, 6)
        maps = []
        for number, block in enumerate(self.blocks):
            x = block(x)
            if number in PYRAMID_BLOCKS:
                maps.append(self.lateral[len(maps)](x))
        fine, middle, coarse = maps
        up = lambda m: nn.functional.interpolate(m, scale_factor=2, mode="nearest")
        x = fine + up(middle + up(coarse))
        x = torch.clamp(self.smooth(x), 0, 6)
        features = torch.clamp(self.mix(self.spread(x)), 0, 6)
        return self.out(features), features


def load(trained, run, weights):
    """A trained network of a folder that train.py wrote, as it is tested."""
    for path in glob.glob(f"{trained}/weights-*.npz"):
        store = np.load(path)
        prefix = f"{run}/"
        own = [name for name in store.files if name.startswith(prefix)]
        state = {n[len(prefix) :]: torch.from_numpy(store[n].astype(np.float32)) for n in own}
        if state:
            net = Finder(weights)
            net.load_state_dict(state)
            return net.eval()
    raise SystemExit(f"{trained} has no network {run}")
