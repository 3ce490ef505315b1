"""What the network is worth before any training: frozen ImageNet features and an SVM.

  python3 pipeline/backbone/baseline.py --out pipeline/backbone/results/frozen-mobilenetv2.json

Same boxes, context and folds as the training; lesion mean; nothing is searched: one RBF machine
(C 4) on the averages of all taps and the head's maximum. Several input sizes, each with the time of
its extraction, to choose the size by evidence.
"""

import argparse
import json
import time

import numpy as np
import torch
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from network import Backbone, pooled, read_weights
from patches import Patches
from train import lesion_auc

COST = 4.0


def multiply_adds(net, size):
    """Multiply-adds of the convolutions for one patch."""
    total = 0

    def count(layer, _, output):
        nonlocal total
        total += output[0].numel() * layer.weight[0].numel()

    layers = [m for m in net.modules() if isinstance(m, torch.nn.Conv2d)]
    hooks = [layer.register_forward_hook(count) for layer in layers]
    with torch.no_grad():
        net(torch.zeros(1, 1, size, size))
    for hook in hooks:
        hook.remove()
    return total


def features(net, patches, size):
    """[boxes, features], and boxes a second through the network alone."""
    parts, seconds = [], 0.0
    for rows in np.array_split(np.arange(len(patches.fold)), 41):
        x = patches.plain(rows, size=size).to(memory_format=torch.channels_last)
        start = time.time()
        with torch.no_grad():
            parts.append(pooled(net(x)).numpy())
        seconds += time.time() - start
    return np.concatenate(parts), len(patches.fold) / seconds


def out_of_fold(patches, x):
    scores = np.zeros(len(x))
    for k in np.unique(patches.fold):
        train, test = patches.fold != k, patches.fold == k
        svm = make_pipeline(StandardScaler(), SVC(kernel="rbf", C=COST, gamma="scale"))
        scores[test] = svm.fit(x[train], patches.malignant[train]).decision_function(x[test])
    return scores


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weights", default="../shared/weights/mobilenetv2_nchw/weights")
    parser.add_argument("--patches", default=".cache/patches")
    parser.add_argument("--sizes", default="160,192,224")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    patches = Patches(args.patches)
    net = Backbone(read_weights(args.weights)).to(memory_format=torch.channels_last).eval()
    everything = np.arange(len(patches.fold))
    sizes = []
    for size in map(int, args.sizes.split(",")):
        x, rate = features(net, patches, size)
        scores = out_of_fold(patches, x)
        folds = [everything[patches.fold == k] for k in np.unique(patches.fold)]
        sizes.append(
            {
                "size": size,
                "lesionAuc": round(lesion_auc(patches, everything, scores), 4),
                "lesionAucByFold": [round(lesion_auc(patches, f, scores[f]), 4) for f in folds],
                "multiplyAdds": multiply_adds(net, size),
                "boxesPerSecond": round(rate, 1),
            }
        )
        print(sizes[-1], flush=True)
    report = {"network": "MobileNet V2, frozen", "svm": f"RBF, C {COST}", "threads": args.threads}
    with open(args.out, "w") as file:
        json.dump({**report, "sizes": sizes}, file, indent=1)


if __name__ == "__main__":
    main()
