"""The backbone: MobileNet V2 with batch norms folded, one grey input channel in [0, 1].

Layer order and names follow the ONNX Model Zoo's mobilenetv2-7, whose weights it starts from.
Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks", CVPR 2018.
"""

import glob
import re

import numpy as np
import torch
from torch import nn

IMAGENET_MEAN = np.array([0.485, 0.456, 0.406], np.float32)
IMAGENET_STD = np.array([0.229, 0.224, 0.225], np.float32)

# Stride of each of the 17 inverted residual blocks.
STRIDES = [1, 2, 1, 2, 1, 1, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1]
# Blocks whose output is tapped beside the head: the last of 96 and of 320 channels.
TAP_BLOCKS = (12, 16)


def read_weights(folder):
    """The convolutions of an ONNX-zoo folder in network order: [(weight OIHW, bias)]."""
    files = glob.glob(f"{folder}/*_weight.npy")
    number = lambda f: int(re.search(r"conv_(\d+)_", f)[1])
    return [
        (np.load(f), np.load(f.replace("_weight", "_bias")))
        for f in sorted(files, key=number)
    ]


def to_grey(weight, bias):
    """Folds ImageNet's colour normalisation and the three equal channels of a grey image into one."""
    scaled = weight / IMAGENET_STD[None, :, None, None]
    shift = (scaled * IMAGENET_MEAN[None, :, None, None]).sum(axis=(1, 2, 3))
    return scaled.sum(axis=1, keepdims=True), bias - shift


def conv(channels_in, channels_out, size, stride, groups):
    return nn.Conv2d(
        channels_in, channels_out, size, stride, padding=size // 2, groups=groups, bias=True
    )


class Block(nn.Module):
    """Inverted residual: expand (1x1, ReLU6), depthwise 3x3 (ReLU6), project (1x1, linear)."""

    def __init__(self, convs, residual):
        super().__init__()
        self.convs = nn.ModuleList(convs)
        self.residual = residual

    def forward(self, x):
        y = x
        for layer in self.convs[:-1]:
            y = torch.clamp(layer(y), 0, 6)
        y = self.convs[-1](y)
        return x + y if self.residual else y


class Backbone(nn.Module):
    """Input [n, 1, s, s] in [0, 1]. Returns the tapped maps: TAP_BLOCKS, then the 1280-channel head."""

    def __init__(self, weights):
        super().__init__()
        layers = []
        for i, (w, b) in enumerate(weights):
            if i == 0:
                w, b = to_grey(w, b)
            out, per_group, size, _ = w.shape
            depthwise = i > 0 and per_group == 1
            layer = conv(out if depthwise else per_group, out, size, 1, out if depthwise else 1)
            layer.weight.data = torch.from_numpy(np.array(w, np.float32))
            layer.bias.data = torch.from_numpy(np.array(b, np.float32))
            layers.append(layer)
        self.stem, self.head = layers[0], layers[-1]
        self.stem.stride = (2, 2)
        self.blocks = nn.ModuleList()
        at = 1
        for number, stride in enumerate(STRIDES):
            count = 2 if number == 0 else 3
            convs = layers[at : at + count]
            at += count
            convs[-2].stride = (stride, stride)
            same = convs[0].in_channels == convs[-1].out_channels
            self.blocks.append(Block(convs, residual=stride == 1 and same and number > 0))
        assert at == len(layers) - 1

    def forward(self, x):
        x = torch.clamp(self.stem(x), 0, 6)
        taps = []
        for number, block in enumerate(self.blocks):
            x = block(x)
            if number in TAP_BLOCKS:
                taps.append(x)
        taps.append(torch.clamp(self.head(x), 0, 6))
        return taps


def pooled(taps):
    """Average of each tap, then the maximum of the head: the vector the SVM sees, in pack order."""
    means = [t.mean(dim=(2, 3)) for t in taps]
    return torch.cat([*means, taps[-1].amax(dim=(2, 3))], dim=1)
