"""Trains the finder: one network a fold and one on everything, side by side, with one recipe.

  python3 pipeline/finder/train.py --images .cache/finder --weights DIR --out .cache/finder/trained

Network k never sees a patient of fold k. The runs take turns step by step, so that all have had the
same number of epochs when the time (--seconds) or the epochs are up; the rate falls as a cosine to
the last planned epoch. Nothing is picked by a held-out figure: the last averaged weights are taken. Writes
weights-0.npz, weights-1.npz (float16, names RUN/TENSOR) and training.json.
"""

import argparse
import contextlib
import copy
import json
import multiprocessing
import os
import time

import numpy as np
import torch
from torch import nn

import augment
from finder_net import STRIDE, Finder, load
from froc import decode, froc, mirrored
from network import read_weights
from pictures import Pictures
from targets import TARGET_MAPS, loss as loss_of, targets

RUNS = ("fold0", "fold1", "fold2", "fold3", "fold4", "final")
CANVAS = (416, 704)
RATE = 3e-4
NEW_RATE = 1.5e-3
WEIGHT_DECAY = 0.02
WARM_STEPS = 120
CLIP = 5.0
AVERAGING = 0.997
SEED = 2016
TEST_BATCH = 16


class Feed:
    """Makes the next batches' transforms and targets on the processor while the device works."""

    def __init__(self, pictures, rows, batch, seed, workers):
        self.pictures, self.rows, self.batch = pictures, rows, batch
        self.random = np.random.default_rng(seed)
        self.workers = workers

    def make(self, task):
        members, seed = task
        random = np.random.default_rng(seed)
        transforms, maps = [], []
        for i in members:
            boxes = self.pictures.boxes[i]
            transform, lying = augment.draw(random, self.pictures.images[i]["window"], boxes, CANVAS)
            share = augment.visible(lying, CANVAS) if len(lying) else []
            transforms.append(transform)
            maps.append(targets(lying, self.pictures.malignant[i], share, CANVAS))
        return members, transforms, np.stack(maps)

    def epoch(self):
        order = self.random.permutation(self.rows)
        count = len(order) // self.batch
        tasks = [
            (order[k * self.batch : (k + 1) * self.batch], int(self.random.integers(2**63)))
            for k in range(count)
        ]
        return self.workers.imap(Task(self), tasks)


class Task:
    """A picklable call of Feed.make: forked workers find the feed by its place in FEEDS."""

    def __init__(self, feed):
        self.at = FEEDS.index(feed)

    def __call__(self, task):
        return FEEDS[self.at].make(task)


FEEDS = []


