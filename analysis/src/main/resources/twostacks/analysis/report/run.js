// The sections of a run: map and nation, the world, the race of labs, all nations, events.

const OUTCOMES_OF_MODEL = ['release', 'flip', 'stance', 'securityIncident', 'misuseIncident', 'note'];

const KIND_WORDS = {
  chipControl: 'chip control', restrictModelAccess: 'model access restricted', ban: 'ban', withholdWeights: 'weights withheld',
  priceMove: 'price move', subsidy: 'subsidy', package: 'package', diplomacy: 'diplomacy', incident: 'incident',
  sovereignProgramme: 'sovereign programme', release: 'release', flip: 'leading origin changes', stance: 'stance changes',
  securityIncident: 'breach of a service', misuseIncident: 'misuse of open weights', note: 'note',
};

/** Says which columns there was no room for. */
function leftOut(columns, file) {
  return columns && columns.length ? h('p', {class: 'note'}, `For want of room these are in ${file} only: ${columns.join(', ')}.`) : null;
}

class RunView {
  constructor(header, cubes, atlas, shared) {
    this.header = header;
    this.cubes = cubes;
    this.atlas = atlas;
    this.shared = shared;
    this.time = {start: header.start, months: header.months, lastObserved: header.lastObserved};
    this.charts = [];
    this.figures = [];
    this.events = (header.events || []).map(([month, kind, actor, target, detail, count]) =>
      ({month, kind, actor, target, detail, count}));
    this.nations = cubes.nations ? cubes.nations.entities.map(iso3 => ({iso3, ...this.factsOf(iso3)})) : [];
    this.known = new Map(this.nations.map(n => [n.iso3, n]));
    this.nations.sort((a, b) => a.name.localeCompare(b.name, 'en'));
  }

  factsOf(iso3) {
    const shape = this.atlas.objects.nations.geometries.find(g => g.id === iso3);
    return {name: shape ? shape.properties.name : iso3, ...(this.header.nations || {})[iso3]};
  }

  nameOf(iso3) {
    return this.known.has(iso3) ? this.known.get(iso3).name : iso3;
  }

  /** How often an event happened, where replicates differ. */
  often(event) {
    return event.count < this.header.replicates ? ` (in ${event.count} of ${this.header.replicates} replicates)` : '';
  }

  describe(event) {
    if (event.kind === 'flip' || event.kind === 'stance') {
      const name = event.target ? this.nameOf(event.target) + ': ' : '';
      return `${name}${KIND_WORDS[event.kind]} ${event.detail.replace(/_/g, '-')}${this.often(event)}`;
    }
    const what = KIND_WORDS[event.kind] || event.kind.replace(/([A-Z])/g, ' $1').toLowerCase();
    const codes = event.target ? event.target.split(' ') : [];
    const target = codes.length && codes.every(c => this.known.has(c))
      ? codes.length > 3 ? codes.length + ' nations' : codes.map(c => this.nameOf(c)).join(', ') : event.target;
    const who = event.actor && !event.detail.startsWith(event.actor) ? event.actor + ' ' : '';
    return `${who}${what}${target && !event.detail.includes(target) ? ', ' + target : ''}: ${event.detail}${this.often(event)}`;
  }

  /** What somebody did, as marks on a time axis. */
  marks() {
    return this.events.filter(e => !OUTCOMES_OF_MODEL.includes(e.kind))
      .map(e => ({month: e.month, text: this.describe(e), color: actorColor(e.actor)}));
  }

  marksOf(iso3) {
    return this.events.filter(e => e.target.split(' ').includes(iso3) && e.kind !== 'note' && e.kind !== 'release')
      .map(e => ({month: e.month, text: this.describe(e), color: actorColor(e.actor)}));
  }

  chart(options) {
    const chart = timeChart({time: this.time, shared: this.shared, ...options});
    this.charts.push(chart);
    return chart;
  }

  figure(options) {
    const element = figure(options);
    this.figures.push(element);
    return element;
  }

