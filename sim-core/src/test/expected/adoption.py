"""E1 and E2: the adopter's choice, consideration, tenure, taste."""

from statistics import NormalDist

from exact import INFINITY, Box, D, Table, exp, ln, pi, power


def adopter_choice():
    table = Table("adopter-choice.csv", "Terms and probabilities of the adopter's choice (E1), adoption/AdopterChoice")
    box = Box("adopter choice")
    for _ in range(200):
        a, q, ref = box.uniform(0, 20), box.uniform(-50, 1000), box.uniform(0, 1000)
        table.add("capabilityTerm", (a, q, ref), D(a) * (D(q) - D(ref)) / 10)
    for _ in range(300):
        b, price, omega = box.uniform(0, 20), box.choice((0.0, box.spread(1e-9, 1e6))), box.spread(1e-6, 1e6)
        table.add("priceTerm", (b, price, omega), -D(b) * ln(1 + D(price) / D(omega)))
    for _ in range(200):
        omega, income, eta = box.spread(1e-6, 1e6), box.choice((0.0, box.spread(50, 200_000))), box.uniform(0, 3)
        factor = power(D(income) / 40_000, eta)
        table.add("affordability", (omega, income, eta), D(omega) * max(D("1e-6"), factor))
    for _ in range(200):
        c, trust, exposure = box.uniform(0, 20), box.uniform(0, 1), box.uniform(0, 1)
        table.add("trustTerm", (c, trust, exposure), D(c) * (2 * D(trust) - 1) * D(exposure))
    for _ in range(200):
        f, skill, licence = box.uniform(0, 20), box.uniform(0, 1), box.uniform(0, 1)
        table.add("openWeightsTerm", (f, skill, licence), D(f) * D(skill) * D(licence))
        table.add("sovereigntyTerm", (f, skill, licence), D(f) * D(skill) * D(licence))
        table.add("switchingCost", (f, skill, licence), D(f) * D(skill) * D(licence))
    for _ in range(200):
        j, lam, nation, peers = box.uniform(0, 20), box.uniform(0, 1), box.uniform(0, 1), box.uniform(0, 1)
        table.add("socialTerm", (j, lam, nation, peers), D(j) * ((1 - D(lam)) * D(nation) + D(lam) * D(peers)))
    for _ in range(200):
        spread, taste, sign = box.uniform(0, 20), box.uniform(-3, 3), box.choice((-1, 0, 1))
        table.add("tasteTerm", (spread, taste, sign), D(spread) * D(taste) * sign)
    for _ in range(200):
        u0, u1, ready = box.uniform(-1000, 1000), box.uniform(-20, 20), box.uniform(0, 1)
        u2, language = box.uniform(-20, 20), box.uniform(0, 1)
        table.add("nonUse", (u0, u1, ready, u2, language), D(u0) + D(u1) * (1 - D(ready)) + D(u2) * (1 - D(language)))
    for _ in range(200):
        kappa, fade, ready = box.uniform(-20, 20), box.uniform(0, 1), box.uniform(0, 1)
        table.add("handicap", (kappa, fade, ready), D(kappa) * (1 - D(fade) * (1 - D(ready))))
    for case in range(400):
        probabilities_case(table, box, case)
    # The limits of the description: a plain logit, and a nest whose member has a twin.
    plain = [0.5, 1.0, -0.3]
    add_probabilities(table, 1.0, 1.0, 0.0, [0, 1, 2], plain)
    add_probabilities(table, 1.0, 1.0, 0.0, [0, 0, 0], plain)
    for rho in (0.5, 1.0, 0.01):
        add_probabilities(table, rho, 1.0, -1000.0, [0, 0, 1], [0.0, 0.0, float(ln(3))])
    for _ in range(200):
        worth, income = box.uniform(-20, 20), box.spread(100, 1e6)
        table.add("timeWorth", (worth, income), D(worth) * min(D(income), D(80000)) / 40000)
    table.write()


def probabilities_case(table, box, case):
    rho_use = box.choice((1.0, box.uniform(0.6, 1), box.uniform(0.05, 1)))
    rho = min(rho_use, box.choice((rho_use, box.uniform(0.3, 0.8), box.spread(0.01, 0.3))))
    count = box.choice((1, 2, 3, 5, 8, 12))
    width = box.choice((0.5, 3.0, 12.0))
    nests = [box.whole(0, 5) for _ in range(count)]
    utility = [box.uniform(-width, width) for _ in range(count)]
    for k in range(count):
        if box.uniform(0, 1) < 0.2 or case == 0:
            utility[k] = -INFINITY
    add_probabilities(table, rho, rho_use, box.uniform(-width, width), nests, utility)


def add_probabilities(table, rho, rho_use, non_use, nests, utility):
    arguments = [rho, rho_use, non_use] + [x for pair in zip(nests, utility) for x in pair]
    table.add("probabilities", arguments, probabilities(rho, rho_use, non_use, nests, utility))


