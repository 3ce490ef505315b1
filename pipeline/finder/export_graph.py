"""Writes trained finders as TensorFlow.js graph models (float32, NHWC), any input of multiples of 32.

  python3 pipeline/finder/export_graph.py --trained .cache/finder/trained --out .cache/finder/graphs

Each run becomes OUT/RUN/model.json with its shard; OUT/RUN/parity/ holds four real inputs and the maps
that PyTorch gives for them, which pipeline/finder/parity.ts holds against tfjs.
"""

import argparse
import base64
import json
import os

import numpy as np
import torch

from finder_net import PYRAMID_BLOCKS, load
from network import read_weights
from pictures import Pictures

INPUT, SHARD = "view", "weights.bin"
FLOAT = {"type": "DT_FLOAT"}
PARITY_VIEWS = 4


def ints(*values):
    return {"list": {"i": [str(v) for v in values]}}


def text(value):
    return {"s": base64.b64encode(value.encode()).decode()}


def dims(values):
    return {"dim": [{"size": str(v)} for v in values]}


class Graph:
    def __init__(self):
        self.nodes, self.weights, self.data = [], [], []

    def node(self, name, op, inputs=(), **attributes):
        attr = {"T": FLOAT, **attributes}
        self.nodes.append({"name": name, "op": op, "input": list(inputs), "attr": attr})
        return name

    def constant(self, name, array, kind="DT_FLOAT"):
        array = np.ascontiguousarray(array, "<f4" if kind == "DT_FLOAT" else "<i4")
        tensor = {"dtype": kind, "tensorShape": dims(array.shape)}
        attr = {"dtype": {"type": kind}, "value": {"tensor": tensor}}
        self.nodes.append({"name": name, "op": "Const", "attr": attr})
        dtype = "float32" if kind == "DT_FLOAT" else "int32"
        self.weights.append({"name": name, "shape": list(array.shape), "dtype": dtype})
        self.data.append(array.tobytes())
        return name

    def conv(self, name, x, layer, relu6=False):
        """A convolution with bias. Padding is explicit: PyTorch pads both sides alike, SAME does not."""
        weight = layer.weight.detach().numpy()
        depthwise = layer.groups > 1
        stride, pad = layer.stride[0], layer.padding[0]
        padding = {"padding": text("VALID")}
        if pad:
            padding = {
                "padding": text("EXPLICIT"),
                "explicit_paddings": ints(0, 0, pad, pad, pad, pad, 0, 0),
            }
        self.constant(f"{name}/weight", weight.transpose(2, 3, 0, 1) if depthwise else weight.transpose(2, 3, 1, 0))
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
        whole = f"{name}/sum" if relu6 else name
        self.node(whole, "BiasAdd", [f"{name}/conv", f"{name}/bias"], data_format=text("NHWC"))
        return self.node(name, "Relu6", [whole]) if relu6 else name

    def twice(self, name, x):
        """Each cell four times: nearest-neighbour doubling that needs to know no size."""
        self.node(f"{name}/copies", "ConcatV2", [x, x, x, x, "axis"], N={"i": "4"}, Tidx={"type": "DT_INT32"})
        return self.node(name, "DepthToSpace", [f"{name}/copies"], block_size={"i": "2"}, data_format=text("NHWC"))

    def write(self, folder, outputs):
        os.makedirs(folder, exist_ok=True)
        name = lambda n: {"name": f"{n}:0", "dtype": "DT_FLOAT"}
        model = {
            "format": "graph-model",
            "generatedBy": "tandem-cadx",
            "convertedBy": "pipeline/finder/export_graph.py",
            "signature": {"inputs": {INPUT: name(INPUT)}, "outputs": {n: name(n) for n in outputs}},
            "modelTopology": {"node": self.nodes, "versions": {"producer": 1}},
            "weightsManifest": [{"paths": [SHARD], "weights": self.weights}],
        }
        with open(f"{folder}/model.json", "w") as file:
            json.dump(model, file)
        with open(f"{folder}/{SHARD}", "wb") as file:
            file.write(b"".join(self.data))


def write_graph(net, folder):
    g = Graph()
    shape = {"shape": dims((-1, -1, -1, 1))}
    g.nodes.append({"name": INPUT, "op": "Placeholder", "attr": {"dtype": FLOAT, "shape": shape}})
    g.constant("axis", np.array(3), "DT_INT32")
    x = g.conv("stem", INPUT, net.stem, relu6=True)
    laterals = []
    for number, block in enumerate(net.blocks):
        y = x
        for i, layer in enumerate(block.convs):
            y = g.conv(f"block{number}/{i}", y, layer, relu6=i < len(block.convs) - 1)
        x = g.node(f"block{number}", "AddV2", [x, y]) if block.residual else y
        if number in PYRAMID_BLOCKS:
            laterals.append(g.conv(f"lateral{len(laterals)}", x, net.lateral[len(laterals)]))
    fine, middle, coarse = laterals
    middle = g.node("middle", "AddV2", [middle, g.twice("coarse2", coarse)])
    fine = g.node("fine", "AddV2", [fine, g.twice("middle2", middle)])
    x = g.conv("smooth", fine, net.smooth, relu6=True)
    x = g.conv("features", g.conv("spread", x, net.spread), net.mix, relu6=True)
    g.write(folder, [g.conv("head", x, net.out), "features"])


def write_parity(net, pictures, folder):
    os.makedirs(folder, exist_ok=True)
    views = []
    for n, i in enumerate(np.linspace(0, len(pictures.images) - 1, PARITY_VIEWS).astype(int)):
        x = np.zeros((672 - 64 * n, 384 - 32 * n), np.float32)
        part = pictures.pixels[i, : x.shape[0], : x.shape[1]]
        x[: part.shape[0], : part.shape[1]] = part / np.float32(255)
        with torch.no_grad():
            head, features = net(torch.from_numpy(x)[None, None])
        for name, value in (("input", x), ("head", head[0].permute(1, 2, 0)), ("features", features[0].permute(1, 2, 0))):
            np.asarray(value, "<f4").tofile(f"{folder}/{n}.{name}.f32")
        views.append({"height": x.shape[0], "width": x.shape[1]})
    with open(f"{folder}/views.json", "w") as file:
        json.dump(views, file)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weights", default="../shared/weights/mobilenetv2_nchw/weights")
    parser.add_argument("--images", default=".cache/finder")
    parser.add_argument("--trained", default=".cache/finder/trained")
    parser.add_argument("--out", default=".cache/finder/graphs")
    parser.add_argument("--runs", default="fold0,fold1,fold2,fold3,fold4,final")
    args = parser.parse_args()
    torch.set_num_threads(1)
    weights, pictures = read_weights(args.weights), Pictures(args.images)
    for run in args.runs.split(","):
        net = load(args.trained, run, weights)
        write_graph(net, f"{args.out}/{run}")
        write_parity(net, pictures, f"{args.out}/{run}/parity")
        print(f"{args.out}/{run}", flush=True)


if __name__ == "__main__":
    main()