  redraw() {
    this.charts.forEach(c => c.draw());
    this.figures.forEach(f => f.rename());
    this.repaint && this.repaint();
  }

  // Key figures ------------------------------------------------------------------------------------------------

  tiles() {
    const world = this.cubes.world;
    const host = h('div', {class: 'tiles', role: 'group', 'aria-label': 'The world in the chosen month'});
    if (!world) {
      return host;
    }
    const row = world.entities.includes('population') ? 'population' : world.entities[0];
    const of = (month, columns) => columns.reduce((sum, c) => sum + world.at(c, row, month), 0);
    const range = (month, columns) => {
      if (columns.length !== 1) {
        return '';
      }
      const path = world.path(columns[0], row);
      return path && path.low ? format.percent(path.low[month]).replace(' %', '') + ' to ' + format.percent(path.high[month]) : '';
    };
    const items = [
      {what: 'US models, people', columns: ['share_us_closed', 'share_us_open'], color: '--us-closed'},
      {what: 'Chinese models, people', columns: ['share_cn_api', 'share_cn_open'], color: '--cn-api'},
      {what: 'Others and own models', columns: ['share_other', 'share_sovereign'], color: '--other'},
      {what: 'No AI', columns: ['share_no_adoption'], color: '--none'},
    ].filter(i => i.columns.every(c => world.has(c))).map(item => {
      const value = h('div', {class: 'value'});
      const low = h('div', {class: 'range'});
      const bar = h('i', {style: {background: `var(${item.color})`}});
      host.append(h('div', {class: 'tile'}, h('div', {class: 'what'}, item.what), value, h('div', {class: 'bar'}, bar), low));
      return month => {
        const v = of(month, item.columns);
        value.textContent = format.percent(v);
        bar.style.width = Math.max(0, Math.min(100, v * 100)) + '%';
        low.textContent = range(month, item.columns) || item.columns.map(c =>
          format.percent(world.at(c, row, month)).replace(' %', '') + ' ' + {share_us_closed: 'services', share_cn_api: 'services',
            share_us_open: 'open weights', share_cn_open: 'open weights', share_other: 'others', share_sovereign: 'own',
            share_no_adoption: ''}[c]).filter(() => item.columns.length > 1).join(' · ');
      };
    });
    const plainTile = (what, text, sub) => {
      const value = h('div', {class: 'value'});
      const low = h('div', {class: 'range'});
      host.append(h('div', {class: 'tile'}, h('div', {class: 'what'}, what), value, low));
      items.push(month => {
        value.replaceChildren(...text(month));
        low.textContent = sub(month);
      });
    };
    if (world.has('nations_led_by_us')) {
      const n = (o, m) => Math.round(world.at('nations_led_by_' + o, row, m));
      plainTile('Nations led by US : Chinese models', m => [String(n('us', m)), h('small', null, ' : '), String(n('cn', m))],
        m => `others ${n('other', m)} · own model ${n('sovereign', m)}`);
    }
    if (world.has('gap_months')) {
      const path = world.path('gap_months', row);
      plainTile("China's best model lags by", m => Number.isFinite(path.mean[m])
        ? [format.count(path.mean[m]), h('small', null, ' months')] : [NONE], m => path.low && Number.isFinite(path.low[m])
        ? `${format.count(path.low[m])} to ${format.count(path.high[m])}` : '');
    }
    const update = () => items.forEach(i => i(this.shared.month));
    this.shared.on('month', update);
    update();
    return host;
  }

  // Map --------------------------------------------------------------------------------------------------------

