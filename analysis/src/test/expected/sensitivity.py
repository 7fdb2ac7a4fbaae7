"""Expected numbers of the analysis of sweeps, worked out from the definitions by means of exact fractions and knowing
nothing of the Java code.

python3 src/test/expected/sensitivity.py src/test/resources/expected
"""

import csv
import pathlib
import sys
from fractions import Fraction as F

DIGITS = 12


class Numbers:
    """A linear congruential generator (Numerical Recipes, ranqd1); plenty for a table."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (1664525 * self.state + 1013904223) % 2**32
        return F(self.state >> 12, 2**20)


def text(x):
    scaled = round(F(x) * 10**DIGITS)
    sign = "-" if scaled < 0 else ""
    scaled = abs(scaled)
    return f"{sign}{scaled // 10**DIGITS}.{scaled % 10**DIGITS:0{DIGITS}d}"


def write(folder, name, header, rows):
    with open(folder / name, "w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def mean(xs):
    xs = list(xs)
    return sum(xs, F(0)) / len(xs)


def var(xs):
    xs = list(xs)
    m = mean(xs)
    return sum((x - m) ** 2 for x in xs) / (len(xs) - 1)


def cov(xs, ys):
    mx, my = mean(xs), mean(ys)
    return sum((x - mx) * (y - my) for x, y in zip(xs, ys)) / (len(xs) - 1)


def response(x, luck):
    """Bent, with an interaction, and luck that acts on the factors' effect too."""
    return 3 * x[0] + 2 * x[1] * x[1] + 4 * x[0] * x[2] + 3 * luck * (1 + x[1])


def sobol(folder):
    numbers = Numbers(11)
    n, k, replicates = 12, 3, 3
    lucks = [numbers.next() for _ in range(replicates)]  # shared by all points, as seeds are
    design, y = [], {}
    for j in range(n):
        a = [numbers.next() for _ in range(k)]
        b = [numbers.next() for _ in range(k)]
        points = [a, b] + [[b[c] if c == i else a[c] for c in range(k)] for i in range(k)]
        for p, x in enumerate(points):
            y[j, p] = [response(x, luck) + numbers.next() / 8 for luck in lucks]
            for r in range(replicates):
                design.append([j, p, r, text(y[j, p][r])])
    # what is read back has twelve digits
    y = {key: [F(text(v)) for v in values] for key, values in y.items()}
    write(folder, "sobol_runs.csv", ["row", "place", "replicate", "y"], design)

    base = [y[j, p] for j in range(n) for p in (0, 1)]
    centre = mean(v for values in base for v in values)
    m = len(base)
    overall = [mean(values) for values in base]
    by_replicate = [mean(values[r] for values in base) for r in range(replicates)]
    residual = sum(
        (base[i][r] - overall[i] - by_replicate[r] + centre) ** 2 for i in range(m) for r in range(replicates)
    ) / ((m - 1) * (replicates - 1))
    v = var(overall) - residual / replicates
    luck = mean(var(values) for values in base)
    rows = []
    for i in range(k):
        first, total = [], []
        for j in range(n):
            a, b, ab = y[j, 0], y[j, 1], y[j, 2 + i]
            d = [q - p for p, q in zip(a, ab)]
            first.append((mean(b) - centre) * mean(d) - cov(b, d) / replicates)
            total.append((mean(d) ** 2 - var(d) / replicates) / 2)
        rows.append([f"x{i}", "first", text(mean(first) / v)])
        rows.append([f"x{i}", "total", text(mean(total) / v)])
    rows.append(["(seed)", "share", text(luck / (v + luck))])
    write(folder, "sobol_indices.csv", ["factor", "measure", "value"], rows)


def given(folder):
    """Binned first-order index and PAWN of two factors, one of them on four levels."""
    numbers = Numbers(5)
    points = []
    for _ in range(40):
        x = [numbers.next(), F(int(4 * numbers.next()), 4)]
        points.append((x, F(text(5 * x[0] + x[1] + numbers.next()))))
    write(
        folder,
        "given_points.csv",
        ["x0", "x1", "y"],
        [[text(x[0]), text(x[1]), text(y)] for x, y in points],
    )
    n = len(points)
    ys = [y for _, y in points]
    rows = []
    for f in range(2):
        values = sorted(set(x[f] for x, _ in points))
        wanted = 6  # round(sqrt(40)), and at least five points a bin
        if len(values) <= wanted:
            bins = [[y for x, y in points if x[f] == value] for value in values]
        else:
            ordered = sorted(points, key=lambda point: point[0][f])
            bins = [[] for _ in range(wanted)]
            for place, (_, y) in enumerate(ordered):
                bins[place * wanted // n].append(y)
        between = sum(len(b) * (mean(b) - mean(ys)) ** 2 for b in bins)
        total = sum((y - mean(ys)) ** 2 for y in ys)
        within = (total - between) / (n - len(bins))
        rows.append([f"x{f}", "first", text((between - (len(bins) - 1) * within) / total)])
        distances = sorted(
            max(abs(F(sum(v <= y for v in b), len(b)) - F(sum(v <= y for v in ys), n)) for y in ys) for b in bins
        )
        half = len(distances) // 2
        median = distances[half] if len(distances) % 2 else (distances[half - 1] + distances[half]) / 2
        rows.append([f"x{f}", "median", text(median)])
    write(folder, "given_indices.csv", ["factor", "measure", "value"], rows)


if __name__ == "__main__":
    target = pathlib.Path(sys.argv[1])
    sobol(target)
    given(target)
