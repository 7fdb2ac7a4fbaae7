"""What theory expects of the limits of the verification, a second time.

Works from the formulas of the limits and the numbers of their scenario files, typed in here again; knows nothing of the
Java code, its loader included. Run as

    python3 sim-scenarios/src/test/expected/limits.py

it rewrites sim-scenarios/src/test/resources/expected/limits.csv, or the directory given. Python 3.8 or later, standard
library only.
"""

import sys
from math import exp, floor, log, tanh
from pathlib import Path

ROWS = []


def row(limit, what, expected):
    ROWS.append((limit, what, expected))


def softmax(utilities):
    weights = [exp(u) for u in utilities]
    return [w / sum(weights) for w in weights]


def bisect(f, low, high):
    """A root of f, which has different signs at the ends."""
    rising = f(high) > 0
    for _ in range(200):
        middle = (low + high) / 2
        if (f(middle) > 0) == rising:
            high = middle
        else:
            low = middle
    return (low + high) / 2


def v1():
    for prefix, utilities in (("", [0.5, 1, -0.3, 0]), ("several offers to a stack: ", [0.5, 1, -0.3, 0.3, 0.6, 0.6, -0.5, 0])):
        done = set()
        for u, share in zip(utilities, softmax(utilities)):
            if u not in done:
                row("V1", f"{prefix}share at U = {u:g}", share)
            done.add(u)


def raised(s, w, rho):
    return s * (1 + w) ** rho / (1 - s + s * (1 + w) ** rho)


def v2():
    for rho in (0.5, 1, 0.01):
        row("V2", f"share of the nest before, rho = {rho:g}", 0.25)
        row("V2", f"share of the nest with a twin, rho = {rho:g}", raised(0.25, 1, rho))
    first, second = 1, exp(0.4 / 0.5)
    nest = (first + second) ** 0.5
    s, w = nest / (nest + 3), first / (first + second)
    row("V2", "share of an unequal pair, rho = 0.5", s)
    row("V2", f"share of the pair with a twin, w = {w:.6g}", raised(s, w, 0.5))


def share_map(k, j, x):
    """Next month's share of the leading one of k stacks, the others being equal."""
    lead, rest = exp(j * x), (k - 1) * exp(j * (1 - x) / (k - 1))
    return lead / (lead + rest)


def ordered(k, j):
    """Where the ordered state settles, from all users on one stack."""
    x = 1.0
    for _ in range(200_000):
        x = share_map(k, j, x)
    return x


def fold(k):
    """J where the map of the leading share touches the diagonal: its slope J x(1-x) k/(k-1) is 1 at a fixed point."""

    def steepness(x):
        return (k - 1) / (k * x * (1 - x))

    x = bisect(lambda x: log(x * (k - 1) / (1 - x)) - steepness(x) * (x - (1 - x) / (k - 1)), 0.45, 0.95)
    return steepness(x)


def v3():
    for j in (2.2, 2.5, 3, 4):
        m = bisect(lambda x, j=j: tanh(j * x / 2) - x, 1e-6, 1)
        row("V3", f"m at J = {j:g}", m)
        if j == 2.5:
            row("V3", "m at J = 2.5, from the other side", -m)
    row("V3", "m at J = 1.5", 0)
    for j in (1.9, 2, 2.1):
        row("V3", f"one-step slope at J = {j:g}", j / 2)
    for k, above, below in ((3, (2.8, 3.2), 2.68), (6, (3.9, 4.3), 3.77)):
        for j in above:
            row("V3", f"leading share of {k} stacks at J = {j:g}", ordered(k, j))
        row("V3", f"first share of {k} stacks at J = {below:g}", 1 / k)
        row("V3", f"fold of {k} stacks, J found by halving", fold(k))


def v4():
    share = 0
    for t in range(1, 61):
        share += (0.01 + 0.1 * share) * (1 - share)
        if t in (12, 36, 60):
            row("V4", f"share after {t} months", share)
    a = u = 0
    for t in range(1, 37):
        world = (a + 3 * u) / 4
        a, u = (
            a + (0.01 * 0.5 + 0.1 * (0.6 * a + 0.4 * world)) * (1 - a),
            u + (0.01 + 0.1 * (0.6 * u + 0.4 * world)) * (1 - u),
        )
    row("V4", "share after 36 months in AAA", a)
    row("V4", "share after 36 months in USA", u)
    decay = exp(-0.11 * 36)
    row("V4", "Bass's closed form at t = 36, steps of 1/8 and 1/16 month", (1 - decay) / (1 + 10 * decay))


BINS = ((0, 0), (1, 1), (2, 2), (3, 3), (5, 4.5), (8, 7), (12, 10.5), (18, 15.5), (30, 24.5), (10**9, 48))


def lock_in(tenure):
    """Six months' build-up, at the middle of the tenure's bin."""
    return 1 - exp(-next(middle for last, middle in BINS if tenure <= last) / 6)


def v5():
    utilities, distance, phi = (0, 0.6, -0.2), ((0, 6, 10), (6, 0, 10), (10, 10, 0)), 2
    weights = [
        exp(utilities[k]) * sum(exp(utilities[j] - phi * distance[k][j] / 10) for j in range(3)) for k in range(3)
    ]
    for u, w in zip(utilities, weights):
        row("V5", f"T = 0, share at U = {u:g}", w / sum(weights))
    # The law of offer and tenure, by iterating it.
    law = {(0, 0): 1.0}
    for _ in range(3000):
        following = {}
        for (k, tenure), mass in law.items():
            now = min(31, tenure + 1)
            chosen = softmax([utilities[j] - phi * distance[k][j] / 10 * lock_in(now) for j in range(3)])
            for j in range(3):
                part = 0.3 * chosen[j] + (0.7 if j == k else 0)
                state = (j, now if j == k else floor(now * (10 - distance[k][j]) / 10))
                following[state] = following.get(state, 0) + mass * part
        law = following
    for k in range(3):
        row("V5", f"T = 6, r = 0.3, share at U = {utilities[k]:g}", sum(m for s, m in law.items() if s[0] == k))
    row("V5", "T = 6, r = 0.3, mean lock-in, utils", sum(m * phi * lock_in(s[1]) for s, m in law.items()))


