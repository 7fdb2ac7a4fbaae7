// The sections of a comparison: where an alternative has which effect, paths of effects, and what causes them.

/** How an effect is shown: shares in percentage points, all else as numbers with a sign. */
function effectForm(outcome) {
  return formatOf({name: outcome}) === format.percent || outcome.includes('=') ? format.points
    : v => Number.isFinite(v) ? format.signed(v, format.number) : NONE;
}

/** An outcome's name in words. */
function outcomeWords(outcome) {
  const [column, value] = outcome.split('=');
  return value ? `Chance that ${(ORIGINS[value] || {label: value}).label} models lead` : wordsOf(column);
}

class ComparisonView extends RunView {
  constructor(header, alternatives, atlas, shared) {
    const first = Object.values(alternatives)[0];
    super(header, {nations: first.nations}, atlas, shared);
    this.alternatives = alternatives;
    this.names = Object.keys(alternatives);
    const about = header.made.interval || {};
    this.interval = `${Math.round((about.confidence || 0.95) * 100)} % interval, ${about.method || about.kind || 'paired'}`;
  }

  /** What powers and labs do in the alternative, as marks on a time axis. */
  marks() {
    return this.now.events.map(([month, kind, actor, target, detail, own]) =>
      ({month, text: (own ? `only in ${this.shared.alternative}: ` : '') + this.describe({kind, actor, target, detail, count: this.header.replicates}), color: actorColor(actor)}));
  }

  chart(options) {
    return super.chart({events: () => this.marks(), ...options});
  }

  get now() {
    return this.alternatives[this.shared.alternative];
  }

  controls() {
    const shared = this.shared;
    const outcomes = [...this.now.nations.columns.keys()];
    const pick = (id, label, options, key, words) => {
      const select = h('select', {id, change: () => shared.set({[key]: select.value})},
        options.map(o => h('option', {value: o, selected: o === shared[key]}, words(o))));
      return h('label', null, label, select);
    };
    return h('div', {class: 'controls'},
      pick('alternative', 'Alternative', this.names, 'alternative', n => n),
      pick('outcome', 'Effect on', outcomes, 'outcome', outcomeWords),
      pick('nation', 'Nation', this.nations.map(n => n.iso3), 'nation', n => this.nameOf(n)));
  }

  mapSection() {
    const shared = this.shared;
    const legend = h('div');
    let painted = null;
    const map = worldMap({atlas: this.atlas, nations: this.nations,
      label: 'World map of effects. Arrow keys move from nation to nation.', onChoice: iso3 => {
        shared.set({nation: iso3});
        announce(this.nameOf(iso3) + ': ' + painted(iso3).text);
      }});
    const path = iso3 => this.now.nations.path(shared.outcome, iso3);
    const prepare = () => {
      const form = effectForm(shared.outcome);
      const all = [];
      for (const iso3 of this.now.nations.entities) {
        const p = path(iso3);
        for (let m = 0; p && m < this.time.months; m += 3) {
          if (Number.isFinite(p.mean[m])) {
            all.push(Math.abs(p.mean[m]));
          }
        }
      }
      all.sort((a, b) => a - b);
      const far = all[Math.floor(0.99 * all.length)] || 0.001;
      const middle = cssColor('--neutral');
      const scale = classes(-far, far, v => v < 0 ? mix(middle, cssColor('--cn-open'), Math.min(1, -v / far))
        : mix(middle, cssColor('--high'), Math.min(1, v / far)), 8);
      legend.replaceChildren(ramp(scale, form), keys([{color: '--high', faint: true, label: 'pale: the interval includes no effect'}]));
      painted = iso3 => {
        const p = path(iso3);
        const m = shared.month;
        if (!p || !Number.isFinite(p.mean[m])) {
          return {color: cssColor('--land'), text: 'no value'};
        }
        const sure = p.low[m] > 0 || p.high[m] < 0;
        return {color: scale.color(p.mean[m]), faint: !sure, text: `${form(p.mean[m])}, interval ${form(p.low[m])} to ${form(p.high[m])}`};
      };
    };
    this.repaint = () => {
      prepare();
      map.paint(painted);
      card && card.rename();
    };
    let card = null;
    card = this.figure({id: 'map', span: 8,
      title: () => `Effect of ${shared.alternative}: ${outcomeWords(shared.outcome)}, ${monthName(this.time.start, shared.month)}`,
      about: () => 'alternative less base, with the same luck; ' + this.interval,
      name: () => `effect-${shared.alternative}-${shared.outcome.replace('=', '-')}-${monthName(this.time.start, shared.month)}`,
      table: () => ({columns: ['alternative', 'month', 'iso3', 'nation', 'outcome', 'effect', 'low', 'high'], rows: this.nations.map(n => {
        const p = path(n.iso3);
        const at = v => p ? plain(v[shared.month]) : '';
        return [shared.alternative, monthName(this.time.start, shared.month), n.iso3, n.name, shared.outcome,
          p ? at(p.mean) : '', p ? at(p.low) : '', p ? at(p.high) : ''];
      })}),
      body: [this.controls(), map, legend, timeBar(this.time, shared),
        h('p', {class: 'note'}, 'Small states are dots. Boundaries and names: Natural Earth (public domain) as adapted by'
          + ' Visionscarto towards United Nations maps, simplified. Neither they nor this page take a position on the'
          + ' status of any territory; territories that are not part of the simulated world are drawn pale.'),
        leftOut(this.header.left, 'effects.csv')]});
    shared.on('month', () => {
      map.paint(painted);
      card.rename();
    });
    shared.on('alternative outcome', () => this.repaint());
    shared.on('nation', () => {
      document.getElementById('nation').value = shared.nation;
      map.choose(shared.nation);
    });
    map.choose(shared.nation);
    this.repaint();
    return h('section', {id: 'effects', 'aria-label': 'Effects'}, h('h2', {class: 'only-screen-reader'}, 'Effects'), h('div', {class: 'grid'}, card, this.pathCard()));
  }