  mapSection() {
    const cube = this.cubes.nations;
    const ways = colorings(cube);
    let way = ways.find(w => w.key === 'lead') || ways[0];
    let painted = null;
    const map = worldMap({atlas: this.atlas, nations: this.nations, label:
      'World map. Arrow keys move from nation to nation; the list of nations above does the same.',
      onChoice: iso3 => {
        this.shared.set({nation: iso3});
        announce(this.nameOf(iso3) + ': ' + painted.fill(iso3, this.shared.month).text);
      }});
    const legend = h('div');
    const happened = h('ul', {class: 'happened'});
    const select = h('select', {id: 'color-by', change: () => {
      way = ways.find(w => w.key === select.value);
      this.repaint();
    }}, ways.map(w => h('option', {value: w.key, selected: w === way}, w.label)));
    const pick = h('select', {id: 'nation', change: () => this.shared.set({nation: pick.value})},
      this.nations.map(n => h('option', {value: n.iso3}, n.name)));
    const update = () => {
      map.paint(iso3 => painted.fill(iso3, this.shared.month));
      const before = this.events.filter(e => e.month <= this.shared.month && (!OUTCOMES_OF_MODEL.includes(e.kind) || (e.kind === 'flip' && 2 * e.count >= this.header.replicates)));
      happened.replaceChildren(...before.slice(-5).reverse().map(e => h('li', {style: {'--by': actorColor(e.actor)}},
        h('span', {class: e.month === this.shared.month ? 'now' : null}, monthName(this.header.start, e.month)), ' ', this.describe(e))));
    };
    this.repaint = () => {
      painted = way.prepare();
      legend.replaceChildren(painted.legend);
      update();
      card && card.rename();
    };
    let card = null;
    card = this.figure({
      id: 'map',
      span: 8,
      title: () => way.label + ', ' + monthName(this.header.start, this.shared.month),
      about: () => this.header.replicates > 1
        ? (way.words || way.key === 'stack' ? 'the most frequent over replicates' : 'mean over replicates') : null,
      name: () => `map-${way.key}-${monthName(this.header.start, this.shared.month)}`,
      table: () => ({
        columns: ['iso3', 'nation', 'month', way.key],
        rows: this.nations.map(n => {
          const v = way.of(n.iso3, this.shared.month);
          return [n.iso3, n.name, monthName(this.header.start, this.shared.month), typeof v === 'number' ? plain(v) : v || ''];
        }),
      }),
      body: [
        h('div', {class: 'controls'}, h('label', null, 'Colour by', select), h('label', null, 'Nation', pick)),
        map, legend, timeBar(this.time, this.shared), h('h4', null, 'The latest events'), happened,
        h('p', {class: 'note'}, 'Small states are dots. Boundaries and names: Natural Earth (public domain) as adapted by'
          + ' Visionscarto towards United Nations maps, simplified. Neither they nor this page take a position on the'
          + ' status of any territory; territories that are not part of the simulated world are drawn pale.'),
        leftOut(this.header.cubes.nations.left, 'nations.csv')],
    });
    this.shared.on('month', () => {
      update();
      card.rename();
    });
    this.shared.on('nation', () => {
      pick.value = this.shared.nation;
      map.choose(this.shared.nation);
    });
    pick.value = this.shared.nation;
    map.choose(this.shared.nation);
    this.repaint();
    return h('section', {id: 'world-map', 'aria-label': 'Map'},
      h('h2', {class: 'only-screen-reader'}, 'Map'), h('div', {class: 'grid'}, card, this.nationCard()));
  }

