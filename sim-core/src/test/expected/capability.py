"""E4: how labs advance and are funded."""

from exact import Box, D, Table, exp, power

table = Table("capability-growth.csv", "Advance of a lab (E4), capability/CapabilityGrowth")
box = Box("capability")
for _ in range(300):
    growth, compute, alpha = box.uniform(0, 1000), box.choice((0.0, 1.0, box.spread(1e-6, 1))), box.uniform(0, 5)
    rivalry, xi, developers = box.uniform(1, 11), box.uniform(0, 10), box.uniform(0, 1)
    points = D(growth) / 12 * power(compute, alpha) * D(rivalry) * (1 + D(xi) * D(developers))
    table.add("own", (growth, compute, alpha, rivalry, xi, developers), points)
for _ in range(200):
    eta, gap, scale = box.uniform(0, 10), box.uniform(0, 100), box.spread(0.5, 1e6)
    table.add("rivalry", (eta, gap, scale), 1 + D(eta) * exp(-D(gap) / D(scale)))
for _ in range(300):
    psi, factor = box.uniform(0, 1), box.uniform(0, 20)
    own, closed, opened = box.uniform(0, 100), box.uniform(0, 100), box.uniform(0, 100)
    from_closed = D(psi) * max(D(0), D(closed) - D(own))
    from_open = min(D(1), D(psi) * D(factor)) * max(D(0), D(opened) - D(own))
    table.add("catchUp", (psi, factor, own, closed, opened), max(from_closed, from_open))
# Own growth with compute .11 and elasticity .3, and catching up by .12 a month, hold a lag of four months.
table.add("own", (12.0, 0.11, 0.3, 1.0, 0.0, 0.0), power(D(0.11), D(0.3)))
table.write()

table = Table("funding.csv", "Compute follows funding (E4), capability/Funding")
box = Box("funding")
for _ in range(400):
    pairs = [(box.choice((0.0, box.uniform(0, 10))), box.uniform(0, 1)) for _ in range(3)]
    weights = sum(D(w) for w, _ in pairs)
    share = D(pairs[2][1]) if weights == 0 else sum(D(w) * D(s) for w, s in pairs) / weights
    table.add("share", [x for pair in pairs for x in pair], share)
for _ in range(200):
    share, target, speed = box.uniform(0, 1), box.uniform(0, 1), box.uniform(0, 1)
    table.add("next", (share, target, speed), D(share) + D(speed) * (D(target) - D(share)))
table.write()
