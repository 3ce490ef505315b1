"""The mean of the weights of two trainings, run by run: the second went on from the first.

  python3 pipeline/finder/mean_weights.py .cache/finder/first .cache/finder/second --out .cache/finder/trained

Izmailov et al., "Averaging Weights Leads to Wider Optima and Better Generalization", UAI 2018.
"""

import argparse
import glob
import os

import numpy as np


def tensors(folder):
    found = {}
    for path in sorted(glob.glob(f"{folder}/weights-*.npz")):
        found.update(np.load(path))
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    sets = [tensors(folder) for folder in args.folders]
    if any(s.keys() != sets[0].keys() for s in sets):
        raise SystemExit("the trainings are not of the same networks")
    mean = {n: np.mean([s[n].astype(np.float32) for s in sets], axis=0) for n in sets[0]}
    os.makedirs(args.out, exist_ok=True)
    runs = list(dict.fromkeys(name.split("/")[0] for name in mean))
    # In two files, as training leaves them.
    for number, part in enumerate((runs[: (len(runs) + 1) // 2], runs[(len(runs) + 1) // 2 :])):
        own = {n: v.astype(np.float16) for n, v in mean.items() if n.split("/")[0] in part}
        np.savez(f"{args.out}/weights-{number}.npz", **own)


if __name__ == "__main__":
    main()
