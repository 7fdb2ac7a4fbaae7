"""E5: cost, list price, congestion, delivered price."""

from exact import LN2, Box, D, Table, exp, power

REFERENCE_MONTH = 2026 * 12 + 7  # 2026-08

table = Table("serving-cost.csv", "Serving cost (E5), price/ServingCost")
box = Box("serving cost")
for _ in range(500):
    cost, slope, q, q0 = box.spread(1e-3, 100), box.uniform(0, 0.3), box.uniform(0, 200), box.uniform(0, 100)
    halving, decay = box.spread(0.5, 100), box.choice((0.0, box.uniform(0.01, 1)))
    month = REFERENCE_MONTH + box.choice((0, 1, box.whole(-60, 0), box.whole(0, 200)))
    years = D(month - REFERENCE_MONTH) / 12
    yearly = 12 / D(halving)
    if years <= 0 or decay == 0:
        halvings = yearly * years
    else:
        halvings = yearly * (1 - exp(-D(decay) * years)) / D(decay)
    arguments = (cost, slope, q, q0, halving, decay, month)
    table.add("of", arguments, D(cost) * exp(D(slope) * (D(q) - D(q0))) * exp(-halvings * LN2))
# It halves every h months at given capability.
for months in range(0, 25):
    table.add("of", (1.0, 0.0, 50.0, 50.0, 3.0, 0.0, REFERENCE_MONTH + months), power(2, -D(months) / 3))
table.write()

table = Table("list-price.csv", "List price and mark-up (E5), price/ListPrice")
box = Box("list price")
for _ in range(300):
    cost, congestion = box.spread(1e-6, 1e3), box.uniform(1, 8)
    markup, subsidy = box.uniform(-1, 8), box.uniform(0, 1)
    price = max(D(0), D(cost) * (D(congestion) * (1 + D(markup)) - D(subsidy)))
    table.add("of", (cost, congestion, markup, subsidy), price)
for _ in range(200):
    least, most, share = box.uniform(-1, 2), box.uniform(0, 8), box.uniform(0, 1)
    table.add("target", (least, most, share), D(least) + (D(most) - D(least)) * D(share))
    markup, speed = box.uniform(-1, 8), box.uniform(0, 1)
    table.add("next", (markup, most, speed), D(markup) + D(speed) * (D(most) - D(markup)))
for _ in range(200):
    factor, rate = box.spread(0.01, 100), box.uniform(0, 1)
    table.add("converged", (factor, rate), power(factor, 1 - D(rate)))
table.write()

table = Table("congestion.csv", "Congestion and rationing (E5), price/Congestion")
box = Box("congestion")
for _ in range(500):
    demand = box.choice((0.0, box.spread(1e-3, 1e12)))
    capacity = box.choice((0.0, box.spread(1e-3, 1e12), demand * box.spread(0.05, 1.5)))
    elasticity, cap = box.spread(0.05, 5), box.choice((1.0, box.spread(1, 1000)))
    d, c = D(demand), D(capacity)
    if d <= c:
        factor = D(1)
    elif c == 0:
        factor = D(cap)
    else:
        factor = min(D(cap), power(d / c, 1 / D(elasticity)))
    table.add("factor", (demand, capacity, elasticity, cap), factor)
    # What is served at the factor as a double, which a market reads; a billionth of slack is not a shortage.
    wanted = d * power(D(float(factor)), -D(elasticity))
    served = D(1) if wanted <= c * (1 + D("1e-9")) else c / wanted
    table.add("served", (demand, capacity, elasticity, float(factor)), served)
table.write()

table = Table("delivered-price.csv", "Delivered price by channel (E5), price/DeliveredPrice")
box = Box("delivered price")
for _ in range(200):
    cost, margin = box.spread(1e-6, 1e3), box.uniform(0, 20)
    table.add("host", (cost, margin), D(cost) * (1 + D(margin)))
for _ in range(300):
    cost, utilisation, hardware = box.spread(1e-6, 1e3), box.uniform(0.001, 1), box.uniform(0, 100)
    skill_cost, skill, volume = box.uniform(0, 60_000), box.uniform(0, 1), box.spread(1e-3, 1e5)
    price = D(cost) / D(utilisation) * D(hardware) + D(skill_cost) * (1 - D(skill)) / D(volume)
    table.add("self", (cost, utilisation, hardware, skill_cost, skill, volume), price)
for _ in range(400):
    scarcity, stringency = box.uniform(0, 100), box.uniform(0, 1)
    packages = [(box.choice((0.0, box.uniform(0, 1))), box.spread(0.05, 2)) for _ in range(2)]
    market = 1 + D(scarcity) * D(stringency)
    offers = [market] + [(1 - D(discount)) * min(D(1), D(cost)) for discount, cost in packages if discount > 0]
    table.add("hardware", (scarcity, stringency, *packages[0], *packages[1]), min(offers))
table.write()