  nationCard() {
    const cube = this.cubes.nations;
    const shared = this.shared;
    let kind = 'shares';
    const percent = {format: format.percent, zero: true};
    const kinds = {
      shares: {label: 'Shares', y: {...percent, min: 0}, lines: () => STACKS.map(g => this.line(cube, 'share_' + g.key, g.label, g.color))},
      dependence: {label: 'Dependence', y: {...percent, min: 0}, lines: () => [this.line(cube, 'dependence_us', 'on the US', '--us-closed'),
        this.line(cube, 'dependence_cn', 'on China', '--cn-api'), this.line(cube, 'dependence_other', 'on others', '--other')]},
      trust: {label: 'Trust', y: {...percent, min: 0}, lines: () => [this.line(cube, 'trust_us', 'in US AI', '--us-closed'),
        this.line(cube, 'trust_cn', 'in Chinese AI', '--cn-api'), this.line(cube, 'trust_other', 'in other AI', '--other')]},
    };
    const y = {...percent, min: 0, max: 1};
    const chart = this.chart({height: 250, y, series: () => kinds[kind].lines().filter(Boolean),
      events: () => this.marksOf(shared.nation), label: () => `${kinds[kind].label} in ${this.nameOf(shared.nation)} over time`});
    const users = cube.has('ai_users') ? this.chart({height: 120, y: {...y, step: 2}, series: () => [
      this.line(cube, 'ai_users', 'people who use AI', '--high')].filter(Boolean),
      events: () => [], label: () => `People who use AI in ${this.nameOf(shared.nation)} over time`}) : null;
    const facts = h('p', {class: 'facts'});
    const words = h('ul', {class: 'happened'});
    const card = this.figure({
      id: 'nation-card',
      span: 4,
      title: () => this.nameOf(shared.nation),
      about: () => shared.nation + ', share of adopters unless it says otherwise',
      name: () => `${shared.nation}-${kind}`,
      table: () => chart.table(),
      body: [facts, h('div', {class: 'controls'}, segmented('What to show of the nation',
        Object.entries(kinds).map(([key, k]) => [key, k.label]), kind, chosen => {
          kind = chosen;
          chart.draw();
          card.rename();
        })), chart, users, words],
    });
    const update = () => {
      const nation = this.nations.find(n => n.iso3 === shared.nation);
      const item = (label, value) => value === undefined || value === '' ? [] : [h('span', null, label + ' ', h('b', null, value))];
      const month = shared.month;
      const stance = cube.word('stance', shared.nation, month);
      const leader = cube.word('leading_origin', shared.nation, month);
      facts.replaceChildren(...[
        item('people', nation.population && format.people(nation.population)),
        item('GDP', nation.gdp_usd && '$' + format.people(nation.gdp_usd * 1e6)),
        item('chip-rule tier', nation.tier),
        item('stance', stance && (STANCES[stance] || {label: stance}).label),
        item('led by', leader && (ORIGINS[leader] || {label: leader}).label),
      ].flat());
    };
    const changed = () => {
      chart.draw();
      users && users.draw();
      card.rename();
      update();
      const own = this.events.filter(e => e.target.split(' ').includes(shared.nation) && ['flip', 'ban', 'sovereignProgramme'].includes(e.kind));
      words.replaceChildren(...own.slice(-5).map(e => h('li', {style: {'--by': actorColor(e.actor)}},
        monthName(this.header.start, e.month) + ' ' + this.describe({...e, target: ''}))));
    };
    shared.on('nation', changed);
    shared.on('month', update);
    changed();
    return card;
  }

  line(cube, column, label, color) {
    const entity = cube === this.cubes.nations ? this.shared.nation : null;
    const path = cube.path(column, entity);
    return path && {key: column, label, color, path};
  }

  // World ------------------------------------------------------------------------------------------------------

  worldSection() {
    const world = this.cubes.world;
    const names = {population: "the world's people", gdp: "the world's output (GDP)", tokens: 'tokens', adopters: 'adopters, each nation alike'};
    const order = ['population', 'gdp', 'tokens', 'adopters'].filter(w => world.entities.includes(w));
    const weights = [...order, ...world.entities.filter(w => !order.includes(w))];
    let stacked = true;
    const charts = [];
    const cards = weights.map(weight => {
      const chart = this.chart({height: 210, y: {format: format.percent, min: 0, max: 1, step: 4}, stacked: () => stacked,
        series: () => STACKS.map(g => ({key: g.key, label: g.label, color: g.color, path: world.path('share_' + g.key, weight)})),
        events: () => this.marks(), label: () => `Shares of ${names[weight] || weight} over time`});
      charts.push(chart);
      return this.figure({span: 6, title: 'Share of ' + (names[weight] || weight), name: 'world-' + weight,
        about: () => stacked ? null : this.header.band || 'one replicate, so no band', table: () => chart.table(), body: chart});
    });
    const toggle = segmented('How shares are drawn', [['stacked', 'Stacked'], ['lines', this.header.replicates > 1 ? 'Lines with bands' : 'Lines']], 'stacked',
      chosen => {
        stacked = chosen === 'stacked';
        charts.forEach(c => c.draw());
        cards.forEach(c => c.rename());
      });
    return h('section', {id: 'world'}, h('h2', null, 'The world under four weights'),
      h('p', {class: 'about'}, 'The same use of AI, counted four ways. ', this.axisNote()),
      h('div', {class: 'controls'}, toggle), h('div', {class: 'grid'}, cards));
  }

