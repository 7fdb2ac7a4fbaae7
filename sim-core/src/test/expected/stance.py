"""E8: what a stance is worth to a nation."""

from exact import Box, D, Table

table = Table("stance-value.csv", "Stance of a nation (E8), stance/StanceValue; stances 0 open, 1 US, 2 CN, 3 sovereign")
box = Box("stance")
for _ in range(400):
    economic, security, untrusted = box.uniform(-5, 10), box.uniform(0, 50), box.uniform(0, 1)
    dependence, cut_off, weight = box.uniform(0, 50), box.uniform(0, 1), box.uniform(0, 50)
    alignment, fiscal, inertia = box.uniform(-3, 3), box.uniform(0, 5), box.uniform(0, 2)
    noise, stance = box.uniform(-2, 3), box.whole(0, 3)
    lean = {0: D(0), 1: D(alignment), 2: -D(alignment), 3: D(0)}[stance]
    value = (
        D(economic)
        - D(security) * D(untrusted)
        - D(dependence) * D(cut_off)
        + D(weight) * lean
        - D(fiscal)
        + D(inertia)
        + D(noise)
    )
    arguments = (economic, security, untrusted, dependence, cut_off, weight, alignment, fiscal, inertia, noise, stance)
    table.add("of", arguments, value)
for _ in range(400):
    stance, policy, sign, home = box.whole(0, 3), box.uniform(0, 50), box.choice((-1, 0, 1)), box.choice((0, 0, 0, 1))
    exposure, control = box.uniform(0, 1), box.uniform(0, 1)
    against = (stance == 1 and sign < 0) or (stance == 2 and sign > 0)
    term = -D(policy) * D(exposure) if against else -D(policy) * (1 - D(control)) if stance == 3 else D(0)
    table.add("policyTerm", (stance, policy, sign, home, exposure, control), D(0) if home else term)
for _ in range(300):
    floor, decay, rise, seen = box.uniform(0, 0.5), box.uniform(0, 1), box.uniform(0, 1), box.uniform(0, 1)
    risk = box.uniform(floor, 1)
    left = D(floor) + (D(risk) - D(floor)) * (1 - D(decay))
    table.add("cutOffRisk", (risk, floor, decay, rise, seen), left + (1 - left) * D(rise) * D(seen))
table.write()