def v6():
    links = ((0, 1 / 4, 3 / 4, 0), (1, 0, 0, 0), (1 / 4, 1 / 4, 0, 2 / 4), (1 / 6, 0, 5 / 6, 0))
    start = {"US": (0.9, 0.2, 0.4, 0.05), "CN": (0.05, 0.6, 0.3, 0.95), "OTHER": (1, 0, 0.5, 0.5)}
    for bloc, trust in start.items():
        for t in range(1, 3001):
            trust = [0.6 * trust[i] + 0.4 * sum(links[i][j] * trust[j] for j in range(4)) for i in range(4)]
            if t == 7 and bloc == "US":
                row("V6", "network alone: trust of AAA after 7 months", trust[0])
                row("V6", "network alone: trust of DDD after 7 months", trust[3])
        row("V6", f"network alone: consensus on {bloc}, farthest nation", trust[0])

    def logistic(x):
        return 1 / (1 + exp(-x))

    def approach(what, t, anchor, trust):
        row("V6", f"anchor alone: {what} after {t} month{'s' if t > 1 else ''}", anchor + 0.97**t * (trust - anchor))

    for t in (1, 24, 60):
        approach("AAA in US", t, logistic(-0.1 + 0.3 * 1.2), 0.1)
    approach("AAA in CN", 24, logistic(-0.35 - 0.5 * 1.2), 0.9)
    approach("BBB in US, surveyed", 24, 0.62, 0.1)
    for months, left in ((0, 1), (18, 0.5), (36, 0.25)):
        row("V6", f"shock in log-odds {months} months after a backdoor", left)
    row("V6", "use alone: trust in the bloc that all use, 48 months", 1 - 0.9 * 0.98**48)
    row("V6", "use alone: trust in a bloc that nobody uses, 48 months", 0.4)


def v7():
    growth = exp(0.4 / 12)
    us, cn, free = 0.5, 0.07, 0.07
    for t in range(120):
        us = 0.985 * us + 0.045 * growth**t
        cn = 0.985 * cn + 0.012 * growth**t * (1 - 0.85 * 0.9)
        pull = 1.5 if 18 <= t < 24 else 1 - 0.85 * 0.9 if t >= 24 else 1
        free = 0.985 * free + 0.012 * growth**t * pull
        if t + 1 in (1, 36, 120):
            row("V7", f"free imports: stock of US, {t + 1} month{'s' if t else ''}, million", us)
        if t + 1 in (36, 120):
            row("V7", f"control 0.85, leakage 0.1: stock of CN, {t + 1} months", cn)
        if t + 1 == 24:
            row("V7", "announced control: stock of CN when it starts", free)
        if t + 1 == 48:
            row("V7", "announced control: stock of CN two years later", free)
    stock = 0.07
    for t in range(120):
        stock = 0.985 * stock + 0.007 * 2.07 ** (t / 12)
        if t + 1 in (36, 120):
            row("V7", f"full control: stock of CN, {t + 1} months", stock)
    row("V7", "domestic output after 10 years", 0.007 * 2.07**10)
    row("V7", "Wright's slope of log cost on log cumulative output", -0.3)


def v8():
    lag = 20
    for t in range(1, 49):
        lag -= 0.12 * lag
        if t in (1, 12, 48):
            row("V8", f"catch-up alone: lag in points after {t} month{'s' if t > 1 else ''}", lag)
    for psi, how in ((0.12, ""), (0.24, ", learning from open weights")):
        lag = 20
        for t in range(1, 241):
            lag += 2 - 2 * 0.11**0.3 - psi * lag
            if t == 12:
                row("V8", f"lag in months after a year{how}", lag / 2)
        row("V8", f"steady lag in months{how}", lag / 2)


def v9():
    capability, subsidy = {0.75: 60, 0.25: 45}, {0.75: 0, 0.25: 0.2}
    words = {0.75: "no subsidy", 0.25: "a fifth of cost covered"}
    for share in (0.75, 0.25):
        markup = 1.0
        for t in range(1, 121):
            markup += 0.1 * (0.3 + (3 - 0.3) * (0 if t == 1 else share) - markup)
            if t == 12:
                row("V9", f"share {share:g}: mark-up after 12 months", markup)
            if t == 44:
                price = exp(0.0893 * (capability[share] - 50)) * (1 + markup - subsidy[share])
                row("V9", f"list price in August 2026, {words[share]}", price)
        row("V9", f"share {share:g}: mark-up after 10 years", markup)
    row("V9", "cost after five half-lives over cost before", 1 / 32)
    row("V9", "cost a month later over cost before", exp(-log(2) / 3.8))


def main():
    for limit in (v1, v2, v3, v4, v5, v6, v7, v8, v9):
        limit()
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "resources" / "expected"
    lines = ["# What theory expects of the limits of the verification, worked out apart from the Java code"]
    lines.append("# Made by: python3 sim-scenarios/src/test/expected/limits.py")
    lines.append("limit,what,expected")
    for limit, what, expected in ROWS:
        lines.append(f'{limit},"{what}",{expected:.9g}')
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "limits.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


main()
