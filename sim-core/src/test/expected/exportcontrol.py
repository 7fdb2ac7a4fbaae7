"""E6: who may supply what to whom."""

from exact import Box, D, Table

table = Table("export-control-rule.csv", "Export control (E6), exportcontrol/ExportControlRule")
box = Box("export control")
for _ in range(200):
    home, licensed, embargoed, coverage = box.whole(0, 1), box.uniform(0, 1), box.whole(0, 1), box.uniform(0, 1)
    let_through = min(D(licensed), 1 - D(coverage)) if embargoed else licensed
    table.add("available", (home, licensed, embargoed, coverage), 1 if home else let_through)
for _ in range(400):
    added, tighten, relax = box.uniform(-1, 1), box.uniform(-60, 60), box.uniform(-60, 120)
    gap = box.choice((tighten, relax, box.uniform(-60, 60)))
    step = box.uniform(0, 1)
    if gap < tighten:
        expected = min(D(1), D(added) + D(step))
    elif gap > relax:
        expected = max(D(-1), D(added) - D(step))
    else:
        expected = D(added)
    table.add("adapt", (added, gap, tighten, relax, step), expected)
for _ in range(200):
    penalty, weight, exposure = box.uniform(0, 20), box.uniform(0, 10), box.uniform(0, 1)
    table.add("secondary", (penalty, weight, exposure), D(penalty) * D(weight) * D(exposure))
for _ in range(200):
    alignment = box.uniform(-4, 4)
    table.add("exposure", (alignment,), max(D(0), min(D(1), D("0.5") + D(alignment) / 4)))
table.write()
