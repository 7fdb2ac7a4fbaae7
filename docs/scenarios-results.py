"""Holds the hypotheses of the bundled scenarios against what running them gave.

    ./twostacks run $(cat sim-scenarios/src/main/resources/scenarios/index.txt) docs/glm-5.2-withheld-no-shutdown.yaml \
        --replicates 2 --set population.adoptersPerNation=1000 -o results/hypotheses
    python3 docs/scenarios-results.py results/hypotheses

writes docs/scenarios-results.md. Each claim of a hypothesis is written here as a figure and a bound; whatever a
scenario's file says, what counts is what is computed below. Python 3.8 or later, standard library only.
"""

import csv
import json
import re
import sys
from math import log
from pathlib import Path
from statistics import mean

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
FACTS = {
    row["iso3"]: row
    for row in csv.DictReader(open(ROOT / "sim-scenarios/src/main/resources/facts/nations.csv", encoding="utf-8"))
}
COUNTERFACTUAL = "glm-5.2-withheld-no-shutdown"
NATION_MONTHS = {"2026-07", "2026-12", "2027-12", "2028-12", "2029-12", "2030-12", "2032-12"}
NATION_COLUMNS = [
    "share_us_closed", "share_us_open", "share_cn_api", "share_cn_open", "share_sovereign", "trust_us", "trust_cn",
    "lock_in", "surplus", "burden_open", "cutoff_risk_us", "own_capability",
]  # fmt: skip


def number(text):
    return float(text) if text not in ("", None) else None


class Run:
    """The tables of one scenario, as lists over replicates."""

    def __init__(self, folder):
        self.world, self.nations, self.open, self.flips = {}, {}, {}, {}
        for row in csv.DictReader(open(folder / "world.csv", encoding="utf-8")):
            self.world.setdefault((row["weight"], row["month"]), []).append(row)
        for row in csv.DictReader(open(folder / "nations.csv", encoding="utf-8")):
            if row["month"] in NATION_MONTHS:
                kept = {c: number(row[c]) for c in NATION_COLUMNS}
                self.nations.setdefault((row["iso3"], row["month"]), []).append(kept)
        for row in csv.DictReader(open(folder / "labs.csv", encoding="utf-8")):
            best = self.open.setdefault(row["month"], {})
            open_weights = number(row["capability_open"]) or 0
            best[row["replicate"]] = max(best.get(row["replicate"], 0), open_weights)
        for row in csv.DictReader(open(folder / "events.csv", encoding="utf-8")):
            if row["kind"] == "flip" and row["month"] >= "2028":
                self.flips[row["replicate"]] = self.flips.get(row["replicate"], 0) + 1
        package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        self.replicates = len(self.world["adopters", "2023-01"])
        self.package = package
        resolved = (folder / "scenario.resolved.yaml").read_text(encoding="utf-8")
        self.resolved = resolved

    def w(self, columns, month, weight="adopters"):
        """The sum of some columns of the world in a month."""
        return [sum(float(row[c]) for c in columns.split("+")) for row in self.world[weight, month]]

    def total(self, column, first, last):
        sums = [0.0] * self.replicates
        for (weight, month), rows in self.world.items():
            if weight == "adopters" and first <= month <= last:
                for r, row in enumerate(rows):
                    sums[r] += float(row[column])
        return sums

    def n(self, columns, month, nations):
        """The mean over some nations of the sum of some columns."""
        result = []
        for r in range(self.replicates):
            values = []
            for iso in nations:
                cells = [self.nations[iso, month][r][c] for c in columns.split("+")]
                if None not in cells:
                    values.append(sum(cells))
            result.append(mean(values) if values else float("nan"))
        return result

    def named(self, do, month):
        """The nations that an event of a kind names."""
        own = [x for x in self.resolved.splitlines() if "observed: true" not in x]
        line = next(x for x in own if f"date: {month}, do: {do}," in x)
        return re.search(r"nations: \[([^]]*)\]", line).group(1).split(", ")


ALL = sorted(FACTS)


def income(iso):
    people = float(FACTS[iso]["population"] or 0)
    # The table has millions of dollars.
    return float(FACTS[iso]["gdp_usd"] or 0) * 1e6 / people if people else 0


