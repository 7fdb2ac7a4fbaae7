"""E7: trust, shocks, incidents."""

from exact import Box, D, Table, exp, ln, logistic, power

table = Table("trust-update.csv", "Trust and its shocks (E7), trust/TrustUpdate")
box = Box("trust")
for _ in range(500):
    trust, anchor, others, use = (box.uniform(0, 1) for _ in range(4))
    most = box.choice((0.05, 0.3, 1.0))
    nu, kappa, upsilon = box.uniform(0, most), box.uniform(0, most), box.uniform(0, most)
    pulls = D(nu) + D(kappa) + D(upsilon)
    scale = 1 / pulls if pulls > 1 else D(1)
    n, k, u = D(nu) * scale, D(kappa) * scale, D(upsilon) * scale
    s = D(use)
    expected = (1 - n - k - u * s) * D(trust) + n * D(anchor) + k * D(others) + u * s
    table.add("next", (trust, anchor, nu, others, kappa, use, upsilon), expected)
for _ in range(300):
    alpha, beta, alignment = box.uniform(-3, 3), box.uniform(-2, 2), box.uniform(-3, 3)
    delta, diplomacy, zeta = box.uniform(0, 3), box.uniform(-1, 1), box.uniform(-3, 3)
    x = D(alpha) + D(beta) * D(alignment) + D(delta) * D(diplomacy) + D(zeta)
    table.add("anchor", (alpha, beta, alignment, delta, diplomacy, zeta), logistic(x))
for _ in range(300):
    trust, shock = box.choice((box.uniform(1e-6, 1 - 1e-6), box.uniform(0.01, 0.99))), box.choice((0.0, box.uniform(0, 10)))
    t = D(trust)
    table.add("effective", (trust, shock), logistic(ln(t / (1 - t)) - D(shock)))
for _ in range(200):
    shock, half_life = box.uniform(0, 20), box.spread(0.05, 1e6)
    table.add("decayed", (shock, half_life), D(shock) * power(2, -1 / D(half_life)))
table.write()

table = Table("incidents.csv", "Incidents (E7, E10), trust/Incidents")
box = Box("incidents")
for _ in range(200):
    yearly, use, effect, burden = box.uniform(0, 1000), box.uniform(0, 1), box.uniform(0, 5), box.uniform(0, 10)
    rate = D(yearly) / 12 * D(use) * exp(-D(effect) * D(burden))
    table.add("securityRate", (yearly, use, effect, burden), rate)
    capability = box.uniform(-5, 150)
    misuse = rate * max(D(0), D(capability)) / 100
    table.add("misuseRate", (yearly, use, capability, effect, burden), misuse)


def poisson_count(rate, uniform):
    """Least n whose cumulative probability exceeds the uniform number; None where it is too near to tell."""
    rate, uniform = D(rate), D(uniform)
    term = exp(-rate)
    total, n = term, 0
    while uniform >= total:
        if abs(uniform - total) < D("1e-11"):
            return None
        n += 1
        term *= rate / n
        total += term
    return None if abs(uniform - total) < D("1e-11") else n


for case in range(600):
    rate = box.choice((0.0, box.spread(1e-6, 1), box.uniform(0, 10), box.uniform(40, 60), box.uniform(50, 600)))
    uniform = box.random.random() if case % 10 else box.choice((0.0, 1e-9, 0.5, 1 - 1e-9))
    count = 0 if rate == 0 else poisson_count(rate, uniform)
    if count is not None:
        table.add("count", (rate, uniform), count)
table.write()
