"""Mathematics: slowing growth, powers, the logistic function and its inverse."""

from exact import Box, D, Table, exp, ln, logistic, power

table = Table("growth.csv", "Growth that slows, maths/Growth")
box = Box("growth")
for _ in range(500):
    rate, years = box.uniform(-5, 20), box.uniform(-20, 50)
    decay = box.choice((0.0, box.uniform(0.01, 5), box.spread(1e-18, 0.1)))
    d, t = D(decay), D(years)
    table.add("slowing", (rate, decay, years), D(rate) * (t if decay == 0 else (1 - exp(-d * t)) / d))
table.write()

table = Table("det-math.csv", "Exponential, logarithm and what is made of them, maths/DetMath")
box = Box("maths")
for _ in range(400):
    x = box.choice((box.uniform(-1, 1, 17), box.uniform(-20, 20, 17), box.uniform(-699, 699, 17)))
    table.add("exp", (x,), exp(D(x)))
for _ in range(400):
    x = box.choice((box.uniform(0.5, 2, 17), box.spread(1e-300, 1e300, 17), 1 + box.uniform(-1e-3, 1e-3, 17)))
    table.add("log", (x,), ln(D(x)))
for _ in range(400):
    x, y = box.choice((0.0, 1.0, box.uniform(0, 3), box.spread(1e-9, 1e9))), box.choice((0.0, 1.0, box.uniform(0, 5), 1 / 12))
    table.add("pow", (x, y), power(x, y))
for _ in range(300):
    x = box.choice((0.0, box.uniform(-5, 5), box.uniform(-300, 300)))
    table.add("logistic", (x,), logistic(D(x)))
for _ in range(300):
    p = box.choice((0.5, box.uniform(0.01, 0.45), box.uniform(0.55, 0.99), box.spread(1e-15, 0.01)))
    table.add("logit", (p,), ln(D(p) / (1 - D(p))))
table.write()