  pathCard() {
    const shared = this.shared;
    const y = {zero: true, format: v => effectForm(shared.outcome)(v)};
    const nation = this.chart({height: 200, y, series: () => [{key: 'effect', label: 'effect', color: '--high',
      path: this.now.nations.path(shared.outcome, shared.nation)}], label: () => `Effect in ${this.nameOf(shared.nation)} over time`});
    const world = this.chart({height: 170, y, series: () => this.names.map((name, i) => ({key: name, label: name,
      color: ['--us-closed', '--cn-api', '--other', '--sovereign', '--cn-open', '--us-open'][i % 6], dashed: i > 5 ? '5 3' : null,
      path: this.alternatives[name].world.path(shared.outcome, 'WLD')})), label: () => 'Effects in the world over time'});
    const card = this.figure({id: 'nation-card', span: 4, title: () => 'Effect in ' + this.nameOf(shared.nation),
      about: () => outcomeWords(shared.outcome) + '; band: ' + this.interval, name: () => `effect-${shared.nation}`, table: () => nation.table(), body: nation});
    const whole = this.figure({span: 4, title: "Effect on the world's people", about: () => outcomeWords(shared.outcome),
      name: 'effect-world', table: () => world.table(), body: world});
    const update = () => {
      nation.draw();
      world.draw();
      card.rename();
      whole.rename();
    };
    shared.on('nation outcome alternative', update);
    return h('div', {class: 'span4 column'}, card, whole);
  }

  worldSection() {
    const shared = this.shared;
    const columns = [...this.now.world.columns.keys()];
    const cards = columns.slice(0, 12).map(outcome => {
      const chart = this.chart({height: 150, y: {zero: true, format: effectForm(outcome)}, series: () => [{key: outcome, label: shared.alternative,
        color: '--high', path: this.now.world.path(outcome, 'WLD')}], label: () => `Effect on ${outcomeWords(outcome)} of the world over time`});
      shared.on('alternative', () => chart.draw());
      return this.figure({span: 4, title: outcomeWords(outcome), name: 'effect-world-' + outcome.replace('=', '-'), table: () => chart.table(), body: chart});
    });
    return h('section', {id: 'world'}, h('h2', null, 'The world'),
      h('p', {class: 'about'}, `Effects on the world by people, alternative less base; band: ${this.interval}.`), h('div', {class: 'grid'}, cards));
  }

  causesSection() {
    const rows = (this.header.attribution || []).map(([alternative, month, outcome, cause, effect, low, high]) =>
      ({alternative, month, outcome, cause, effect, low, high}));
    const shared = this.shared;
    const causes = [...new Set(rows.map(r => r.cause))];
    const colors = ['--us-closed', '--cn-api', '--other', '--sovereign', '--cn-open', '--us-open'];
    const series = () => causes.map((cause, i) => {
      const path = {mean: new Float32Array(this.time.months).fill(NaN), low: new Float32Array(this.time.months).fill(NaN),
        high: new Float32Array(this.time.months).fill(NaN)};
      rows.filter(r => r.alternative === shared.alternative && r.outcome === shared.outcome && r.cause === cause).forEach(r => {
        path.mean[r.month] = r.effect;
        path.low[r.month] = r.low === null ? NaN : r.low;
        path.high[r.month] = r.high === null ? NaN : r.high;
      });
      return {key: cause, label: cause, color: colors[i % 6], path};
    });
    const chart = this.chart({height: 240, y: {zero: true, format: v => effectForm(shared.outcome)(v)}, series, label: () => 'Attributed effects over time'});
    const card = this.figure({title: () => 'What causes it: ' + outcomeWords(shared.outcome), about: () =>
      'Shapley values: the part of the effect on the world that each group of levers has, over all orders of moving them', name: 'attribution',
      table: () => chart.table(), body: chart});
    shared.on('alternative outcome', () => {
      chart.draw();
      card.rename();
    });
    return h('section', {id: 'causes'}, h('h2', null, 'Causes'), card);
  }
}
