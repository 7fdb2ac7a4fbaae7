"""E9: nations' own models."""

from exact import INFINITY, Box, D, Table, ln

table = Table("sovereign-model.csv", "Own model (E9), sovereign/SovereignModel")
box = Box("sovereign")
for _ in range(300):
    best, gap, skill = box.choice((-INFINITY, box.uniform(0, 150))), box.uniform(0, 60), box.uniform(0, 1)
    language, indigenous = box.uniform(0, 1), box.uniform(0, 100)
    adapted = None if best == -INFINITY else D(best) - D(gap) * (1 - D(skill) * D(language))
    expected = D(indigenous) if adapted is None else max(adapted, D(indigenous))
    table.add("capability", (best, gap, skill, language, indigenous), expected)
for _ in range(300):
    readiness, gdp = box.uniform(0, 1), box.spread(1e7, 3e13)
    log_size = float(ln(1 + D(gdp) / D(10) ** 11))
    table.add("capacity", (readiness, log_size), D(readiness) * D(log_size) / ln(31))
table.write()
