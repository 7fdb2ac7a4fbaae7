import csv, statistics
from collections import defaultdict

outcome, lever = "south.share_cn_open:2030-12", "tightened"
runs = defaultdict(dict)
for run in csv.DictReader(open("results/chips-and-the-south/runs.csv")):
    runs[run["point"], run["replicate"]][run["lever"]] = float(run[outcome])
effect = defaultdict(list)
for (point, replicate), value in runs.items():
    effect[point].append(value[lever] - value["as-is"])
design = {row["point"]: row for row in csv.DictReader(open("results/chips-and-the-south/design.csv"))}

def ranks(values):
    order = sorted(range(len(values)), key=values.__getitem__)
    place = [0] * len(values)
    for rank, i in enumerate(order):
        place[i] = rank
    return place

points = list(effect)
y = ranks([statistics.mean(effect[p]) for p in points])
found = []
for column in design["0"]:
    if column.startswith("u_"):
        x = ranks([float(design[p][column]) for p in points])
        found.append((statistics.correlation(x, y), column[2:]))
for r, name in sorted(found, key=lambda f: -abs(f[0])):
    print(f"{r:+.2f}  {name}")
