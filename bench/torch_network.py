"""Times the network of a model pack in PyTorch on the processor, and the machine's matrix product.

  python3 bench/torch_network.py PACK PATCHES.f32 REPETITIONS BATCH [BATCH ...]

PATCHES.f32 holds 16 patches as float32. Prints one JSON object: version, threads, pooled features
of the first four patches, milliseconds of each batch, multiply-adds a second of a matrix product.
"""

import json
import os
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

PRODUCT_SIDE = 1024
# Repetitions of one batch end after this long.
MOST_SECONDS = 8


def read_pack(folder):
    """The graph's nodes by name in order, its weights, the tapped node and the patch size."""
    manifest = json.load(open(f"{folder}/manifest.json"))
    model = json.load(open(f"{folder}/model.json"))
    (group,) = model["weightsManifest"]
    data = open(f"{folder}/{group['paths'][0]}", "rb").read()
    weights, at = {}, 0
    for entry in group["weights"]:
        half = entry.get("quantization", {}).get("dtype") == "float16"
        count = int(np.prod(entry["shape"]))
        values = np.frombuffer(data, "<f2" if half else "<f4", count, at)
        at += values.nbytes
        weights[entry["name"]] = values.astype(np.float32).reshape(entry["shape"])
    tap = manifest["backbone"]["taps"][0]["node"]
    return model["modelTopology"]["node"], weights, tap, manifest["patch"]["size"]


class Network(torch.nn.Module):
    """The nodes that the tap needs, each convolution with its bias and clamp."""

    def __init__(self, nodes, weights, tap):
        super().__init__()
        by_name = {node["name"]: node for node in nodes}
        wanted, stack = set(), [tap]
        while stack:
            name = stack.pop()
            if name not in wanted:
                wanted.add(name)
                stack += by_name[name].get("input", [])
        self.steps = [n for n in nodes if n["name"] in wanted and n["op"] not in ("Const", "Placeholder")]
        self.kernels, self.biases, self.tap = {}, {}, tap
        for node in self.steps:
            if node["op"] == "BiasAdd":
                self.biases[node["input"][0]] = torch.from_numpy(weights[node["input"][1]])
            if node["op"] in ("Conv2D", "DepthwiseConv2dNative"):
                depthwise = node["op"] != "Conv2D"
                order = (2, 3, 0, 1) if depthwise else (3, 2, 0, 1)
                kernel = np.ascontiguousarray(weights[node["input"][1]].transpose(order))
                self.kernels[node["name"]] = torch.from_numpy(kernel)

    def forward(self, x):
        values = {"patch": x}
        for node in self.steps:
            name, op, inputs = node["name"], node["op"], node["input"]
            y = values[inputs[0]]
            if name in self.kernels:
                kernel = self.kernels[name]
                stride = int(node["attr"]["strides"]["list"]["i"][1])
                pads = node["attr"].get("explicit_paddings", {}).get("list", {}).get("i")
                groups = kernel.shape[0] if op != "Conv2D" else 1
                pad = int(pads[2]) if pads else 0
                y = F.conv2d(y, kernel, self.biases[name], stride, pad, groups=groups)
            elif op == "Relu6":
                y = torch.clamp(y, 0, 6)
            elif op == "AddV2":
                y = y + values[inputs[1]]
            values[name] = y
        return values[self.tap]


def milliseconds(run, repetitions):
    run()
    out, begun = [], time.perf_counter()
    while len(out) < repetitions and (len(out) < 3 or time.perf_counter() - begun < MOST_SECONDS):
        start = time.perf_counter()
        run()
        out.append(1000 * (time.perf_counter() - start))
    return out


def main():
    folder, patches_file, repetitions, *batches = sys.argv[1:]
    torch.set_num_threads(os.cpu_count() or 1)
    nodes, weights, tap, size = read_pack(folder)
    network = Network(nodes, weights, tap)
    patches = torch.from_numpy(np.fromfile(patches_file, "<f4")).reshape(-1, 1, size, size)
    a, b = torch.rand(2, PRODUCT_SIDE, PRODUCT_SIDE)
    with torch.no_grad():
        features = network(patches[:4]).mean(dim=(2, 3)).numpy().tolist()
        times = {
            n: milliseconds(lambda: network(patches[: int(n)]), int(repetitions)) for n in batches
        }
        product = milliseconds(lambda: a @ b, int(repetitions))
    rate = [PRODUCT_SIDE**3 / (ms / 1000) for ms in product]
    print(
        json.dumps(
            {
                "version": torch.__version__,
                "threads": torch.get_num_threads(),
                "features": features,
                "milliseconds": times,
                "multiplyAddsPerSecond": rate,
            }
        )
    )


main()