  axisNote() {
    const parts = ['Triangles mark what powers, labs and nations did.'];
    if (this.header.lastObserved !== undefined) {
      parts.unshift(`Tinted: history as observed, until ${monthName(this.header.start, this.header.lastObserved)}.`);
    }
    if (this.header.band) {
      parts.push(`Bands: ${this.header.band}; lines are means.`);
    }
    return parts.join(' ');
  }

  // Race -------------------------------------------------------------------------------------------------------

  raceSection() {
    const {world, labs} = this.cubes;
    const cards = [];
    const row = world && world.entities[0];
    const add = (options, chartOptions) => {
      const chart = this.chart({height: 200, events: () => this.marks(), ...chartOptions, label: () => options.title + ' over time'});
      cards.push(this.figure({span: 6, ...options, table: () => chart.table(), body: chart}));
    };
    const one = (column, label, color) => world && world.has(column) ? {key: column, label, color, path: world.path(column, row)} : null;
    if (world && world.has('gap_months')) {
      add({title: "China's lag in months", about: 'how much later its best released model is as good as the first US one', name: 'gap'},
        {y: {format: format.count, zero: true}, series: () => [one('gap_months', 'lag', '--high')]});
    }
    if (world && world.has('frontier_us')) {
      add({title: 'Best released models', about: 'points of a published index of capability', name: 'frontier'},
        {y: {format: format.number, zero: true}, series: () => [one('frontier_us', 'United States', '--us-closed'), one('frontier_cn', 'China', '--cn-api')]});
    }
    if (labs && labs.has('price')) {
      const shades = this.labColors();
      const lines = column => labs.entities.map((lab, i) => ({key: lab, label: lab, ...shades[i], path: labs.path(column, lab)}))
        .filter(l => l.path && l.path.mean.some(Number.isFinite));
      add({title: 'List price by lab', about: 'best model, US dollars a million tokens (three parts input, one output), logarithmic', name: 'prices'},
        {height: 260, y: {format: v => Number.isFinite(v) ? '$' + format.number(v) : NONE, log: true}, series: () => lines('price')});
      add({title: 'Users by lab', about: 'million people behind its adopters, by any channel', name: 'users-by-lab'},
        {height: 260, y: {format: format.number, zero: true}, series: () => lines('users')});
    }
    if (world && world.has('nations_led_by_us')) {
      add({title: 'Nations by leading origin', name: 'nations-led'}, {y: {format: format.count, zero: true}, series: () => [
        one('nations_led_by_us', 'United States', '--us-closed'), one('nations_led_by_cn', 'China', '--cn-api'),
        one('nations_led_by_other', 'others', '--other'), one('nations_led_by_sovereign', 'own model', '--sovereign')].filter(Boolean)});
    }
    if (world && world.has('dependence_us')) {
      const people = world.entities.includes('population') ? 'population' : row;
      add({title: 'Dependence of nations', about: 'by people: share of use times how revocable it is', name: 'dependence'},
        {y: {format: format.percent, min: 0}, series: () => [['dependence_us', 'on the US', '--us-closed'],
          ['dependence_cn', 'on China', '--cn-api'], ['dependence_other', 'on others', '--other']].filter(c => world.has(c[0]))
          .map(([key, label, color]) => ({key, label, color, path: world.path(key, people)}))});
    }
    return h('section', {id: 'race'}, h('h2', null, 'The race: capability, prices, dependence'),
      h('p', {class: 'about'}, this.axisNote()), h('div', {class: 'grid'}, cards));
  }

