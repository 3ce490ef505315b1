"""Writes trained backbones as standard TensorFlow.js graph models (float32, NHWC).

  python3 pipeline/backbone/export.py --left DIR --out .cache/backbone [--kind KIND] [--frozen DIR]

Each network of a kind that training left (the best one by default) becomes PART/model.json with its
shard, and the scores of all networks become scores.json. Beside it, parity/ holds 64 real patches and
their features in PyTorch, which pipeline/network/parity.ts holds against tfjs. `npm run train` reads the
folder, and stores the weights as float16.
"""

import argparse
import base64
import glob
import json
import os
import time

import numpy as np
import torch

from network import TAP_BLOCKS, Backbone, read_weights
from patches import SIZE, Patches
from plan import PARTS
from train import moves
from trainer import Flat

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


def left_networks(folder):
    """Flat weights by run, from the half floats that training left."""
    out = {}
    for path in sorted(glob.glob(f"{folder}/networks-*.npz")):
        with np.load(path) as file:
            for name in file.files:
                out[name.replace("|", "/")] = torch.from_numpy(file[name].astype(np.float32))
    return out


def write_scores(folder, path, kind, figures):
    """Held-out logits of every network, by run: [view of the box][row of the fold]. View 0 is the box as
    marked, 1 to 7 its turns and mirrors, from 8 on moved boxes (views() of train.py)."""
    with np.load(f"{folder}/scores.npz") as file:
        runs = {name.replace("|", "/"): np.round(file[name], 4).tolist() for name in file.files}
    with open(path, "w") as file:
        json.dump({"kind": kind, "moves": moves(), "turns": 8, "pooledAuc": figures["pooledAuc"], "runs": runs}, file)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weights", default="../shared/weights/mobilenetv2_nchw/weights")
    parser.add_argument("--patches", default=".cache/patches")
    parser.add_argument("--out", default=".cache/backbone")
    parser.add_argument("--left", default=".cache/backbone/left", help="what train.py --leave left")
    parser.add_argument("--kind", help="of network, the best by default")
    parser.add_argument("--parts", default=",".join(PARTS))
    parser.add_argument("--frozen", help="write the untrained network to this folder instead")
    args = parser.parse_args()
    weights, patches = read_weights(args.weights), Patches(args.patches)
    if args.frozen:
        net = Backbone(weights).eval()
        write_graph(net, args.frozen)
        return write_parity(net, patches, f"{args.frozen}/parity")
    with open(f"{args.left}/figures.json") as file:
        figures = json.load(file)
    kind = args.kind or figures["ranked"][0]
    flat, networks = Flat(weights, torch.device("cpu")), left_networks(args.left)
    for part in args.parts.split(","):
        net = flat.model.net
        net.load_state_dict(flat.backbone_state(networks[f"{kind}/{part}"]))
        net.eval()
        write_graph(net, f"{args.out}/{part}")
        write_parity(net, patches, f"{args.out}/{part}/parity")
        print(f"{args.out}/{part}", flush=True)
    write_scores(args.left, f"{args.out}/scores.json", kind, figures)


if __name__ == "__main__":
    main()
