"""Which machine on the pooled features? Cross-validated on the fold networks' features of all boxes:

  npm run pipeline -- features
  python3 pipeline/backbone/machines.py [--out docs/results/tandem-m2.arms-tried.json]

Everything is fitted on the training side of a fold. "both" is with the measured arm's out-of-fold scores,
calibrated as the product does it, on the other folds. Nothing is chosen here: every line is one machine for
all folds. "common scale": values so that the means of the classes of the training side are -1 and 1.
"""

import argparse
import json
import re

import numpy as np
from scipy.optimize import minimize
from scipy.stats import rankdata
from sklearn.svm import SVC

FOLDS = 5
SETS = {
    "block16 average": ["block16"],
    "head average": ["head"],
    "all averages": ["block12", "block16", "head"],
}


def auc(scores, y):
    ranks, n = rankdata(scores), y.sum()
    return (ranks[y].sum() - n * (n + 1) / 2) / (n * (len(y) - n))


def delong(scores, y):
    """95 % interval of an AUC (DeLong 1988)."""
    wins = (scores[y][:, None] > scores[~y][None]) + 0.5 * (scores[y][:, None] == scores[~y][None])
    parts = [wins.mean(1), wins.mean(0)]
    error = np.sqrt(sum(p.var(ddof=1) / len(p) for p in parts))
    return [wins.mean() - 1.96 * error, wins.mean() + 1.96 * error]


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def logit(p):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return np.log(p / (1 - p))


def platt(scores, y):
    """Slope and offset with Platt's smoothed targets."""
    n = y.sum()
    target = np.where(y, (n + 1) / (n + 2), 1 / (len(y) - n + 2))
    spread = scores.std() or 1

    def loss(p):
        z = p[0] * scores + p[1]
        d = sigmoid(z) - target
        return np.sum(np.logaddexp(0, z) - target * z), np.array([np.sum(d * scores), np.sum(d)])

    return minimize(loss, [1 / spread, -scores.mean() / spread], jac=True, method="BFGS").x


def ece(p, y):
    bins = np.minimum((p * 10).astype(int), 9)
    return sum(abs(p[bins == b].mean() - y[bins == b].mean()) * np.mean(bins == b) for b in np.unique(bins))


class Data:
    def __init__(self, folder, results):
        with open(f"{folder}/rows.json") as file:
            said = json.load(file)
        self.taps, rows = said["taps"], said["rows"]
        length = sum(t["shape"][2] for t in self.taps)
        self.vectors = [
            np.fromfile(f"{folder}/fold{k}.f32", np.float32).reshape(-1, length).astype(float)
            for k in range(FOLDS)
        ]
        self.fold = np.array([r["fold"] for r in rows])
        self.y = np.array([r["malignant"] for r in rows])
        self.lines = [r["line"] for r in rows]
        with open(results) as file:
            lesions = json.load(file)["lesions"]
        self.measured = np.array([l["analytic"] for l in lesions])
        members = {}
        for i, r in enumerate(rows):
            if not re.search(r"_box\d+$", r["lesion"]):
                members.setdefault(r["lesion"], []).append(i)
        self.members = [members[l["lesion"]] for l in lesions]
        self.outcome = np.array([l["malignant"] for l in lesions])
        self.lesion_fold = np.array([l["fold"] for l in lesions])
        self.grams = {}

    def averages(self, k, nodes):
        blocks, start = [], 0
        for tap in self.taps:
            end = start + tap["shape"][2]
            if tap["pooling"] == "average" and tap["node"] in nodes:
                blocks.append(self.vectors[k][:, start:end])
            start = end
        x = np.concatenate(blocks, 1)
        train = x[self.fold != k]
        scale = train.std(0)
        return (x - train.mean(0)) / np.where(scale > 1e-6, scale, 1)

    def gram(self, k, name):
        if (k, name) not in self.grams:
            x = self.averages(k, SETS[name])
            self.grams[k, name] = x @ x.T / x.shape[1]
        return self.grams[k, name]