  /** A line for each lab: colour by bloc, dashes tell those of a bloc apart. */
  labColors() {
    const labs = this.cubes.labs;
    const dashes = [null, '6 2', '2 2', '8 2 2 2', '1 3', '12 3'];
    const colors = {US: ['--us-closed', '--us-open'], CN: ['--cn-api', '--cn-open'], OTHER: ['--other', '--other']};
    const counts = {};
    return labs.entities.map(lab => {
      const bloc = labs.has('bloc') ? labs.word('bloc', lab, 0) : 'OTHER';
      const n = counts[bloc] = (counts[bloc] || 0) + 1;
      const pair = colors[bloc] || colors.OTHER;
      return {color: pair[(n - 1) % 2], dashed: dashes[Math.floor((n - 1) / 2) % dashes.length]};
    });
  }

  // Nations ----------------------------------------------------------------------------------------------------

  nationsSection() {
    const cube = this.cubes.nations;
    const last = () => this.shared.month;
    const us = (n, m) => cube.at('share_us_closed', n, m) + cube.at('share_us_open', n, m);
    const cn = (n, m) => cube.at('share_cn_api', n, m) + cube.at('share_cn_open', n, m);
    const since = this.header.lastObserved === undefined ? 0 : this.header.lastObserved;
    const sorts = {
      name: {label: 'name', of: () => 0, form: () => ''},
      population: {label: 'population', of: n => n.population || 0, form: n => n.population ? format.short(n.population) : ''},
      us: {label: 'share on US models', of: n => us(n.iso3, last())},
      cn: {label: 'share on Chinese models', of: n => cn(n.iso3, last())},
      own: {label: 'share on own model', of: n => cube.at('share_sovereign', n.iso3, last())},
      users: {label: 'share that uses AI', of: n => 1 - cube.at('share_no_adoption', n.iso3, last())},
      towards: {label: 'shift towards Chinese models' + (since ? ' since ' + monthName(this.header.start, since) : ''),
        of: n => cn(n.iso3, last()) - cn(n.iso3, since) - us(n.iso3, last()) + us(n.iso3, since),
        form: n => format.points(sorts.towards.of(n))},
      dependence_us: {label: 'dependence on the US', of: n => cube.at('dependence_us', n.iso3, last())},
      dependence_cn: {label: 'dependence on China', of: n => cube.at('dependence_cn', n.iso3, last())},
    };
    let order = this.nations.some(n => n.population) ? 'population' : 'name';
    const count = h('span', {class: 'note', role: 'status'});
    const search = h('input', {type: 'search', id: 'find', placeholder: 'Find a nation', 'aria-label': 'Find a nation', input: () => arrange()});
    const select = h('select', {id: 'sort', change: () => {
      order = select.value;
      arrange();
    }}, Object.entries(sorts).map(([key, sort]) => h('option', {value: key, selected: key === order}, sort.label)));
    const cards = new Map();
    const host = h('div', {class: 'cards'});
    const watch = new IntersectionObserver(seen => seen.filter(e => e.isIntersecting).forEach(e => drawCard(e.target)),
      {rootMargin: '400px'});
    const drawCard = card => {
      if (card.children.length < 2) {
        card.append(sparkArea(cube, card.dataset.iso3));
      }
      watch.unobserve(card);
    };
    for (const nation of this.nations) {
      const value = h('span');
      const card = h('button', {type: 'button', class: 'spark', 'data-iso3': nation.iso3, 'aria-pressed': 'false',
        click: () => {
          this.shared.set({nation: nation.iso3});
          document.getElementById('nation-card').scrollIntoView({block: 'nearest'});
        }}, h('span', {class: 'name'}, h('span', {title: nation.name}, nation.name), value));
      cards.set(nation.iso3, {card, value});
      watch.observe(card);
    }
    addEventListener('beforeprint', () => cards.forEach(c => drawCard(c.card)));
    let shown = [];
    const arrange = () => {
      const sort = sorts[order];
      const wanted = search.value.trim().toLowerCase();
      shown = this.nations.filter(n => !wanted || n.name.toLowerCase().includes(wanted) || n.iso3.toLowerCase() === wanted);
      if (order !== 'name') {
        const by = new Map(shown.map(n => [n, sort.of(n)]));
        shown.sort((a, b) => (by.get(b) || 0) - (by.get(a) || 0));
      }
      for (const n of shown) {
        cards.get(n.iso3).value.textContent = sort.form ? sort.form(n) : format.percent(sort.of(n));
      }
      host.replaceChildren(...shown.map(n => cards.get(n.iso3).card));
      count.textContent = shown.length === 1 ? '1 nation' : shown.length + ' nations';
    };
    const press = () => cards.forEach((c, iso3) => c.card.setAttribute('aria-pressed', String(iso3 === this.shared.nation)));
    this.shared.on('nation', press);
    let waiting = null;
    this.shared.on('month', () => {
      clearTimeout(waiting);
      waiting = setTimeout(arrange, 250);
    });
    press();
    arrange();
    const card = this.figure({title: 'Every nation', about: 'stacked shares of adopters over the whole run; choose one to see it beside the map',
      name: () => 'nations-' + monthName(this.header.start, this.shared.month),
      table: () => ({columns: ['iso3', 'nation', 'month', ...STACKS.map(g => 'share_' + g.key)],
        rows: shown.map(n => [n.iso3, n.name, monthName(this.header.start, this.shared.month),
          ...STACKS.map(g => plain(cube.at('share_' + g.key, n.iso3, this.shared.month)))])}),
      body: [h('div', {class: 'controls'}, search, h('label', null, 'Sort by', select), count), keys(STACKS), h('div', {style: {height: '10px'}}), host]});
    return h('section', {id: 'nations'}, h('h2', null, 'Nations'), card);
  }