def halves(nations):
    """The poorer and the richer half."""
    ordered = sorted(nations, key=income)
    return ordered[: len(ordered) // 2], ordered[len(ordered) // 2 :]


def skill(iso):
    """Readiness times the share online, as at the start of the run."""
    ready = 0 if income(iso) <= 500 else min(1, log(income(iso) / 500) / log(160))
    return ready * float(FACTS[iso]["internet_share"])


class Page:
    def __init__(self, runs):
        self.runs = runs
        self.sections = []

    def scenario(self, name, base="baseline"):
        self.name, self.s, self.b = name, self.runs[name], self.runs[base] if base else None
        self.against, self.rows = base, []

    def row(self, what, before, after, claim, holds):
        effect = [a - b for a, b in zip(after, before)] if before else None
        self.rows.append((what, before, after, effect, claim, holds))

    def change(self, what, before, after, claim, test):
        """A claim about the mean change."""
        self.row(what, before, after, claim, test(mean(after) - mean(before)))

    def ratio(self, what, before, after, claim, test):
        self.row(what, before, after, claim, test(mean(after) / mean(before)))

    def level(self, what, after, claim, test):
        self.row(what, None, after, claim, test(mean(after)))

    def context(self, what, before, after):
        self.row(what, before, after, "", None)

    def done(self, remark=""):
        claims = [r[5] for r in self.rows if r[5] is not None]
        verdict = "held" if all(claims) else "refuted" if not any(claims) else "held in part"
        self.sections.append((self.name, self.against, self.rows, verdict, remark))


def digits(values):
    size = max(abs(v) for v in values)
    return 1 if size >= 100 else 2 if size >= 10 else 4 if size < 1 else 3


def show(values, places, sign=False):
    return f"{mean(values):{'+' if sign else ''}.{places}f}"


def claims(page):
    p = page
    us, cn = "share_us_closed+share_us_open", "share_cn_api+share_cn_open"
    weights = "share_us_open+share_cn_open"

    p.scenario("baseline", None)
    for what, columns in (("US stacks, December 2035", us), ("Chinese stacks, December 2035", cn)):
        p.level(what, p.s.w(columns, "2035-12"), "0.2 to 0.7", lambda x: 0.2 <= x <= 0.7)
    p.done()

    p.scenario("baseline-endogenous")
    b, s = p.b, p.s
    p.row("gap_months, August 2026", b.w("gap_months", "2026-08"), s.w("gap_months", "2026-08"), "0 to 8",
          0 <= mean(s.w("gap_months", "2026-08")) <= 8)
    p.row("frontier_us, August 2026", b.w("frontier_us", "2026-08"), s.w("frontier_us", "2026-08"), "50 to 75",
          50 <= mean(s.w("frontier_us", "2026-08")) <= 75)
    p.done()

    p.scenario("glm-5.2-withheld", COUNTERFACTUAL)
    p.change("share_cn_open, August 2026", p.b.w("share_cn_open", "2026-08"), p.s.w("share_cn_open", "2026-08"),
             "moved by less than 0.005", lambda d: abs(d) < 0.005)
    p.done()

    none = p.runs[COUNTERFACTUAL]
    p.scenario("glm-5.2-release", "glm-5.2-withheld")
    b, s = p.b, p.s
    p.change("share_cn_open, December 2026", b.w("share_cn_open", "2026-12"), s.w("share_cn_open", "2026-12"),
             "higher", lambda d: d > 0)
    fall = {i: mean(none.n("trust_us", "2026-07", [i])) - mean(b.n("trust_us", "2026-07", [i])) for i in ALL}
    ordered = sorted(ALL, key=lambda i: fall[i])
    less, more = ordered[: len(ALL) // 2], ordered[len(ALL) // 2 :]
    gains = [[x - y for x, y in zip(s.n("share_cn_open", "2026-12", g), b.n("share_cn_open", "2026-12", g))]
             for g in (less, more)]
    p.row("its rise in the half of nations where trust_us fell less (left) and more", gains[0], gains[1],
          "greater where more", mean(gains[1]) > mean(gains[0]))
    p.done()

    p.scenario("us-labs-held-back")
    b, s = p.b, p.s
    p.change("gap_months, June 2027", b.w("gap_months", "2027-06"), s.w("gap_months", "2027-06"), "3 less",
             lambda d: d <= -3)
    p.change("share_cn_open, December 2029", b.w("share_cn_open", "2029-12"), s.w("share_cn_open", "2029-12"),
             "higher", lambda d: d > 0)
    p.done()

    tier2 = [i for i in ALL if FACTS[i]["tier"] == "2"]
    p.scenario("chip-controls-tightened")
    b, s = p.b, p.s
    p.change("gap_months, December 2030", b.w("gap_months", "2030-12"), s.w("gap_months", "2030-12"), "1 more",
             lambda d: d >= 1)
    p.change("share_us_open in tier-2 nations, December 2030", b.n("share_us_open", "2030-12", tier2),
             s.n("share_us_open", "2030-12", tier2), "lower", lambda d: d < 0)
    p.context("domestic_chips_cn, December 2030", b.w("domestic_chips_cn", "2030-12"),
              s.w("domestic_chips_cn", "2030-12"))
    p.context("compute_cn, December 2030", b.w("compute_cn", "2030-12"), s.w("compute_cn", "2030-12"))
    p.done()

    p.scenario("chip-controls-lifted")
    b, s = p.b, p.s
    p.change("gap_months, December 2030", b.w("gap_months", "2030-12"), s.w("gap_months", "2030-12"), "1 less",
             lambda d: d <= -1)
    p.change("domestic_chips_cn, December 2030", b.w("domestic_chips_cn", "2030-12"),
             s.w("domestic_chips_cn", "2030-12"), "lower", lambda d: d < 0)
    p.context("compute_cn, December 2030", b.w("compute_cn", "2030-12"), s.w("compute_cn", "2030-12"))
    p.done()

    p.scenario("no-controls", "baseline-endogenous")
    b, s = p.b, p.s
    p.change("gap_months, December 2030", b.w("gap_months", "2030-12"), s.w("gap_months", "2030-12"), "1 less",
             lambda d: d <= -1)
    p.context("compute_cn, December 2030", b.w("compute_cn", "2030-12"), s.w("compute_cn", "2030-12"))
    p.done()

    p.scenario("huawei-breakthrough")
    b, s = p.b, p.s
    p.ratio("compute_cn, December 2030", b.w("compute_cn", "2030-12"), s.w("compute_cn", "2030-12"), "twice",
            lambda q: q >= 2)
    p.change("gap_months, December 2030", b.w("gap_months", "2030-12"), s.w("gap_months", "2030-12"), "1 less",
             lambda d: d <= -1)
    p.done()

    p.scenario("smuggling-surge")
    b, s = p.b, p.s
    p.ratio("compute_cn, October 2029", b.w("compute_cn", "2029-10"), s.w("compute_cn", "2029-10"), "a fifth more",
            lambda q: q >= 1.2)
    p.change("gap_months, October 2029", b.w("gap_months", "2029-10"), s.w("gap_months", "2029-10"), "less",
             lambda d: d < 0)
    p.done()

    p.scenario("model-access-shutdown")
    b, s = p.b, p.s
    p.change("share_us_closed, December 2027", b.w("share_us_closed", "2027-12"), s.w("share_us_closed", "2027-12"),
             "0.02 less", lambda d: d <= -0.02)
    risen = [float(sum(s.nations[i, "2027-12"][r]["cutoff_risk_us"] > b.nations[i, "2027-12"][r]["cutoff_risk_us"]
                       for i in ALL)) for r in range(s.replicates)]
    p.level("nations whose cutoff_risk_us is higher, December 2027", risen, "more than 100", lambda x: x > 100)
    gain = {c: [x - y for x, y in zip(s.w(c, "2027-12"), b.w(c, "2027-12"))]
            for c in ("share_cn_open", "share_sovereign")}
    p.row("rise of share_sovereign (left) and of share_cn_open, December 2027", gain["share_sovereign"],
          gain["share_cn_open"], "greater of share_cn_open",
          mean(gain["share_cn_open"]) > mean(gain["share_sovereign"]))
    p.done()

    p.scenario("china-withholds-weights")
    b, s = p.b, p.s
    p.ratio("share_cn_open, December 2029", b.w("share_cn_open", "2029-12"), s.w("share_cn_open", "2029-12"),
            "less than half", lambda q: q < 0.5)
    p.change("share_us_open, December 2029", b.w("share_us_open", "2029-12"), s.w("share_us_open", "2029-12"),
             "higher", lambda d: d > 0)
    own = [i for i in ALL if all(x.nations[i, "2029-12"][r]["own_capability"] is not None
                                 for x in (b, s) for r in range(s.replicates))]
    p.change(f"own_capability, mean of {len(own)} nations with programmes in both, December 2029",
             b.n("own_capability", "2029-12", own), s.n("own_capability", "2029-12", own), "lower", lambda d: d < 0)
    p.done()

    p.scenario("us-bans-chinese-models")
    b, s = p.b, p.s
    p.row("share_cn_open of USA, December 2028", b.n("share_cn_open", "2028-12", ["USA"]),
          s.n("share_cn_open", "2028-12", ["USA"]), "below 0.02",
          mean(s.n("share_cn_open", "2028-12", ["USA"])) < 0.02)
    abroad = [i for i in ALL if i != "USA"]
    p.change("share_cn_open elsewhere, December 2028", b.n("share_cn_open", "2028-12", abroad),
             s.n("share_cn_open", "2028-12", abroad), "within 0.02", lambda d: abs(d) <= 0.02)
    p.done()

    p.scenario("price-war")
    b, s = p.b, p.s
    p.change("Chinese stacks, September 2027", b.w(cn, "2027-09"), s.w(cn, "2027-09"), "0.02 more",
             lambda d: d >= 0.02)
    gain = mean(s.w(cn, "2027-09")) - mean(b.w(cn, "2027-09"))
    p.change("Chinese stacks, September 2029", b.w(cn, "2029-09"), s.w(cn, "2029-09"),
             "at least half of the rise of 2027", lambda d: d >= gain / 2)
    p.done()

    p.scenario("price-convergence")
    b, s = p.b, p.s
    p.ratio("share_cn_open, December 2029", b.w("share_cn_open", "2029-12"), s.w("share_cn_open", "2029-12"),
            "three quarters or more", lambda q: q >= 0.75)
    p.ratio("share_cn_api, December 2029", b.w("share_cn_api", "2029-12"), s.w("share_cn_api", "2029-12"),
            "less than half", lambda q: q < 0.5)
    poor, rich = halves(ALL)
    for column in ("share_cn_api", "share_cn_open"):
        loss = [[x - y for x, y in zip(b.n(column, "2029-12", g), s.n(column, "2029-12", g))] for g in (rich, poor)]
        p.row(f"fall of {column} in the richer half of nations (left) and in the poorer", loss[0], loss[1],
              "greater in the poorer", mean(loss[1]) > mean(loss[0]))
    p.done()

    p.scenario("trust-shock-china")
    b, s = p.b, p.s
    for column in ("share_cn_api", "share_cn_open"):
        p.ratio(f"{column}, December 2027", b.w(column, "2027-12"), s.w(column, "2027-12"), "a fifth less",
                lambda q: q <= 0.8)
    loss = mean(b.w(cn, "2027-12")) - mean(s.w(cn, "2027-12"))
    p.change("Chinese stacks, December 2030", b.w(cn, "2030-12"), s.w(cn, "2030-12"),
             f"half of the fall of 2027 ({loss:.4f}) left", lambda d: -d >= loss / 2)
    p.context("trust_cn, mean of nations, December 2030", b.n("trust_cn", "2030-12", ALL),
              s.n("trust_cn", "2030-12", ALL))
    p.done()

    p.scenario("trust-shock-us")
    b, s = p.b, p.s
    p.change("share_us_closed, December 2027", b.w("share_us_closed", "2027-12"), s.w("share_us_closed", "2027-12"),
             "0.02 less", lambda d: d <= -0.02)
    gain = {c: [x - y for x, y in zip(s.w(c, "2027-12"), b.w(c, "2027-12"))]
            for c in ("share_us_open+share_sovereign+share_other", "share_cn_api")}
    p.row("rise of share_cn_api (left) and of share_us_open + share_sovereign + share_other, December 2027",
          gain["share_cn_api"], gain["share_us_open+share_sovereign+share_other"], "greater of the latter",
          mean(gain["share_us_open+share_sovereign+share_other"]) > mean(gain["share_cn_api"]))
    p.done()

    p.scenario("misuse-crisis")
    b, s = p.b, p.s
    higher = [float(sum(s.nations[i, "2030-12"][r]["burden_open"] > b.nations[i, "2030-12"][r]["burden_open"]
                        for i in ALL)) for r in range(s.replicates)]
    p.level(f"nations of {len(ALL)} whose burden_open is higher, December 2030", higher, "more than half",
            lambda x: x > len(ALL) / 2)
    p.change("open weights of both, December 2030", b.w(weights, "2030-12"), s.w(weights, "2030-12"), "lower",
             lambda d: d < 0)
    for column in ("trust_us", "trust_cn"):
        p.context(f"{column}, mean of nations, December 2030", b.n(column, "2030-12", ALL),
                  s.n(column, "2030-12", ALL))
    p.done()

    p.scenario("india-sovereign")
    b, s = p.b, p.s
    p.row("share_sovereign of IND, December 2030", b.n("share_sovereign", "2030-12", ["IND"]),
          s.n("share_sovereign", "2030-12", ["IND"]), "above 0.1",
          mean(s.n("share_sovereign", "2030-12", ["IND"])) > 0.1)
    support = float(FACTS["IND"]["language_support"])
    best = [x - 15 * (1 - skill("IND") * support) for x in s.open["2030-12"].values()]
    got = s.n("own_capability", "2030-12", ["IND"])
    p.row("best open weights less the adaptation gap (left) and own_capability of IND, December 2030", best, got,
          "within 1", abs(mean(got) - mean(best)) <= 1)
    p.done()

    p.scenario("global-south-packages")
    b, s = p.b, p.s
    given = s.named("package", "2026-10")
    p.change(f"share_cn_open of the {len(given)} nations supplied, December 2030",
             b.n("share_cn_open", "2030-12", given), s.n("share_cn_open", "2030-12", given), "0.05 more",
             lambda d: d >= 0.05)
    poor, rich = halves(given)
    gains = [[x - y for x, y in zip(s.n("share_cn_open", "2030-12", g), b.n("share_cn_open", "2030-12", g))]
             for g in (rich, poor)]
    p.row("its rise in the richer half of them (left) and in the poorer", gains[0], gains[1],
          "greater in the poorer", mean(gains[1]) > mean(gains[0]))
    p.done()

    p.scenario("american-exports-program")
    b, s = p.b, p.s
    given = s.named("package", "2027-01")
    p.change(f"US stacks in the {len(given)} nations supplied, December 2030", b.n(us, "2030-12", given),
             s.n(us, "2030-12", given), "0.03 more", lambda d: d >= 0.03)
    p.change("nations_us_aligned, December 2030", b.w("nations_us_aligned", "2030-12"),
             s.w("nations_us_aligned", "2030-12"), "more", lambda d: d > 0)
    p.done()

    p.scenario("cooperation-organisation")
    b, s = p.b, p.s
    members = s.named("diplomacy", "2027-01")
    p.change(f"trust_cn of the {len(members)} members, December 2030", b.n("trust_cn", "2030-12", members),
             s.n("trust_cn", "2030-12", members), "0.03 more", lambda d: d >= 0.03)
    p.change("Chinese stacks among members, December 2030", b.n(cn, "2030-12", members),
             s.n(cn, "2030-12", members), "more by less than 0.02", lambda d: 0 < d < 0.02)
    p.done()

    p.scenario("regulation-too-strict")
    b, s = p.b, p.s
    span = ("2027-01", "2030-12")
    p.ratio("misuse_incidents, 2027 to 2030", b.total("misuse_incidents", *span), s.total("misuse_incidents", *span),
            "a quarter fewer", lambda q: q <= 0.75)
    p.ratio("surplus, mean of nations, December 2030", b.n("surplus", "2030-12", ALL), s.n("surplus", "2030-12", ALL),
            "a quarter less", lambda q: q <= 0.75)
    p.change("open weights of both, December 2030", b.w(weights, "2030-12"), s.w(weights, "2030-12"), "lower",
             lambda d: d < 0)
    p.change("share_us_closed, December 2030", b.w("share_us_closed", "2030-12"), s.w("share_us_closed", "2030-12"),
             "higher", lambda d: d > 0)
    p.done()

    p.scenario("regulation-too-lax")
    b, s = p.b, p.s
    span = ("2027-01", "2032-12")
    for column in ("misuse_incidents", "security_incidents"):
        p.ratio(f"{column}, 2027 to 2032", b.total(column, *span), s.total(column, *span), "a tenth more",
                lambda q: q >= 1.1)
    for column in ("trust_us", "trust_cn"):
        p.change(f"{column}, mean of nations, December 2032", b.n(column, "2032-12", ALL), s.n(column, "2032-12", ALL),
                 "lower", lambda d: d < 0)
    p.change("surplus, mean of nations, December 2028", b.n("surplus", "2028-12", ALL), s.n("surplus", "2028-12", ALL),
             "higher", lambda d: d > 0)
    p.done()

    p.scenario("lock-in")
    b, s = p.b, p.s
    p.change("lock_in, mean of nations, December 2030", b.n("lock_in", "2030-12", ALL), s.n("lock_in", "2030-12", ALL),
             "higher", lambda d: d > 0)
    flips = [[float(x.flips.get(str(r + 1), 0)) for r in range(s.replicates)] for x in (b, s)]
    p.row("flips from 2028 on", flips[0], flips[1], "fewer than half", mean(flips[1]) < mean(flips[0]) / 2)
    p.change("polarisation, December 2035", b.w("polarisation", "2035-12"), s.w("polarisation", "2035-12"), "higher",
             lambda d: d > 0)
    p.done()


def write(page, file):
    remarks = {}
    if file.exists():
        # What people wrote about a scenario stays: everything from "What it means:" to the next heading.
        for section in file.read_text(encoding="utf-8").split("\n## `")[1:]:
            name, _, rest = section.partition("`")
            _, mark, text = rest.partition("\nWhat it means: ")
            if mark:
                remarks[name] = "What it means: " + text.strip()
    order = (ROOT / "sim-scenarios/src/main/resources/scenarios/index.txt").read_text(encoding="utf-8").split()
    verdicts = [verdict for _, _, _, verdict, _ in page.sections]
    any_run = page.runs["baseline"]
    out = [
        "# What the bundled scenarios give",
        "",
        "Each bundled scenario states a hypothesis that its run may refute. This is what running all of them gave:",
        f"{any_run.replicates} replicates, 1,000 adopters a nation, seed 1, the whole horizon. A refuted hypothesis is",
        "a result, not a defect; what it seems to mean is told below its table. The hypotheses stand in",
        "[scenarios.md](scenarios.md#bundled-scenarios) as they were written before these runs.",
        "",
        "    ./twostacks run $(cat sim-scenarios/src/main/resources/scenarios/index.txt) \\",
        "        docs/glm-5.2-withheld-no-shutdown.yaml \\",
        "        --replicates 2 --set population.adoptersPerNation=1000 -o results/hypotheses",
        "    python3 docs/scenarios-results.py results/hypotheses",
        "",
        "The second command writes this page from the results of the first; the text after *What it means* is kept.",
        "Shares of the world are those of adopters (each nation counts alike) unless said otherwise. Effects are",
        "means over replicates that met the same luck, in brackets each replicate's.",
        "",
        f"{verdicts.count('held')} hypotheses held, {verdicts.count('held in part')} in part, "
        f"{verdicts.count('refuted')} were refuted.",
        "",
        "| scenario | hypothesis |",
        "|---|---|",
    ]
    sections = {s[0]: s for s in page.sections}
    for name in order:
        out.append(f"| [`{name}`](#{name.replace('.', '')}) | {sections[name][3]} |")
    for name in order:
        _, against, rows, verdict, _ = sections[name]
        out += ["", f"## `{name}`", "", f"Hypothesis {verdict}." + (f" Against `{against}`." if against else ""), ""]
        out += ["| outcome | before | after | effect | claimed | |", "|---|---|---|---|---|---|"]
        for what, before, after, effect, claim, holds in rows:
            places = digits((before or []) + after)
            each = ", ".join(f"{x:+.{places}f}" for x in effect) if effect else ""
            out.append("| " + " | ".join([
                what, show(before, places) if before else "", show(after, places),
                f"{show(effect, places, True)} ({each})" if effect else "", claim,
                "" if holds is None else "yes" if holds else "**no**"]) + " |")
        if name in remarks:
            out += ["", remarks[name]]
    file.write_text("\n".join(out) + "\n", encoding="utf-8")


def main():
    folder = Path(sys.argv[1])
    runs = {f.parent.name: Run(f.parent) for f in sorted(folder.glob("*/world.csv"))}
    page = Page(runs)
    claims(page)
    write(page, HERE / "scenarios-results.md")


if __name__ == "__main__":
    main()