def machine(kernel, c, y, train, test):
    """Decision values of training and test rows, and how many support vectors are free."""
    svm = SVC(kernel="precomputed", C=c).fit(kernel[np.ix_(train, train)], y[train])
    free = int(np.sum(np.abs(svm.dual_coef_[0]) < c * (1 - 1e-6)))
    return [svm.decision_function(kernel[np.ix_(rows, train)]) for rows in (train, test)] + [free]


def common(inside, outside, y):
    low, high = inside[~y].mean(), inside[y].mean()
    return (outside - (low + high) / 2) / ((high - low) / 2)


def judge(data, name, values, free=None):
    s = np.array([values[rows].mean() for rows in data.members])
    y, fold = data.outcome, data.lesion_fold
    alone, both = np.empty(len(s)), np.empty(len(s))
    for k in range(FOLDS):
        t = fold != k
        a, b = platt(s[t], y[t]), platt(data.measured[t], y[t])
        arm = sigmoid(a[0] * s + a[1])
        mean = logit((arm + sigmoid(b[0] * data.measured + b[1])) / 2)
        f = platt(mean[t], y[t])
        alone[~t], both[~t] = arm[~t], sigmoid(f[0] * mean[~t] + f[1])
    line = {
        "machine": name,
        "free": free,
        "pooled": auc(s, y),
        "delong": delong(s, y),
        "meanOfFolds": float(np.mean([auc(s[fold == k], y[fold == k]) for k in range(FOLDS)])),
        "calibrated": auc(alone, y),
        "both": auc(both, y),
        "bothDelong": delong(both, y),
        "bothEce": ece(both, y),
    }
    print(" ".join(f"{v:.4f}" if isinstance(v, float) else str(v) for v in line.values()), flush=True)
    return line


def try_machine(data, name, kernel_of, c):
    plain, scaled, free = np.empty(len(data.y)), np.empty(len(data.y)), []
    for k in range(FOLDS):
        train, test = np.flatnonzero(data.fold != k), np.flatnonzero(data.fold == k)
        inside, outside, count = machine(kernel_of(k), c, data.y, train, test)
        plain[test], scaled[test] = outside, common(inside, outside, data.y[train])
        free.append(count)
    return [judge(data, name, plain, free), judge(data, f"{name}, common scale", scaled, free)]


def rbf(gram, gamma):
    d = np.diag(gram)
    return np.exp(-gamma * (d[:, None] + d[None] - 2 * gram))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--dump", default=".cache/dump")
    parser.add_argument("--results", default="docs/results/tandem-m2.json")
    parser.add_argument("--scores", default=".cache/backbone/scores.json")
    parser.add_argument("--out", default="docs/results/tandem-m2.arms-tried.json")
    args = parser.parse_args()
    data = Data(args.dump, args.results)
    with open(args.scores) as file:
        scores = json.load(file)
    # Lines of the table start at 2; scores are of all its rows, fold by fold.
    turns = scores["turns"]
    views = len(scores["runs"][f"{scores['kind']}/fold0"])
    boxes = {"own head": [0], "own head, mean of moved boxes": [0, *range(turns, views)]}
    lines = []
    for name, chosen in boxes.items():
        values = np.empty(len(data.y))
        for k in range(FOLDS):
            held = np.mean([scores["runs"][f"{scores['kind']}/fold{k}"][v] for v in chosen], 0)
            rows = np.flatnonzero(data.fold == k)
            # A row that has no patch any more is left out of the scores as well.
            missing = len(held) - len(rows)
            if missing:
                before = [i for i in np.flatnonzero(np.diff(data.lines) > 1)]
                at = int(np.sum(data.fold[: before[0] + 1] == k))
                held = np.delete(held, at)
            values[rows] = held
        lines.append(judge(data, name, values))
    for name in SETS:
        for c in (0.003, 0.01, 0.03, 0.1, 0.3):
            lines += try_machine(data, f"{name}, linear, C {c}", lambda k: data.gram(k, name), c)
    for c, gamma in ((0.1, 0.1), (0.3, 0.1), (1, 0.03)):
        name = f"head average, RBF, C {c}, gamma {gamma}"
        lines += try_machine(data, name, lambda k: rbf(data.gram(k, "head average"), gamma), c)
    with open(args.out, "w") as file:
        json.dump({"command": "python3 pipeline/backbone/machines.py", "lines": lines}, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
