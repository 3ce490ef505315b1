"""Trains the backbone once a fold and once on all lesions, with several seeds, on a card or on CPU.

  python3 pipeline/backbone/train.py --weights DIR --patches .cache/patches --out .cache/backbone

Network k never sees a lesion of fold k, so its features of fold k are honest. The last (averaged)
weights are taken; no epoch is picked by a held-out figure. The plan (plan.py) names the runs in the
order of their worth; what is done when --seconds have passed is what there is.

Writes RUN.pt for each finished network, scores.npz with the held-out logits of every network (each box
as marked, rotated, mirrored and with moved boxes) and figures.json.
"""

import argparse
import json
import os
import time

import numpy as np
import torch
from sklearn.metrics import roc_auc_score

import plan
from network import read_weights
from patches import CONTEXT, Patches
from trainer import Trainer

FOLDS = 5
SEED = 2016
MOVED = 12


def moves():
    """Moved boxes as [scale, shift across, shift down], shifts in longer sides of the box."""
    random = np.random.default_rng(SEED)
    drawn = [(np.exp(random.uniform(-0.1, 0.1)), *random.uniform(-0.1, 0.1, 2)) for _ in range(MOVED)]
    return [[float(v) for v in move] for move in drawn]


def views(wide):
    """The eight rotations and mirrors of the box as marked, the first unchanged; then moved boxes."""
    s = CONTEXT / wide
    turns = [[[s, 0], [0, s]], [[0, -s], [s, 0]], [[-s, 0], [0, -s]], [[0, s], [-s, 0]]]
    out = [[[a[0], a[1], 0], [b[0], b[1], 0]] for a, b in turns]
    out += [[[-a[0], a[1], 0], [-b[0], b[1], 0]] for a, b in turns]
    for scale, across, down in moves():
        t = s * scale
        out.append([[t, 0, across * 2 / wide], [0, t, down * 2 / wide]])
    return out


def logits_of(trainer, patches, flat, rows, matrices):
    """[len(matrices), len(rows)] in full precision."""
    tuned = torch.backends.cudnn.allow_tf32, torch.backends.cudnn.benchmark
    torch.backends.cudnn.allow_tf32 = torch.backends.cudnn.benchmark = False
    out = np.zeros((len(matrices), len(rows)), np.float32)
    with torch.no_grad():
        for i, matrix in enumerate(matrices):
            for at in range(0, len(rows), 256):
                x = patches.placed(rows[at : at + 256], matrix)
                out[i, at : at + 256] = trainer.flat.logits(flat, x).cpu().numpy()
    torch.backends.cudnn.allow_tf32, torch.backends.cudnn.benchmark = tuned
    return out


class Results:
    """What the finished networks say, kept on disk as it grows."""

    def __init__(self, patches, out):
        self.patches, self.out = patches, out
        self.scores, self.figures, self.notes, self.started = {}, {}, {}, time.time()
        if os.path.exists(f"{out}/scores.npz"):
            with np.load(f"{out}/scores.npz") as file:
                self.scores = {name.replace("|", "/"): file[name] for name in file.files}

    def weights_file(self, run):
        return f"{self.out}/weights/{run.replace('/', '_')}.pt"

    def has(self, run):
        return os.path.exists(self.weights_file(run))

    def weights(self, run):
        return torch.load(self.weights_file(run), map_location=self.patches.device)

    def add(self, trainer, run, flat, note):
        held_out = np.flatnonzero(self.patches.fold == plan.fold_of(run))
        self.figures[run] = note
        if len(held_out):
            matrices = views(self.patches.wide) if self.patches.device.type == "cuda" else views(self.patches.wide)[:1]
            self.scores[run] = logits_of(trainer, self.patches, flat, held_out, matrices)
            self.figures[run]["heldOutAuc"] = self.auc_of(held_out, self.scores[run][0])
        os.makedirs(f"{self.out}/weights", exist_ok=True)
        torch.save(flat.clone(), self.weights_file(run))

    def auc_of(self, rows, scores):
        truth, means = self.patches.lesion_means(rows, scores)
        return float(roc_auc_score(truth, means))

    def pooled(self, kinds, turns=1):
        """AUC over all folds of the mean logit of several kinds of network; None while one is missing."""
        runs = [[f"{kind}/fold{k}" for kind in kinds] for k in range(FOLDS)]
        if any(run not in self.scores for fold in runs for run in fold):
            return None
        scores = np.zeros(len(self.patches.fold), np.float32)
        for k, fold in enumerate(runs):
            part = [self.scores[run][:turns].mean(0) for run in fold]
            scores[self.patches.fold == k] = np.mean(part, 0)
        return self.auc_of(np.arange(len(scores)), scores)

    def table(self):
        kinds = sorted({run.rsplit("/", 1)[0] for run in self.scores})
        groups = [[kind] for kind in kinds]
        for base in sorted({plan.without_seed(kind) for kind in kinds}):
            same = [kind for kind in kinds if plan.without_seed(kind) == base]
            if len(same) > 1:
                groups.append(same)
        rows = {}
        for kinds in groups:
            areas = [self.pooled(kinds, turns) for turns in (1, 4, 8)]
            if areas[0] is not None:
                rows[" + ".join(kinds)] = areas
        return rows

    def write(self, folder=None):
        folder = folder or self.out
        np.savez_compressed(
            f"{folder}/scores.npz",
            **{name.replace("/", "|"): value.astype(np.float32) for name, value in self.scores.items()},
        )
        with open(f"{folder}/figures.json", "w") as file:
            figures = {**self.notes, "seconds": time.time() - self.started, "runs": self.figures, "pooledAuc": self.table()}
            json.dump(figures, file, indent=1)


