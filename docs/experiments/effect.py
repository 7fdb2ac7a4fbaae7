import csv, statistics
from collections import defaultdict

outcome = "south.share_cn_open:2030-12"
runs = defaultdict(dict)
for run in csv.DictReader(open("results/chips-and-the-south/runs.csv")):
    runs[run["point"], run["replicate"]][run["lever"]] = float(run[outcome])

for lever in ("tightened", "lifted"):
    worlds = defaultdict(list)  # differences by point; replicates of a point are one world with several lucks
    for (point, replicate), value in runs.items():
        worlds[point].append(100 * (value[lever] - value["as-is"]))
    effect = sorted(statistics.mean(d) for d in worlds.values())
    n = len(effect)
    error = statistics.stdev(effect) / n**0.5
    luck = statistics.mean(statistics.stdev(d) for d in worlds.values())
    print(f"{lever:10} {statistics.mean(effect):+.2f} points (standard error {error:.2f});"
          f" worlds from {effect[0]:+.2f} to {effect[-1]:+.2f}, {sum(e < 0 for e in effect)} of {n} below zero;"
          f" luck moves a world's effect by {luck:.2f}")
