"""Writes trained backbones as standard TensorFlow.js graph models (float32, NHWC).

  python3 pipeline/backbone/export.py --out .cache/backbone [--runs fold0,final] [--frozen DIR]

Each run's RUN.pt becomes RUN/model.json with its shard. Beside it, parity/ holds 64 real patches and
their features in PyTorch, which pipeline/parity.ts holds against tfjs. `npm run train` reads the
folder, and stores the weights as float16.
"""

import argparse
import base64
import json
import os
import time

import numpy as np
import torch

from network import TAP_BLOCKS, Backbone, read_weights
from patches import SIZE, Patches

SHARD = "group1-shard1of1.bin"
FLOAT = {"type": "DT_FLOAT"}
INPUT = "patch"
PARITY_PATCHES = 64


def ints(*values):
    return {"list": {"i": [str(v) for v in values]}}


def text(value):
    return {"s": base64.b64encode(value.encode()).decode()}


def dims(values):
    return {"dim": [{"size": str(v)} for v in values]}


class Graph:
    """Collects the nodes and weights of a graph model."""

    def __init__(self):
        self.nodes, self.weights, self.data = [], [], []

    def node(self, name, op, inputs=(), **attributes):
        self.nodes.append(
            {"name": name, "op": op, "input": list(inputs), "attr": {"T": FLOAT, **attributes}}
        )
        return name

    def constant(self, name, array):
        array = np.ascontiguousarray(array, "<f4")
        tensor = {"dtype": "DT_FLOAT", "tensorShape": dims(array.shape)}
        self.nodes.append(
            {"name": name, "op": "Const", "attr": {"dtype": FLOAT, "value": {"tensor": tensor}}}
        )
        self.weights.append({"name": name, "shape": list(array.shape), "dtype": "float32"})
        self.data.append(array.tobytes())
        return name

    def placeholder(self, name, shape):
        self.nodes.append(
            {"name": name, "op": "Placeholder", "attr": {"dtype": FLOAT, "shape": {"shape": dims(shape)}}}
        )
        return name

    def conv(self, name, x, layer, relu6):
        """A convolution with bias. Padding is explicit: PyTorch pads both sides alike, SAME does not."""
        weight = layer.weight.detach().numpy()
        depthwise = layer.groups > 1
        stride, pad = layer.stride[0], layer.padding[0]
        kernel = weight.transpose(2, 3, 0, 1) if depthwise else weight.transpose(2, 3, 1, 0)
        padding = {"padding": text("VALID")}
        if pad:
            padding = {
                "padding": text("EXPLICIT"),
                "explicit_paddings": ints(0, 0, pad, pad, pad, pad, 0, 0),
            }
        self.constant(f"{name}/weight", kernel)
        self.constant(f"{name}/bias", layer.bias.detach().numpy())
        self.node(
            f"{name}/conv",
            "DepthwiseConv2dNative" if depthwise else "Conv2D",
            [x, f"{name}/weight"],
            strides=ints(1, stride, stride, 1),
            dilations=ints(1, 1, 1, 1),
            data_format=text("NHWC"),
            **padding,
        )
        sum_name = f"{name}/sum" if relu6 else name
        self.node(sum_name, "BiasAdd", [f"{name}/conv", f"{name}/bias"], data_format=text("NHWC"))
        return self.node(name, "Relu6", [sum_name]) if relu6 else name

    def write(self, folder, outputs):
        os.makedirs(folder, exist_ok=True)
        signature = {
            "inputs": {INPUT: {"name": f"{INPUT}:0", "dtype": "DT_FLOAT"}},
            "outputs": {name: {"name": f"{name}:0", "dtype": "DT_FLOAT"} for name in outputs},
        }
        model = {
            "format": "graph-model",
            "generatedBy": "tandem-cadx",
            "convertedBy": "pipeline/backbone/export.py",
            "signature": signature,
            "modelTopology": {"node": self.nodes, "versions": {"producer": 1}},
            "weightsManifest": [{"paths": [SHARD], "weights": self.weights}],
        }
        with open(f"{folder}/model.json", "w") as file:
            json.dump(model, file)
        with open(f"{folder}/{SHARD}", "wb") as file:
            file.write(b"".join(self.data))


def write_graph(net, folder):
    graph = Graph()
    x = graph.conv("stem", graph.placeholder(INPUT, (-1, SIZE, SIZE, 1)), net.stem, relu6=True)
    outputs = []
    for number, block in enumerate(net.blocks):
        y = x
        for i, layer in enumerate(block.convs):
            y = graph.conv(f"block{number}/{i}", y, layer, relu6=i < len(block.convs) - 1)
        x = graph.node(f"block{number}", "AddV2" if block.residual else "Identity",
                       [x, y] if block.residual else [y])
        if number in TAP_BLOCKS:
            outputs.append(x)
    outputs.append(graph.conv("head", x, net.head, relu6=True))
    graph.write(folder, outputs)


def averages(taps):
    return torch.cat([tap.mean(dim=(2, 3)) for tap in taps], dim=1)


def write_parity(net, patches, folder):
    rows = np.linspace(0, len(patches.fold) - 1, PARITY_PATCHES).astype(int)
    x = patches.plain(rows)
    with torch.no_grad():
        start = time.time()
        features = torch.cat([averages(net(part)) for part in x.split(8)])
        rate = len(rows) / (time.time() - start)
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/rate.json", "w") as file:
        json.dump({"boxesPerSecond": rate, "threads": torch.get_num_threads()}, file)
    x.numpy().astype("<f4").tofile(f"{folder}/patches.f32")
    features.numpy().astype("<f4").tofile(f"{folder}/features.f32")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weights", default="../shared/weights/mobilenetv2_nchw/weights")
    parser.add_argument("--patches", default=".cache/patches")
    parser.add_argument("--out", default=".cache/backbone")
    parser.add_argument("--runs", default="fold0,fold1,fold2,fold3,fold4,final")
    parser.add_argument("--frozen", help="write the untrained network to this folder instead")
    args = parser.parse_args()
    weights, patches = read_weights(args.weights), Patches(args.patches)
    runs = [] if args.frozen else args.runs.split(",")
    jobs = [(f"{args.out}/{run}.pt", f"{args.out}/{run}") for run in runs]
    for state, folder in jobs or [(None, args.frozen)]:
        net = Backbone(weights)
        if state:
            net.load_state_dict(torch.load(state, map_location="cpu"))
        net.eval()
        write_graph(net, folder)
        write_parity(net, patches, f"{folder}/parity")
        print(folder)


if __name__ == "__main__":
    main()
