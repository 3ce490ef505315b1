"""A control: how much of the outcome do the film and the breast tell without the lesion?

  npm run pipeline -- patches --elsewhere --out .cache/patches-elsewhere
  python3 pipeline/backbone/control.py --out pipeline/backbone/results/control.json

The archive was digitised on several scanners, and its benign and malignant cases were collected
apart, so a network could learn the scanner instead of the lesion. Squares of the lesion's size in
tissue away from every marked lesion of the same film show whether it did:
- networkElsewhere: the fold's network and head, trained on lesions, scoring held-out squares. Near
  0.5 says that its score of a lesion rests on what is inside the lesion's patch
- trainedElsewhere: a machine trained on such squares (frozen features). What it finds is in the
  films and breasts themselves (scanner, density, age) and in the size of the square
- lesion: the same lesions scored where they are, for comparison
AUC of lesion means with a patient bootstrap interval.
"""

import argparse
import json

import numpy as np
import torch
from sklearn.metrics import roc_auc_score

from baseline import out_of_fold
from check import head_scores
from network import Backbone, pooled, read_weights
from patches import Patches

SEED = 2016
RESAMPLES = 1000


def with_interval(patches, rows, scores):
    """AUC of lesion means over `rows`, and its 2.5th and 97.5th percentile over resampled patients."""
    names, first, inverse = np.unique(patches.lesion[rows], return_index=True, return_inverse=True)
    means = np.bincount(inverse, scores[rows]) / np.bincount(inverse)
    truth, patient = patches.malignant[rows][first], patches.patient[rows][first]
    of_patient = [np.flatnonzero(patient == name) for name in np.unique(patient)]
    random = np.random.default_rng(SEED)
    draws = []
    for _ in range(RESAMPLES):
        drawn = random.integers(len(of_patient), size=len(of_patient))
        lesions = np.concatenate([of_patient[i] for i in drawn])
        draws.append(roc_auc_score(truth[lesions], means[lesions]))
    low, high = np.percentile(draws, (2.5, 97.5))
    value = roc_auc_score(truth, means)
    return {"auc": round(value, 3), "interval": [round(low, 3), round(high, 3)]}


def network_scores(weights, trained, patches):
    scores = np.zeros(len(patches.fold))
    for k in np.unique(patches.fold):
        net = Backbone(weights).to(memory_format=torch.channels_last).eval()
        net.load_state_dict(torch.load(f"{trained}/fold{k}.pt", map_location="cpu"))
        checkpoint = torch.load(f"{trained}/fold{k}.checkpoint.pt", map_location="cpu")
        held_out = np.flatnonzero(patches.fold == k)
        scores[held_out] = head_scores(net, checkpoint, patches, held_out)
    return scores


def frozen_features(weights, patches):
    net = Backbone(weights).to(memory_format=torch.channels_last).eval()
    parts = np.array_split(np.arange(len(patches.fold)), 41)
    with torch.no_grad():
        return np.concatenate([pooled(net(patches.plain(rows))).numpy() for rows in parts])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weights", default="../shared/weights/mobilenetv2_nchw/weights")
    parser.add_argument("--patches", default=".cache/patches")
    parser.add_argument("--elsewhere", default=".cache/patches-elsewhere")
    parser.add_argument("--trained", default=".cache/backbone")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    weights = read_weights(args.weights)
    lesions, elsewhere = Patches(args.patches), Patches(args.elsewhere)
    rows = np.arange(len(elsewhere.fold))
    shared = np.flatnonzero(np.isin(lesions.lesion, elsewhere.lesion))
    at_lesion = network_scores(weights, args.trained, lesions)
    away = network_scores(weights, args.trained, elsewhere)
    trained_away = out_of_fold(elsewhere, frozen_features(weights, elsewhere))
    trained_lesion = out_of_fold(lesions, frozen_features(weights, lesions))
    report = {
        "boxes": len(rows),
        "lesions": len(np.unique(elsewhere.lesion)),
        "lesion": {
            "network": with_interval(lesions, shared, at_lesion),
            "frozenSvm": with_interval(lesions, shared, trained_lesion),
        },
        "networkElsewhere": with_interval(elsewhere, rows, away),
        "trainedElsewhere": with_interval(elsewhere, rows, trained_away),
    }
    print(json.dumps(report, indent=1))
    with open(args.out, "w") as file:
        json.dump(report, file, indent=1)


if __name__ == "__main__":
    main()
