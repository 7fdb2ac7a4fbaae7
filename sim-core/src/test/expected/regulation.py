"""E10: burden of regulation."""

from exact import Box, D, Table

table = Table("burden.csv", "Burden of regulation (E10), regulation/Burden")
box = Box("regulation")
for _ in range(500):
    burden, decay, response = box.uniform(0, 20), box.uniform(0, 1), box.uniform(0, 20)
    incidents, policy = box.choice((0, 0, 1, 2, 7)), box.choice((0.0, box.uniform(-10, 10), box.uniform(0, 0.02)))
    expected = (1 - D(decay)) * D(burden) + D(response) * incidents + D(policy)
    table.add("next", (burden, decay, response, incidents, policy), max(D(0), expected))
table.write()