  // Events -----------------------------------------------------------------------------------------------------

  eventsSection() {
    const kinds = [...new Set(this.events.map(e => e.kind))];
    let kind = 'acts';
    const host = h('div');
    const chosen = () => this.events.filter(e => kind === 'all' || (kind === 'acts' ? !OUTCOMES_OF_MODEL.includes(e.kind) : e.kind === kind));
    const table = () => ({
      columns: ['month', 'kind', 'actor', 'target', 'detail', ...this.header.replicates > 1 ? ['replicates'] : []],
      rows: chosen().map(e => [monthName(this.header.start, e.month), e.kind, e.actor, e.target, e.detail,
        ...this.header.replicates > 1 ? [e.count] : []]),
    });
    const select = h('select', {id: 'event-kind', change: () => {
      kind = select.value;
      show();
    }}, h('option', {value: 'acts'}, 'what powers, labs and nations did'),
    kinds.map(k => h('option', {value: k}, KIND_WORDS[k] || k)), h('option', {value: 'all'}, 'all'));
    const show = () => host.replaceChildren(tableElement(table(), 'events'));
    show();
    const save = h('button', {type: 'button', 'aria-label': 'Download as CSV: events',
      click: () => download('events-' + kind + '.csv', csv(table()), 'text/csv')}, 'CSV');
    return h('section', {id: 'events'}, h('h2', null, 'Events'),
      h('div', {class: 'card'}, h('div', {class: 'controls'}, h('label', null, 'Show', select), h('span', {class: 'tools'}, save)), host,
        this.header.eventsLeft ? h('p', {class: 'note'}, `${this.header.eventsLeft} events that happened in few replicates are in events.csv only.`) : null));
  }
}
