"""Which networks are trained, in the order of their worth. A run is KIND/PART, part fold0 to fold4 or
final; a kind is a recipe with its epochs and its seed."""

from typing import NamedTuple


PARTS = ["fold0", "fold1", "fold2", "fold3", "fold4", "final"]
# A film-like recipe must lead by more than this in cross-validation, because the other is made to carry
# to digital detectors, of which the training set has none.
LEAD = 0.012


class Job(NamedTuple):
    run: str
    recipe: str
    epochs: int
    seed: int
    teachers: tuple = ()


class Stage(NamedTuple):
    name: str
    jobs: list
    average: tuple = ()


def fold_of(run):
    part = run.rsplit("/", 1)[1]
    return int(part[4:]) if part.startswith("fold") else -1


def without_seed(kind):
    return kind.rsplit("-s", 1)[0]


def kind_of(recipe, epochs, seed):
    return f"{recipe}{epochs}-s{seed}"


def jobs_of(recipe, epochs, seed, parts=PARTS):
    return [Job(f"{kind_of(recipe, epochs, seed)}/{part}", recipe, epochs, seed) for part in parts]


def pupils_of(recipe, epochs, seed, kinds, name):
    return [
        Job(f"{name}/{part}", recipe, epochs, seed, tuple(f"{kind}/{part}" for kind in kinds))
        for part in PARTS
    ]


def ship(results):
    """Two recipes with one seed, the better with two more, their mean, a pupil of the three; then
    shorter and longer training and more seeds, which only inform."""
    yield Stage("recipes", jobs_of("detector", 45, 0) + jobs_of("plain", 45, 0, PARTS[:5]))
    areas = {recipe: results.pooled([kind_of(recipe, 45, 0)]) for recipe in ("detector", "plain")}
    recipe = "detector"
    if None not in areas.values() and areas["plain"] - areas["detector"] > LEAD:
        recipe = "plain"
    kinds = [kind_of(recipe, 45, seed) for seed in range(3)]
    more = jobs_of(recipe, 45, 1) + jobs_of(recipe, 45, 2) + jobs_of(recipe, 45, 0, PARTS[5:])
    yield Stage("seeds", more, (kinds, f"{recipe}45-mean"))
    yield Stage("pupils", pupils_of(recipe, 60, 10, kinds, f"{recipe}45-pupil"))
    yield Stage("longer", jobs_of(recipe, 90, 0))
    yield Stage("shorter", jobs_of(recipe, 30, 0, PARTS[:5]) + jobs_of("plain", 30, 0, PARTS[:5]))
    longer = [kind_of(recipe, 90, seed) for seed in range(3)]
    yield Stage("longer seeds", jobs_of(recipe, 90, 1) + jobs_of(recipe, 90, 2), (longer, f"{recipe}90-mean"))
    yield Stage("longer pupils", pupils_of(recipe, 90, 20, longer, f"{recipe}90-pupil"))


def brief(results):
    """One seed of one recipe: for a machine without a card."""
    yield Stage("recipe", jobs_of("detector", 30, 0))


def trial(results):
    """A few steps of each kind of job, to see that it runs."""
    yield Stage("recipes", jobs_of("detector", 1, 0)[4:] + jobs_of("plain", 1, 0)[4:5])
    kinds = [kind_of("detector", 1, 0)]
    yield Stage("mean", [], (kinds, "detector1-mean"))
    yield Stage("pupils", pupils_of("detector", 1, 10, kinds, "detector1-pupil")[5:])


PLANS = {"ship": ship, "brief": brief, "trial": trial}
