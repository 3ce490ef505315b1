"""Fine-tunes the backbone once a fold, and once on all lesions, with one fixed recipe.

  python3 pipeline/backbone/train.py --weights DIR --patches .cache/patches --out .cache/backbone

Network k never sees a lesion of fold k, so its features of fold k are honest. Nothing is chosen on
the held-out fold: the number of epochs and all rates were fixed beforehand, the last (averaged)
weights are taken. The figures printed for the held-out fold are for information.
"""

import argparse
import copy
import json
import os
import time

import numpy as np
import torch
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
from torch import nn

from network import Backbone, pooled, read_weights
from patches import Patches

EPOCHS = 10
BATCH = 32
RATE = 2e-4
HEAD_RATE = 1e-3
WEIGHT_DECAY = 0.02
DROPOUT = 0.3
SMOOTHING = 0.05
AVERAGING = 0.98
HEAD_CHANNELS = 1280
SEED = 2016


def features_of(net, patches, rows):
    net.eval()
    out = []
    with torch.no_grad():
        for at in range(0, len(rows), 64):
            x = patches.plain(rows[at : at + 64]).to(memory_format=torch.channels_last)
            out.append(pooled(net(x)).numpy())
    return np.concatenate(out)


def lesion_auc(patches, rows, scores):
    """AUC of the mean score over the boxes of each lesion."""
    lesions = patches.lesion[rows]
    names = np.unique(lesions)
    mean = [scores[lesions == name].mean() for name in names]
    truth = [patches.malignant[rows][lesions == name][0] for name in names]
    return float(roc_auc_score(truth, mean))


def svm_auc(patches, net, train, test, kernel="rbf", cost=1.0):
    svm = make_pipeline(StandardScaler(), SVC(kernel=kernel, C=cost, gamma="scale"))
    svm.fit(features_of(net, patches, train), patches.malignant[train])
    return lesion_auc(patches, test, svm.decision_function(features_of(net, patches, test)))


def batches(rows, generator):
    order = torch.randperm(len(rows), generator=generator).numpy()
    for at in range(0, len(rows) - BATCH + 1, BATCH):
        yield rows[order[at : at + BATCH]]


def update_average(average, model, step):
    keep = min(AVERAGING, (1 + step) / (10 + step))
    with torch.no_grad():
        for a, b in zip(average.parameters(), model.parameters()):
            a.mul_(keep).add_(b, alpha=1 - keep)


def train(weights, patches, rows, checkpoint, say):
    """Returns the averaged backbone; resumes from `checkpoint` after an interruption."""
    torch.manual_seed(SEED)
    generator = torch.Generator().manual_seed(SEED)
    net = Backbone(weights).to(memory_format=torch.channels_last)
    head = nn.Sequential(nn.Dropout(DROPOUT), nn.Linear(HEAD_CHANNELS, 1))
    model = nn.ModuleDict({"net": net, "head": head})
    average = copy.deepcopy(model)
    optimizer = torch.optim.AdamW(
        [
            {"params": net.parameters(), "lr": RATE},
            {"params": head.parameters(), "lr": HEAD_RATE},
        ],
        weight_decay=WEIGHT_DECAY,
    )
    steps = EPOCHS * (len(rows) // BATCH)
    warm = steps // 20
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda i: min(1, (i + 1) / warm) * 0.5 * (1 + np.cos(np.pi * min(i, steps) / steps)),
    )
    first, step = 0, 0
    if os.path.exists(checkpoint):
        state = torch.load(checkpoint)
        for part, name in ((model, "model"), (average, "average"), (optimizer, "optimizer")):
            part.load_state_dict(state[name])
        schedule.load_state_dict(state["schedule"])
        generator.set_state(state["generator"])
        first, step = state["epoch"], state["step"]
    for epoch in range(first, EPOCHS):
        model.train()
        total, start = 0.0, time.time()
        for members in batches(rows, generator):
            x = patches.augmented(members, generator).to(memory_format=torch.channels_last)
            y = torch.from_numpy(patches.malignant[members]) * (1 - SMOOTHING) + SMOOTHING / 2
            logit = head(net(x)[-1].mean(dim=(2, 3)))[:, 0]
            loss = nn.functional.binary_cross_entropy_with_logits(logit, y)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimizer.step()
            schedule.step()
            step += 1
            update_average(average, model, step)
            total += loss.item() * len(members)
        say(f"epoch {epoch + 1}/{EPOCHS} loss {total / len(rows):.4f} {time.time() - start:.0f} s")
        torch.save(
            {
                "model": model.state_dict(),
                "average": average.state_dict(),
                "optimizer": optimizer.state_dict(),
                "schedule": schedule.state_dict(),
                "generator": generator.get_state(),
                "epoch": epoch + 1,
                "step": step,
            },
            checkpoint,
        )
    return average


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weights", default="../shared/weights/mobilenetv2_nchw/weights")
    parser.add_argument("--patches", default=".cache/patches")
    parser.add_argument("--out", default=".cache/backbone")
    parser.add_argument("--runs", default="fold0,fold1,fold2,fold3,fold4,final")
    parser.add_argument("--frozen", action="store_true", help="only the untrained baseline")
    args = parser.parse_args()
    torch.set_num_threads(2)
    os.makedirs(args.out, exist_ok=True)
    patches = Patches(args.patches)
    weights = read_weights(args.weights)
    everything = np.arange(len(patches.fold))
    if args.frozen:
        net = Backbone(weights).to(memory_format=torch.channels_last).eval()
        for k in range(5):
            train_rows, test_rows = everything[patches.fold != k], everything[patches.fold == k]
            aucs = [svm_auc(patches, net, train_rows, test_rows, cost=c) for c in (1, 4)]
            print(f"frozen, fold {k}: lesion AUC SVM C 1, 4:", [round(a, 3) for a in aucs], flush=True)
        return
    for name in args.runs.split(","):
        say = lambda text: print(f"{name}: {text}", flush=True)
        result = f"{args.out}/{name}.json"
        if os.path.exists(result):
            continue
        held_out = int(name[4:]) if name.startswith("fold") else -1
        train_rows, test_rows = everything[patches.fold != held_out], everything[patches.fold == held_out]
        start = time.time()
        model = train(weights, patches, train_rows, f"{args.out}/{name}.checkpoint.pt", say)
        torch.save(model["net"].state_dict(), f"{args.out}/{name}.pt")
        figures = {"run": name, "seconds": round(time.time() - start), "boxes": len(train_rows)}
        if len(test_rows):
            with torch.no_grad():
                model.eval()
                x = patches.plain(test_rows).to(memory_format=torch.channels_last)
                logits = model["head"](model["net"](x)[-1].mean(dim=(2, 3)))[:, 0].numpy()
            figures["heldOutLesionAuc"] = {
                "head": lesion_auc(patches, test_rows, logits),
                "svmRbfC1": svm_auc(patches, model["net"], train_rows, test_rows),
                "svmLinear": svm_auc(patches, model["net"], train_rows, test_rows, "linear", 1e-4),
            }
        with open(result, "w") as file:
            json.dump(figures, file, indent=1)
        say(json.dumps(figures))


if __name__ == "__main__":
    main()