class Pool:
    """Trainers by what they were made for, so that a recorded step serves many jobs."""

    def __init__(self, make):
        self.make, self.idle = make, {}

    def take(self, job):
        key = (job.recipe, len(job.teachers))
        idle = self.idle.setdefault(key, [])
        return idle.pop() if idle else self.make(*key)

    def give(self, job, trainer):
        self.idle[(job.recipe, len(job.teachers))].append(trainer)


def rows_for(patches, run):
    return np.flatnonzero(patches.fold != plan.fold_of(run))


def run_jobs(jobs, slots, pool, patches, results, deadline, checkpoints, say):
    """Trains the jobs, `slots` at a time, in their order. False when the time was up."""
    waiting = [job for job in jobs if not results.has(job.run)]
    running = []
    while waiting or running:
        while waiting and len(running) < slots:
            job = waiting.pop(0)
            trainer = pool.take(job)
            seed = SEED + 1000 * job.seed + plan.fold_of(job.run) + 1
            teachers = [results.weights(run) for run in job.teachers]
            trainer.load(rows_for(patches, job.run), job.epochs, seed, teachers)
            kept = checkpoints and f"{checkpoints}/{job.run.replace('/', '_')}.pt"
            if kept and os.path.exists(kept):
                trainer.resume(torch.load(kept))
            running.append((job, trainer, time.time(), kept))
        for entry in list(running):
            job, trainer, start, kept = entry
            more = trainer.advance()
            if kept and trainer.at % trainer.per_epoch == 0:
                torch.save(trainer.state(), kept)
                say(f"{job.run}: epoch {trainer.at // trainer.per_epoch}/{job.epochs}, {time.time() - start:.0f} s")
            if not more:
                running.remove(entry)
                trainer.settle()
                loss = float(trainer.loss) / trainer.steps
                note = {"seconds": round(time.time() - start, 1), "loss": loss, "steps": trainer.steps}
                results.add(trainer, job.run, trainer.average, note)
                pool.give(job, trainer)
                say(f"{job.run}: {json.dumps(results.figures[job.run])}")
        if time.time() > deadline:
            return False
    return True


def average_seeds(kinds, name, trainer, results, say):
    """The mean of the weights of several seeds, one network a fold."""
    for part in plan.PARTS:
        run, members = f"{name}/{part}", [f"{kind}/{part}" for kind in kinds]
        if not results.has(run) and all(results.has(m) for m in members):
            flat = sum(results.weights(m) for m in members) / len(members)
            results.add(trainer, run, flat, {"meanOf": members})
    say(f"{name}: {results.pooled([name])}")


def leave(results, folder, say):
    """The networks that may ship as half floats, three a file, with all scores and figures: the kind
    with the best pooled AUC of those that are whole, then the final networks of the next ones."""
    kinds = {run.rsplit("/", 1)[0] for run in results.scores}
    areas = {kind: results.pooled([kind]) or 0 for kind in kinds}
    whole = [kind for kind in kinds if all(results.has(f"{kind}/{part}") for part in plan.PARTS)]
    ranked = sorted(whole or kinds, key=lambda kind: -areas[kind])
    wanted = [f"{kind}/{part}" for kind in ranked[:1] for part in plan.PARTS]
    wanted += [f"{kind}/final" for kind in ranked[1:4]]
    wanted = [run for run in wanted if results.has(run)]
    os.makedirs(folder, exist_ok=True)
    for i in range(0, len(wanted), 3):
        halves = {
            run.replace("/", "|"): results.weights(run).half().cpu().numpy() for run in wanted[i : i + 3]
        }
        np.savez(f"{folder}/networks-{i // 3}.npz", **halves)
    results.notes = {"ranked": ranked, "kept": wanted}
    results.write(folder)
    say(f"kept {wanted}")


