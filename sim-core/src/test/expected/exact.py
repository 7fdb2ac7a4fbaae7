"""Helpers of the scripts beside this one, which compute the numbers the equation tests expect.

Each script computes from the equations as the model's description states them, in decimal arithmetic of 60 digits,
from the very doubles the tests pass on, and rounds once, at the end. It knows nothing of the Java code. Run as

    python3 sim-core/src/test/expected/NAME.py

a script rewrites its tables in sim-core/src/test/resources/expected. Python 3.8 or later, standard library only.
"""

import random
import sys
from decimal import Decimal, getcontext
from pathlib import Path

getcontext().prec = 60
getcontext().Emax = 10**9
getcontext().Emin = -10**9

D = Decimal
LN2 = D(2).ln()
INFINITY = float("inf")


def exp(x):
    return D(x).exp()


def ln(x):
    return D(x).ln()


def power(x, y):
    """x^y for x >= 0, with 0^0 = 1."""
    x, y = D(x), D(y)
    if y == 0:
        return D(1)
    return D(0) if x == 0 else (y * x.ln()).exp()


def logistic(x):
    return 1 / (1 + exp(-D(x)))


def pi():
    """Machin: 16 arctan(1/5) - 4 arctan(1/239)."""

    def arctan_of_inverse(n):
        total, term, k = D(0), D(1) / n, 0
        while abs(term) > D(10) ** -65:
            total += term / (2 * k + 1) * (-1) ** k
            term /= n * n
            k += 1
        return total

    return 16 * arctan_of_inverse(5) - 4 * arctan_of_inverse(239)


class Box:
    """Seeded draws from a box, short enough to read, with the edges first."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def uniform(self, low, high, digits=6):
        """A number in [low, high]; one in ten is an end of it."""
        if self.random.random() < 0.1:
            return float(self.random.choice((low, high)))
        return float(f"{low + (high - low) * self.random.random():.{digits}g}")

    def spread(self, low, high, digits=6):
        """A number in [low, high], evenly spread in its logarithm; 0 < low."""
        if self.random.random() < 0.1:
            return float(self.random.choice((low, high)))
        return float(f"{low * (high / low) ** self.random.random():.{digits}g}")

    def whole(self, low, high):
        return self.random.randint(low, high)

    def choice(self, values):
        return self.random.choice(values)


class Table:
    """Rows of one equation file: function, arguments, expected numbers."""

    def __init__(self, name, title):
        self.name = name
        self.title = title
        self.rows = []

    def add(self, function, arguments, expected):
        results = expected if isinstance(expected, (list, tuple)) else [expected]
        self.rows.append(f"{function},{' '.join(map(text, arguments))},{' '.join(map(text, results))}")

    def write(self):
        script = Path(sys.argv[0]).resolve()
        lines = [
            f"# {self.title}",
            f"# Made by: python3 sim-core/src/test/expected/{script.name}",
            "function,arguments,expected",
            *self.rows,
        ]
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else script.parent.parent / "resources" / "expected"
        folder.mkdir(parents=True, exist_ok=True)
        with open(folder / self.name, "w", encoding="utf-8", newline="\n") as file:
            file.write("\n".join(lines) + "\n")


def text(value):
    if isinstance(value, str):
        return value
    value = float(value)
    if value == INFINITY or value == -INFINITY:
        return "Infinity" if value > 0 else "-Infinity"
    return repr(value)