def probabilities(rho, rho_use, non_use, nests, utility):
    rho, rho_use = D(rho), D(rho_use)
    there = [k for k, u in enumerate(utility) if u != -INFINITY]
    if not there:
        return [0] * len(utility) + [1]
    inclusive = {
        g: rho * ln(sum(exp(D(utility[k]) / rho) for k in there if nests[k] == g)) for g in {nests[k] for k in there}
    }
    use = rho_use * ln(sum(exp(i / rho_use) for i in inclusive.values()))
    of_use = exp(use) / (exp(D(non_use)) + exp(use))
    result = [D(0)] * len(utility)
    for k in there:
        i = inclusive[nests[k]]
        result[k] = of_use * exp((i - use) / rho_use) * exp((D(utility[k]) - i) / rho)
    return result + [exp(D(non_use)) / (exp(D(non_use)) + exp(use))]


def consideration():
    table = Table("consideration.csv", "Consideration (E2), adoption/Consideration")
    box = Box("consideration")
    for _ in range(300):
        p, reach, q, mu = box.uniform(0, 1), box.uniform(0, 3), box.uniform(0, 2), box.uniform(0, 1)
        nation, world, news = box.uniform(0, 1), box.uniform(0, 1), box.choice((0.0, box.uniform(0, 1)))
        hazard = D(p) * D(reach) + D(q) * ((1 - D(mu)) * D(nation) + D(mu) * D(world)) + D(news)
        table.add("hazard", (p, reach, q, mu, nation, world, news), min(D(1), hazard))
    for _ in range(300):
        p, reach, q, mu = box.spread(1e-4, 0.08), box.uniform(0, 1.5), box.uniform(0.02, 0.3), box.uniform(0.2, 0.8)
        nation, world, news = box.uniform(0, 0.5), box.uniform(0, 0.5), box.choice((0.0, box.uniform(0, 0.2)))
        hazard = D(p) * D(reach) + D(q) * ((1 - D(mu)) * D(nation) + D(mu) * D(world)) + D(news)
        table.add("hazard", (p, reach, q, mu, nation, world, news), min(D(1), hazard))
    for _ in range(200):
        share, hazard = box.uniform(0, 1), box.uniform(0, 1)
        table.add("next", (share, hazard), D(share) + D(hazard) * (1 - D(share)))
    for income in [0.0, 1.0, 499.999, 500.0, 501.0, 79_999.0, 80_000.0, 80_001.0, 1e6]:
        table.add("readiness", (income,), readiness(income))
    for _ in range(200):
        income = box.spread(100, 200_000)
        table.add("readiness", (income,), readiness(income))
    # Bass in discrete time: p = .01, q = .1 gives .189551, .819641, .986729 after 12, 36 and 60 months.
    share = D(0)
    for month in range(1, 61):
        before = share
        share = share + (D("0.01") + D("0.1") * share) * (1 - share)
        if month in (12, 36, 60):
            table.add("next", (float(before), float(D("0.01") + D("0.1") * before)), float(share))
    table.write()


def readiness(income):
    return D(0) if income <= 500 else min(D(1), ln(D(income) / 500) / ln(160))


def tenure():
    table = Table("tenure.csv", "Tenure in bins and its lock-in, adoption/Tenure")
    bins = [(0, 0), (1, 1), (2, 2), (3, 3), (4, 5), (6, 8), (9, 12), (13, 18), (19, 30)]
    middle = [D(low + high) / 2 for low, high in bins] + [D(48)]
    for months in [*range(0, 200), 1000, 32767]:
        number = next((b for b, (low, high) in enumerate(bins) if low <= months <= high), len(bins))
        table.add("bin", (months,), number)
    for number in range(10):
        for time in (0.0, 1e-3, 0.5, 3.0, 6.0, 7.3, 18.0, 120.0, 600.0):
            if number == 0:
                lock_in = D(0)
            elif time == 0:
                lock_in = D(1)
            else:
                lock_in = 1 - exp(-middle[number] / D(time))
            table.add("lockIn", (number, time), lock_in)
    for months in (0, 1, 2, 3, 5, 10, 31):
        for distance in (0.0, 0.125, 0.25, 0.5, 0.75, 1.0):
            table.add("kept", (months, distance), int(months * (1 - D(distance))))
    table.write()


def taste():
    """Means of a standard normal distribution in equally likely bins, scaled to unit variance."""
    table = Table("taste.csv", "Values of the bins of taste, adoption/Taste")
    for bins in range(1, 33):
        edges = [None, *(quantile(D(b) / bins, b / bins) for b in range(1, bins)), None]
        means = [(density(edges[b]) - density(edges[b + 1])) * bins for b in range(bins)]
        variance = sum(m * m for m in means) / bins
        values = [m / variance.sqrt() for m in means] if bins > 1 else [D(0)]
        if bins % 2:
            values[bins // 2] = D(0)
        table.add("values", (bins,), values)
    table.write()


PI = pi()


def density(x):
    return D(0) if x is None else exp(-x * x / 2) / (2 * PI).sqrt()


def cumulative(x):
    """1/2 + density times the sum of x^(2n+1)/(1 3 5 ... (2n+1))."""
    total, term, n = D(0), x, 0
    while abs(term) > D(10) ** -58:
        total += term
        n += 1
        term *= x * x / (2 * n + 1)
    return D("0.5") + density(x) * total


def quantile(p, start):
    x = D(NormalDist().inv_cdf(start))
    for _ in range(4):
        x -= (cumulative(x) - p) / density(x)
    return x


adopter_choice()
consideration()
tenure()
taste()
