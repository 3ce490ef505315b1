"""Checks that the trained networks are what they are said to be; exits 1 where one is not.

  python3 pipeline/backbone/check.py --out pipeline/backbone/results/check.json

- collapsing three colour channels to one grey channel changes nothing where the stem's window lies
  inside the patch (at the border padding is black instead of mean grey; training absorbs that)
- every tensor of every network differs from the weights it started from
- no network started from another's result: the changes two networks went through would then point
  the same way (cosine near 1); runs that start alike on overlapping data stay far from that
- held-out figures: each fold's network with its own head, and all out-of-fold scores pooled
"""

import argparse
import itertools
import json
import sys

import numpy as np
import torch

from network import IMAGENET_MEAN, IMAGENET_STD, Backbone, read_weights
from patches import Patches
from train import lesion_auc

RUNS = ["fold0", "fold1", "fold2", "fold3", "fold4", "final"]
MOST_ALIKE = 0.6
GREY_TOLERANCE = 1e-4


def grey_difference(weights, patches):
    """Largest difference of the stem's map, border aside, between three equal channels and one."""
    weight, bias = (torch.from_numpy(np.array(a)) for a in weights[0])
    grey = patches.plain(np.arange(8))
    mean, std = (torch.from_numpy(a).view(1, 3, 1, 1) for a in (IMAGENET_MEAN, IMAGENET_STD))
    colour = torch.nn.functional.conv2d((grey - mean) / std, weight, bias, stride=2, padding=1)
    with torch.no_grad():
        one = Backbone(weights).stem(grey)
    return float((colour - one)[:, :, 1:, 1:].abs().max())


def changes(start, state):
    return {name: state[name] - value for name, value in start.items()}


def tensor_report(start, change):
    ratio = {name: float(change[name].norm() / start[name].norm()) for name in start}
    same = [name for name in start if not change[name].any()]
    least = min(ratio, key=ratio.get)
    return {
        "tensors": len(ratio),
        "unchanged": same,
        "leastRelativeChange": {least: round(ratio[least], 6)},
        "medianRelativeChange": round(float(np.median(list(ratio.values()))), 6),
    }


def alike(one, other):
    a, b = (torch.cat([part.flatten() for part in c.values()]) for c in (one, other))
    return float(torch.nn.functional.cosine_similarity(a, b, dim=0))


def head_scores(net, checkpoint, patches, rows):
    """Logits of a run's averaged head, one a box."""
    linear = checkpoint["average"]["head.1.weight"][0], checkpoint["average"]["head.1.bias"]
    parts = []
    with torch.no_grad():
        for part in np.array_split(rows, 1 + len(rows) // 32):
            x = patches.plain(part).to(memory_format=torch.channels_last)
            parts.append(net(x)[-1].mean(dim=(2, 3)) @ linear[0] + linear[1])
    return torch.cat(parts).numpy()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weights", default="../shared/weights/mobilenetv2_nchw/weights")
    parser.add_argument("--patches", default=".cache/patches")
    parser.add_argument("--trained", default=".cache/backbone")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    patches, weights = Patches(args.patches), read_weights(args.weights)
    start = {name: p.detach().clone() for name, p in Backbone(weights).named_parameters()}
    everything = np.arange(len(patches.fold))
    changed, tensors, folds = {}, {}, {}
    scores = np.zeros(len(everything))
    for run in RUNS:
        state = torch.load(f"{args.trained}/{run}.pt", map_location="cpu")
        changed[run] = changes(start, state)
        tensors[run] = tensor_report(start, changed[run])
        if not run.startswith("fold"):
            continue
        net = Backbone(weights).to(memory_format=torch.channels_last).eval()
        net.load_state_dict(state)
        checkpoint = torch.load(f"{args.trained}/{run}.checkpoint.pt", map_location="cpu")
        logits = head_scores(net, checkpoint, patches, everything)
        held_out = patches.fold == int(run[4:])
        scores[held_out] = logits[held_out]
        folds[run] = {
            "trainingLesionAuc": round(lesion_auc(patches, everything[~held_out], logits[~held_out]), 4),
            "heldOutLesionAuc": round(lesion_auc(patches, everything[held_out], logits[held_out]), 4),
        }
    pairs = {f"{a} {b}": round(alike(changed[a], changed[b]), 3) for a, b in itertools.combinations(RUNS, 2)}
    report = {
        "greyDifference": grey_difference(weights, patches),
        "tensors": tensors,
        "likenessOfChanges": pairs,
        "head": {"folds": folds, "pooledLesionAuc": round(lesion_auc(patches, everything, scores), 4)},
    }
    with open(args.out, "w") as file:
        json.dump(report, file, indent=1)
    problems = [f"{run}: never trained: {t['unchanged']}" for run, t in tensors.items() if t["unchanged"]]
    problems += [f"{pair}: one started from the other" for pair, c in pairs.items() if c > MOST_ALIKE]
    if report["greyDifference"] > GREY_TOLERANCE:
        problems.append(f"grey stem differs by {report['greyDifference']}")
    print("\n".join(problems) or "all checks hold", report["head"])
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