def probe(make, patches, say):
    """Times a step of several ways to compute it and returns the fastest that agrees with the plainest."""
    best, truth = None, None
    for half, channels_last, graph in [
        (False, True, False), (False, True, True), (False, False, True), (True, True, True),
    ]:  # fmt: skip
        way = dict(half=half, channels_last=channels_last, graph=graph)
        try:
            trainer = make("detector", 0, **way)
            trainer.load(np.arange(len(patches.fold)), 2, SEED)
            for _ in range(10):
                trainer.advance()
            torch.cuda.synchronize()
            start = time.time()
            for _ in range(30):
                trainer.advance()
            torch.cuda.synchronize()
            cost, loss = (time.time() - start) / 30, float(trainer.loss) / trainer.at
            truth = loss if truth is None else truth
            agrees = abs(loss - truth) < 0.02
            say(f"probe {way}: {cost * 1e3:.2f} ms a step, loss {loss:.4f}{'' if agrees else ', refused'}")
            # Half precision only where it saves a third and more.
            worth = cost * (1.5 if half else 1)
            if agrees and (best is None or worth < best[0]):
                best = (worth, way)
            del trainer
        except Exception as problem:  # a way that this card or library cannot go
            say(f"probe {way}: {type(problem).__name__} {str(problem)[:300]}")
    torch.cuda.empty_cache()
    return best[1]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weights", default="../shared/weights/mobilenetv2_nchw/weights")
    parser.add_argument("--patches", default=".cache/patches")
    parser.add_argument("--out", default=".cache/backbone")
    parser.add_argument("--plan", default="ship", choices=sorted(plan.PLANS))
    parser.add_argument("--epochs", type=float, default=1, help="factor on the epochs of the plan")
    parser.add_argument("--slots", type=int, default=0, help="networks trained side by side")
    parser.add_argument("--seconds", type=float, default=1e9, help="stop after this time")
    parser.add_argument("--way", help="how to compute a step on a card, as --probe prints it")
    parser.add_argument("--probe", help="only find the fastest way and write it to this file")
    parser.add_argument("--leave", help="folder for the results that travel, rewritten after each stage")
    args = parser.parse_args()
    start = time.time()
    say = lambda text: print(f"[{time.time() - start:5.0f} s] {text}", flush=True)
    os.makedirs(args.out, exist_ok=True)
    card = torch.cuda.is_available()
    if card:
        torch.backends.cudnn.benchmark = True
        torch.backends.cudnn.allow_tf32 = True
        torch.backends.cuda.matmul.allow_tf32 = True
        say(torch.cuda.get_device_name(0))
    else:
        torch.set_num_threads(2)
    patches = Patches(args.patches, "cuda" if card else "cpu")
    weights = read_weights(args.weights)
    say(f"{len(patches.fold)} patches")
    make = lambda recipe, teachers, **way: Trainer(weights, patches, recipe, teachers, **way)
    if args.probe:
        with open(args.probe, "w") as file:
            json.dump(probe(make, patches, say), file)
        return
    way = json.loads(args.way) if args.way else {}
    say(f"steps as {way}")
    pool = Pool(lambda recipe, teachers: make(recipe, teachers, **way))
    results = Results(patches, args.out)
    checkpoints = None if card else f"{args.out}/checkpoints"
    if checkpoints:
        os.makedirs(checkpoints, exist_ok=True)
    helper = make("plain", 0)
    slots = args.slots or (8 if card else 1)
    for stage in plan.PLANS[args.plan](results):
        jobs = [job._replace(epochs=max(1, round(job.epochs * args.epochs))) for job in stage.jobs]
        say(f"stage {stage.name}: {len(jobs)} networks")
        done = run_jobs(jobs, slots, pool, patches, results, start + args.seconds, checkpoints, say)
        if stage.average:
            average_seeds(*stage.average, helper, results, say)
        results.write()
        for kinds, areas in results.table().items():
            say(f"{kinds}: {[round(a, 4) for a in areas]}")
        if args.leave:
            leave(results, args.leave, say)
        if not done:
            say("time is up")
            break


if __name__ == "__main__":
    main()