class Run:
    """
    One network in training. On a card its step is recorded once as a CUDA graph and replayed on a
    stream of its own, so that several networks share the card without waiting for the processor.
    """

    def __init__(self, name, weights, pictures, pixels, args, device, feed):
        torch.manual_seed(args.seed)
        self.name, self.pictures, self.pixels, self.device, self.feed = name, pictures, pixels, device, feed
        net = load(args.start, name, weights) if args.start else Finder(weights)
        self.net = net.to(device, memory_format=args.format).train()
        self.average = copy.deepcopy(self.net).eval()
        fresh = {id(p) for part in self.net.new_parts() for p in part.parameters()}
        everything = list(self.net.parameters())
        card = device.type == "cuda"
        rate = lambda: torch.zeros((), device=device) if card else 0.0
        self.optimizer = torch.optim.AdamW(
            [
                {"params": [p for p in everything if id(p) not in fresh], "rate": args.rate, "lr": rate()},
                {"params": [p for p in everything if id(p) in fresh], "rate": args.new_rate, "lr": rate()},
            ],
            weight_decay=WEIGHT_DECAY,
            **({"fused": True, "capturable": True} if card else {}),
        )
        self.random = np.random.default_rng(args.seed)
        self.at = 0
        self.args = args
        width, height = CANVAS
        maps = (args.batch, TARGET_MAPS, height // STRIDE, width // STRIDE)
        self.x = torch.zeros(args.batch, 1, height, width, device=device).to(memory_format=args.format)
        self.target = torch.zeros(maps, device=device)
        self.fade = torch.ones((), device=device)
        self.total = torch.zeros((), device=device)
        self.stream = torch.cuda.Stream() if card else None
        self.graph = None
        if card:
            self.record()

    def step(self):
        """One step on what lies in `x` and `target`; the average keeps all but the share `fade`."""
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.args.half, cache_enabled=False):
            out, _ = self.net(self.x)
        value = loss_of(out.float(), self.target)
        self.optimizer.zero_grad(set_to_none=True)
        value.backward()
        nn.utils.clip_grad_norm_(self.net.parameters(), CLIP)
        self.optimizer.step()
        with torch.no_grad():
            for kept, now in zip(self.average.parameters(), self.net.parameters()):
                kept.add_((now - kept) * self.fade)
            self.total.add_(value.detach())

    def record(self):
        """Records the step; what the trial steps changed is put back."""
        before = copy.deepcopy(self.net.state_dict())
        self.stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(self.stream):
            for _ in range(3):
                self.step()
        torch.cuda.synchronize()
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph, stream=self.stream):
            self.step()
        torch.cuda.synchronize()
        with torch.no_grad():
            self.net.load_state_dict(before)
            self.average.load_state_dict(before)
            for state in self.optimizer.state.values():
                for value in state.values():
                    value.zero_()
        self.graph = graph

    def start(self):
        """Begins a pass."""
        self.total.zero_()
        self.count, self.batches = 0, iter(self.feed.epoch())
        self.steps = len(self.feed.rows) // self.feed.batch
        if self.args.steps:
            self.steps = min(self.steps, self.args.steps)
        if self.stream:
            torch.cuda.synchronize()

    def advance(self, progress):
        """One step of the pass, False when it is over; `progress(share of the pass)` is the share of all."""
        if self.count == self.steps:
            for _ in self.batches:
                pass
            return False
        members, transforms, maps = next(self.batches)
        factor = 0.5 * (1 + np.cos(np.pi * min(progress(self.count / self.steps), 1)))
        factor = max(factor, 0.005) * min(1, (self.at + 1) / WARM_STEPS)
        self.at += 1
        self.count += 1
        keep = min(AVERAGING, (1 + self.at) / (10 + self.at))
        with torch.cuda.stream(self.stream) if self.stream else contextlib.nullcontext():
            x = self.pixels[torch.as_tensor(members, device=self.device)][:, None]
            self.x.copy_(augment.detector(augment.resampled(x, transforms, CANVAS), self.random))
            self.target.copy_(torch.as_tensor(maps))
            self.fade.fill_(1 - keep)
            for group in self.optimizer.param_groups:
                if self.stream:
                    group["lr"].fill_(group["rate"] * factor)
                else:
                    group["lr"] = group["rate"] * factor
            self.graph.replay() if self.graph else self.step()
        return True

    def mean_loss(self):
        if self.stream:
            self.stream.synchronize()
        return round(float(self.total) / max(self.count, 1), 4)

    def found(self, rows, mirror=True):
        """
        Candidates (score, box on the picture, outcome logit, features) a picture, of the averaged
        network; with `mirror`, of the mean of the view and its mirror image. In full precision.
        """
        found = []
        for at in range(0, len(rows), TEST_BATCH):
            members = rows[at : at + TEST_BATCH]
            transforms = [augment.plain(self.pictures.images[i]["window"]) for i in members]
            x = self.pixels[torch.as_tensor(members, device=self.device)][:, None]
            x = augment.resampled(x, transforms, CANVAS).to(memory_format=self.args.format)
            with torch.no_grad():
                maps, features = self.average(x)
                maps[:, 0] = torch.sigmoid(maps[:, 0])
                if mirror:
                    other, turned = self.average(x.flip(3))
                    other[:, 0] = torch.sigmoid(other[:, 0])
                    maps = (maps + mirrored(other)) / 2
                    features = (features + turned.flip(3)) / 2
            maps, features = maps.cpu(), features.cpu().numpy()
            for m, f, i in zip(maps, features, members):
                left, top = self.pictures.images[i]["window"][:2]
                found.append(
                    [(s, b + (left, top, 0, 0), l, f[:, y, x]) for s, b, l, (y, x) in decode(m)]
                )
        return found


KEPT = 12


def keep(found, pictures, path):
    """Candidates with their features, for development; those of figures come from the product's path."""
    flat = [(i, *c) for i, candidates in found.items() for c in candidates[:KEPT]]
    np.savez_compressed(
        path,
        image=np.array([c[0] for c in flat], np.int32),
        score=np.array([c[1] for c in flat], np.float32),
        box=np.array([c[2] for c in flat], np.float32),
        outcome=np.array([c[3] for c in flat], np.float32),
        features=np.array([c[4] for c in flat], np.float16),
    )


def held_out(runs, pictures, folder):
    """FROC of each fold on its own patients, and of all together; the same without the mirror image."""
    report, kept = {}, {}
    found, single, truth = [], [], []
    for run in runs:
        if run.name == "final":
            continue
        rows = np.flatnonzero(pictures.fold == int(run.name[4:]))
        rows = rows[: run.args.test] if run.args.test else rows
        here = run.found(rows)
        lesions = [list(zip(pictures.boxes[i], pictures.malignant[i] > 0.5)) for i in rows]
        report[run.name] = {"images": len(rows), "all": froc(here, lesions)}
        found += here
        single += run.found(rows, mirror=False)
        truth += lesions
        kept.update(zip(rows.tolist(), here))
    if found:
        report["pooled"] = {
            "images": len(found),
            "all": froc(found, truth),
            "malignant": froc(found, truth, lambda m: m),
            "withoutMirror": froc(single, truth),
        }
        keep(kept, pictures, f"{folder}/candidates.npz")
    return report


