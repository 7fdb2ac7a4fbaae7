"""Expected boxes of the patient rule induction method, from its description in exact fractions and by brute force: each
cut is tried by counting, and quasi-p-values are sums of binomial probabilities. Knows nothing of the Java code.

python3 src/test/expected/discovery.py src/test/resources/expected
"""

import csv
import pathlib
import sys
from fractions import Fraction as F
from math import ceil, comb, floor

MASS = F(1, 20)
# Shares peeled and pasted, and the density wanted.
RUNS = {"fine": (F(1, 20), F(1, 20), F(7, 10)), "coarse": (F(1, 5), F(1, 50), F(9, 10))}
SIGNIFICANCE = F(1, 20)
CATEGORIES = ["a", "b", "c"]
DIMENSIONS = ["x0", "x1", "x2", "x3", "kind"]


class Numbers:
    """A linear congruential generator (Numerical Recipes, ranqd1)."""

    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (1664525 * self.state + 1013904223) % 2**32
        return (self.state >> 8) * n >> 24


def cases():
    """400 cases; most that lie in the planted box have the yield, and a few elsewhere."""
    numbers = Numbers(7)
    rows = []
    for _ in range(400):
        x = [F(numbers.below(1000), 1000), F(numbers.below(1000), 1000), F(numbers.below(1000), 1000)]
        x.append(F(numbers.below(5), 4))  # a factor of five values
        kind = CATEGORIES[numbers.below(3)]
        planted = x[0] >= F(11, 20) and x[1] <= F(9, 20) and kind != "b"
        rows.append((x + [kind], 1 if numbers.below(100) < (92 if planted else 4) else 0))
    return rows


# A box is a dictionary (dimension, side) -> end, or the set of categories left out.


def inside(box, x):
    for (d, side), end in box.items():
        v = x[DIMENSIONS.index(d)]
        if side == "least" and v < end or side == "most" and v > end or side == "among" and v in end:
            return False
    return True


def count(rows, box):
    chosen = [y for x, y in rows if inside(box, x)]
    return len(chosen), sum(chosen)


def density(rows, box):
    n, k = count(rows, box)
    return F(k, n)


def cuts(rows, box, share):
    here = [x for x, _ in rows if inside(box, x)]
    k = max(1, floor(share * len(here)))
    for d in DIMENSIONS:
        values = sorted(x[DIMENSIONS.index(d)] for x in here)
        if d == "kind":
            for c in CATEGORIES:
                if c in values:
                    yield (d, "among"), box.get((d, "among"), frozenset()) | {c}
            continue
        above = [v for v in values if v > values[0]]
        if above:
            yield (d, "least"), max(values[min(k, len(values) - 1)], above[0])
        below = [v for v in values if v < values[-1]]
        if below:
            yield (d, "most"), min(values[max(0, len(values) - 1 - k)], below[-1])


def peel(rows, share):
    least = ceil(MASS * len(rows))
    box = {}
    steps = [("all", "", "", box)]
    while density(rows, box) < 1:
        n, _ = count(rows, box)
        best = None
        for (d, side), end in cuts(rows, box, share):
            smaller = {**box, (d, side): end}
            m, _ = count(rows, smaller)
            if m < least or m == n or m == 0:
                continue
            gain = (density(rows, smaller) - density(rows, box)) / (n - m)
            if best is None or gain > best[0]:
                best = gain, d, side, smaller
        if best is None:
            break
        box = best[3]
        steps.append(("peel", best[1], best[2], box))
    return steps


def without(box, key):
    return {k: v for k, v in box.items() if k != key}


def quasi_p(rows, box, key):
    n, k = count(rows, box)
    p = density(rows, without(box, key))
    return sum(comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k, n + 1))


def order(box):
    return sorted(box, key=lambda key: (DIMENSIONS.index(key[0]), ["least", "most", "among"].index(key[1])))


def drop(rows, box, wanted):
    least = min(wanted, density(rows, box))
    best = None
    for key in order(box):
        p = quasi_p(rows, box, key)
        if p > SIGNIFICANCE and density(rows, without(box, key)) >= least and (best is None or p > best[0]):
            best = p, key
    return best and best[1]


def pastes(rows, box, share):
    n, _ = count(rows, box)
    k = max(1, floor(share * n))
    for d, side in order(box):
        end = box[d, side]
        if side == "among":
            for c in CATEGORIES:
                if c in end:
                    left = end - {c}
                    yield (d, side), {**box, (d, side): left} if left else without(box, (d, side))
            continue
        wide = without(box, (d, side))
        at = DIMENSIONS.index(d)
        beyond = sorted(
            (x[at] for x, _ in rows if inside(wide, x) and not inside(box, x)), reverse=side == "least"
        )
        yield (d, side), {**box, (d, side): beyond[k - 1]} if len(beyond) > k else wide


def paste(rows, box, share):
    best = None
    for key, larger in pastes(rows, box, share):
        found = density(rows, larger), count(rows, larger)[0]
        if found[0] >= density(rows, box) and (best is None or found > best[0]):
            best = found, key, larger
    return best


def find(rows, peeled, pasted, wanted):
    steps = peel(rows, peeled)
    densities = [density(rows, s[3]) for s in steps]
    enough = [i for i, d in enumerate(densities) if d >= wanted]
    chosen = enough[0] if enough else densities.index(max(densities))
    box = steps[chosen][3]
    while key := drop(rows, box, wanted):
        box = without(box, key)
        steps.append(("drop", *key, box))
    while found := paste(rows, box, pasted):
        box = found[2]
        steps.append(("paste", *found[1], box))
    return steps, chosen, box


def write(folder, name, header, rows):
    with open(folder / name, "w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main():
    folder = pathlib.Path(sys.argv[1])
    rows = cases()
    write(folder, "prim_cases.csv", DIMENSIONS + ["yield"], [[f"{float(v):.3f}" for v in x[:4]] + [x[4], y] for x, y in rows])
    steps, ends = [], []
    for run, how in RUNS.items():
        found, chosen, box = find(rows, *how)
        for i, (kind, d, side, b) in enumerate(found):
            steps.append([run, kind, d, side, *count(rows, b), int(i == chosen)])
        for key in order(box):
            among = key[1] == "among"
            ends.append(
                [
                    run,
                    *key,
                    "" if among else f"{float(box[key]):.3f}",
                    " ".join(sorted(box[key])) if among else "",
                    f"{float(quasi_p(rows, box, key)):.12f}",
                ]
            )
    write(folder, "prim_steps.csv", ["run", "kind", "dimension", "side", "cases", "yield", "chosen"], steps)
    write(folder, "prim_box.csv", ["run", "dimension", "side", "value", "without", "quasi_p"], ends)


main()
