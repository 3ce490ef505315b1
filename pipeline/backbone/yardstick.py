"""The paper's own method on a large network: frozen ResNet-50 v2 features and an RBF SVM.

  python3 pipeline/backbone/yardstick.py --out .cache/train/yardstick-resnet50v2.json

The large network is a yardstick, not the product. Same boxes, folds and context as the product;
patches of 224 pixels from the 8-bit training patches; C chosen on inner folds of the training side.
Layer names follow the ONNX Model Zoo's resnet50-v2-7 (He et al., ECCV 2016, pre-activation).
"""

import argparse
import json

import numpy as np
import torch
import torch.nn.functional as F
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from patches import CONTEXT, Patches

SIZE = 224
BLOCKS = {1: 3, 2: 4, 3: 6}
MEAN = torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)
STD = torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)
COSTS = (0.5, 1, 2, 4)


class ResNet:
    def __init__(self, folder):
        self.folder = f"{folder}/resnetv24_"

    def load(self, name):
        return torch.from_numpy(np.load(f"{self.folder}{name}.npy"))

    def norm(self, x, name):
        parts = [self.load(f"{name}_{p}") for p in ("running_mean", "running_var", "gamma", "beta")]
        return F.batch_norm(x, *parts, eps=1e-5)

    def conv(self, x, name, stride=1, pad=0):
        return F.conv2d(x, self.load(f"{name}_weight"), stride=stride, padding=pad)

    def stage(self, x, number):
        bn, conv = 0, 0
        for block in range(BLOCKS[number]):
            name = lambda kind, i: f"stage{number}_{kind}{i}"
            stride = 2 if block == 0 and number > 1 else 1
            y = F.relu(self.norm(x, name("batchnorm", bn)))
            shortcut = self.conv(y, name("conv", conv + 3), stride) if block == 0 else x
            y = self.conv(y, name("conv", conv))
            y = F.relu(self.norm(y, name("batchnorm", bn + 1)))
            y = self.conv(y, name("conv", conv + 1), stride, 1)
            y = F.relu(self.norm(y, name("batchnorm", bn + 2)))
            x = self.conv(y, name("conv", conv + 2)) + shortcut
            bn += 3
            conv += 4 if block == 0 else 3
        return x

    def features(self, grey):
        """[n, 1, s, s] in [0, 1] -> averages of stages 2 and 3 (512 and 1,024 channels)."""
        x = self.norm((grey - MEAN) / STD, "batchnorm0")
        x = F.relu(self.norm(self.conv(x, "conv0", 2, 3), "batchnorm1"))
        x = self.stage(F.max_pool2d(x, 3, 2, 1), 1)
        second = self.stage(x, 2)
        third = self.stage(second, 3)
        return [
            F.relu(self.norm(second, "stage3_batchnorm0")).mean(dim=(2, 3)).numpy(),
            F.relu(self.norm(third, "stage4_batchnorm0")).mean(dim=(2, 3)).numpy(),
        ]


def lesion_means(lesions, scores):
    names, inverse = np.unique(lesions, return_inverse=True)
    return names, np.bincount(inverse, scores) / np.bincount(inverse)


def lesion_auc(patches, rows, scores):
    names, means = lesion_means(patches.lesion[rows], scores)
    truth = dict(zip(patches.lesion, patches.malignant))
    return roc_auc_score([truth[n] for n in names], means)


def machine(cost):
    return make_pipeline(StandardScaler(), SVC(kernel="rbf", C=cost, gamma="scale"))


def nested(patches, x):
    scores = np.zeros(len(x))
    for k in range(5):
        train, test = np.flatnonzero(patches.fold != k), np.flatnonzero(patches.fold == k)
        inner = GroupKFold(4).split(train, groups=patches.patient[train])
        splits = [(train[a], train[b]) for a, b in inner]
        fit = lambda rows, cost: machine(cost).fit(x[rows], patches.malignant[rows])
        quality = [
            np.mean([lesion_auc(patches, b, fit(a, c).decision_function(x[b])) for a, b in splits])
            for c in COSTS
        ]
        scores[test] = fit(train, COSTS[int(np.argmax(quality))]).decision_function(x[test])
    return scores


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weights", default="../shared/weights/resnet50v2_nchw/weights")
    parser.add_argument("--patches", default=".cache/patches")
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    patches, net = Patches(args.patches), ResNet(args.weights)
    scale = CONTEXT / patches.wide
    parts = []
    with torch.no_grad():
        for at in range(0, len(patches.fold), 32):
            wide = patches.pixels[at : at + 32].float() / 255
            theta = torch.tensor([[scale, 0, 0], [0, scale, 0]]).repeat(len(wide), 1, 1)
            grid = F.affine_grid(theta, (len(wide), 1, SIZE, SIZE), align_corners=False)
            parts.append(net.features(F.grid_sample(wide, grid, padding_mode="border", align_corners=False)))
    sets = {name: np.concatenate([p[i] for p in parts]) for i, name in enumerate(("stage 2 average", "stage 3 average"))}
    report = []
    for name, x in sets.items():
        names, means = lesion_means(patches.lesion, nested(patches, x))
        first = {lesion: i for i, lesion in reversed(list(enumerate(patches.lesion)))}
        rows = [first[n] for n in names]
        lesions = [
            {"lesion": n, "patient": patches.patient[i], "malignant": bool(patches.malignant[i]), "score": m}
            for n, i, m in zip(names, rows, means)
        ]
        report.append({"set": f"ResNet-50 v2, frozen, {name}", "lesions": lesions})
        print(name, lesion_auc(patches, np.arange(len(x)), nested(patches, x)))
    with open(args.out, "w") as file:
        json.dump(report, file)


if __name__ == "__main__":
    main()
