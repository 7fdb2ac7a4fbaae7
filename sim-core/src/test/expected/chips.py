"""E3: compute of a bloc."""

from exact import Box, D, Table, exp, power


def slowing(rate, decay, years):
    rate, decay, years = D(rate), D(decay), D(years)
    return rate * years if decay == 0 else rate * (1 - exp(-decay * years)) / decay


table = Table("compute-stock.csv", "Compute of a bloc (E3), chips/ComputeStock")
box = Box("chips")
for _ in range(200):
    stock, delta, arriving, domestic = box.uniform(0, 500), box.uniform(0, 1), box.uniform(0, 50), box.uniform(0, 50)
    table.add("next", (stock, delta, arriving, domestic), (1 - D(delta)) * D(stock) + D(arriving) + D(domestic))
for _ in range(300):
    would, x, leak = box.uniform(0, 50), box.uniform(0, 1), box.uniform(0, 1)
    pile = box.choice((1.0, box.uniform(1, 20)))
    table.add("arriving", (would, x, leak, pile), D(would) * D(pile) * (1 - D(x) * (1 - D(leak))))
for _ in range(300):
    first, growth, decay, months = box.spread(1e-3, 0.1), box.uniform(0, 2), box.choice((0.0, box.uniform(0.01, 5))), box.whole(0, 240)
    table.add("wouldBe", (first, growth, decay, months), D(first) * exp(slowing(growth, decay, D(months) / 12)))
for _ in range(300):
    domestic, growth, induced, x = box.uniform(0, 5), box.uniform(0, 10), box.uniform(0, 10), box.uniform(0, 1)
    annual = 1 + D(growth) + D(induced) * D(x)
    table.add("nextDomestic", (domestic, growth, induced, x), D(domestic) * power(annual, D(1) / 12))
for _ in range(300):
    first, more, learning = box.choice((0.0, box.spread(1e-3, 1))), box.spread(1, 1e6), box.uniform(0, 2)
    cumulative = first * more
    expected = D(1) if first == 0 else power(D(cumulative) / D(first), -D(learning))
    table.add("unitCost", (cumulative, first, learning), expected)
table.write()