def write(runs, folder, training):
    halves = (runs[: (len(runs) + 1) // 2], runs[(len(runs) + 1) // 2 :])
    for number, part in enumerate(halves):
        tensors = {
            f"{run.name}/{name}": value.detach().cpu().half().numpy()
            for run in part
            for name, value in run.average.state_dict().items()
        }
        np.savez(f"{folder}/weights-{number}.tmp.npz", **tensors)
        os.replace(f"{folder}/weights-{number}.tmp.npz", f"{folder}/weights-{number}.npz")
    with open(f"{folder}/training.json", "w") as file:
        json.dump(training, file, indent=1)


def main():
    began = time.time()
    parser = argparse.ArgumentParser()
    parser.add_argument("--weights", default="../shared/weights/mobilenetv2_nchw/weights")
    parser.add_argument("--images", default=".cache/finder")
    parser.add_argument("--out", default=".cache/finder/trained")
    parser.add_argument("--runs", default=",".join(RUNS))
    parser.add_argument("--start", help="go on from the averaged weights of this folder")
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--new-rate", type=float, default=NEW_RATE)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--epochs", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop in time, whatever the epochs")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--workers", type=int, default=min(8, os.cpu_count() or 1))
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--steps", type=int, default=0, help="a trial: so many batches an epoch")
    parser.add_argument("--test", type=int, default=0, help="a trial: so many held-out pictures a fold")
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    torch.set_num_threads(args.threads)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    pictures = Pictures(args.images)
    print(f"{len(pictures.images)} pictures read after {time.time() - began:.0f} s, {device}", flush=True)
    if args.weights.endswith(".npz"):
        store = np.load(args.weights)
        weights = [
            (store[f"{i}w"].astype(np.float32), store[f"{i}b"].astype(np.float32))
            for i in range(len(store.files) // 2)
        ]
    else:
        weights = read_weights(args.weights)
    everything = np.arange(len(pictures.images))
    names = args.runs.split(",")
    context = multiprocessing.get_context("fork")
    for n, name in enumerate(names):
        out = -1 if name == "final" else int(name[4:])
        FEEDS.append(Feed(pictures, everything[pictures.fold != out], args.batch, args.seed + n, None))
    with context.Pool(args.workers, initializer=torch.set_num_threads, initargs=(1,)) as pool:
        for feed in FEEDS:
            feed.workers = pool
        torch.backends.cudnn.benchmark = True
        args.format, args.half = torch.channels_last, device.type == "cuda"
        if device.type == "cuda":
            torch.backends.cuda.matmul.allow_tf32 = True
            torch.backends.cudnn.allow_tf32 = True
        pixels = torch.as_tensor(pictures.pixels, device=device)
        runs = [
            Run(name, weights, pictures, pixels, args, device, feed) for name, feed in zip(names, FEEDS)
        ]
        train(runs, pictures, args, began)


def train(runs, pictures, args, began):
    training = {"runs": [r.name for r in runs], "batch": args.batch, "canvas": CANVAS, "rounds": []}
    planned, reserve, written = args.epochs, 50.0, time.time()
    done = 0
    while done < planned:
        start = time.time()
        progress = lambda share: (done + share) / planned
        for run in runs:
            run.start()
        going = list(runs)
        while going:
            going = [run for run in going if run.advance(progress)]
        losses = [run.mean_loss() for run in runs]
        done += 1
        took = time.time() - start
        # The first pass also pays for the start; later ones are the measure.
        if done == 2:
            training["rounds"][0]["seconds"] = min(training["rounds"][0]["seconds"], took)
        training["rounds"].append({"losses": losses, "seconds": took})
        recent = np.mean([r["seconds"] for r in training["rounds"][-3:]])
        left = args.seconds - (time.time() - began) - reserve
        planned = min(args.epochs, done + max(0, int(min(left / recent, 1e6))))
        print(f"epoch {done}/{planned} losses {losses} {took:.1f} s", flush=True)
        if done < planned and time.time() - written > 90:
            write(runs, args.out, {**training, "epochs": done, "planned": planned})
            written = time.time()
    training["epochs"] = done
    write(runs, args.out, training)
    start = time.time()
    training["heldOut"] = held_out(runs, pictures, args.out)
    training["seconds"] = time.time() - began
    write(runs, args.out, training)
    print(f"held out, {time.time() - start:.0f} s:", json.dumps(training["heldOut"]), flush=True)


if __name__ == "__main__":
    main()
