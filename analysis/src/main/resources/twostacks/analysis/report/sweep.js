// The sections of a sweep: what matters, how outcomes respond to two factors, how they are distributed.

class SweepView {
  constructor(header, columns) {
    this.header = header;
    this.sweep = header.sweep;
    this.columns = columns;
    this.scenarios = this.sweep.scenario.words;
    this.levers = this.sweep.lever.words;
    this.figures = [];
    this.redraws = [];
  }

  static async open(header, blocks) {
    const columns = new Map();
    const sweep = header.sweep;
    await Promise.all([...sweep.factors, ...sweep.outcomes].map(async c => columns.set(c.name, await blocks.fine(c.block))));
    columns.set('/scenario', await blocks.fine(sweep.scenario.block));
    columns.set('/lever', await blocks.fine(sweep.lever.block));
    return new SweepView(header, columns);
  }

  redraw() {
    this.redraws.forEach(r => r());
    this.figures.forEach(f => f.rename());
  }

  figure(options) {
    const made = figure(options);
    this.figures.push(made);
    return made;
  }

  /** Draws now, and again when the width or the theme changes. */
  picture(draw) {
    const holder = h('div', {class: 'chart'});
    let width = 0;
    const again = () => holder.clientWidth && holder.replaceChildren(draw(holder.clientWidth));
    this.redraws.push(again);
    new ResizeObserver(() => {
      if (Math.abs(holder.clientWidth - width) > 1) {
        width = holder.clientWidth;
        again();
      }
    }).observe(holder);
    holder.again = again;
    return holder;
  }

  get rows() {
    return Array.from({length: this.sweep.rows}, (_, i) => i);
  }

  setting(i) {
    return [this.scenarios[this.columns.get('/scenario')[i]], this.levers[this.columns.get('/lever')[i]]];
  }

  settings() {
    return this.scenarios.flatMap(s => this.levers.map(l => s + (this.levers.length > 1 ? ', ' + l : '')));
  }

  settingName(i) {
    const [s, l] = this.setting(i);
    return s + (this.levers.length > 1 ? ', ' + l : '');
  }

  pick(label, options, chosen, onChange, words) {
    const select = h('select', {change: () => onChange(select.value)},
      options.map(o => h('option', {value: o, selected: o === chosen}, words ? words(o) : o)));
    return h('label', null, label, select);
  }

  unitOf(name) {
    const told = [...this.sweep.factors, ...this.sweep.outcomes].find(c => c.name === name);
    return told && told.unit && told.unit !== '1' ? told.unit : '';
  }

  tiles() {
    const item = (what, value, sub) => h('div', {class: 'tile'}, h('div', {class: 'what'}, what), h('div', {class: 'value'}, value), h('div', {class: 'range'}, sub || ''));
    const design = this.header.made.design || {};
    return h('div', {class: 'tiles'}, item('Runs', format.number(this.sweep.runs), this.sweep.failed ? this.sweep.failed + ' failed' : 'none failed'),
      item('Design', design.kind || '', design.size ? 'size ' + design.size : ''), item('Factors', this.sweep.factors.length), item('Outcomes', this.sweep.outcomes.length),
      item('Replicates', this.header.made.replicates || ''), item('Worlds', this.settings().length, 'scenarios times levers'));
  }

  // What matters ------------------------------------------------------------------------------------------------

  sensitivitySection() {
    const rows = this.header.sensitivity.map(([scenario, lever, outcome, method, factor, measure, value, low, high]) =>
      ({setting: scenario + (this.levers.length > 1 ? ', ' + lever : ''), outcome, method, factor, measure, value, low, high}));
    const outcomes = [...new Set(rows.map(r => r.outcome))];
    const settings = [...new Set(rows.map(r => r.setting))];
    const methods = [...new Set(rows.map(r => r.method))];
    const state = {outcome: outcomes[0], setting: settings[0], method: methods[0]};
    const colors = {first: '--us-closed', total: '--us-open', share: '--other', mu_star: '--us-closed', sigma: '--us-open', mu: '--other', noise: '--none', median: '--sovereign'};
    const words = {first: 'first order: by itself', total: 'total: with all interactions', share: "luck's share of the variance of a run",
      mu_star: 'mean of absolute elementary effects', mu: 'mean elementary effect', sigma: 'their standard deviation', noise: 'noise of luck', median: 'median distance (PAWN)'};
    const chosen = () => rows.filter(r => r.outcome === state.outcome && r.setting === state.setting && r.method === state.method);
    const picture = this.picture(width => {
      const here = chosen().filter(r => r.value !== null);
      const measures = [...new Set(here.map(r => r.measure))];
      const main = measures.includes('total') ? 'total' : measures[0];
      const factors = [...new Set(here.map(r => r.factor))].sort((a, b) => at(b, main) - at(a, main));
      function at(factor, measure) {
        const row = here.find(r => r.factor === factor && r.measure === measure);
        return row ? row.value : -Infinity;
      }
      const left = Math.min(260, width * 0.4);
      const bar = 13;
      const gap = 12;
      const tall = factors.length * (bar * measures.length + gap) + 34;
      const ends = here.flatMap(r => [r.value, r.low, r.high]).filter(Number.isFinite);
      const x = vendor.scaleLinear().domain([Math.min(0, ...ends), Math.max(0.01, ...ends)]).nice(5).range([left, width - 14]);
      const svg = s('svg', {viewBox: `0 0 ${width} ${tall}`, height: tall, role: 'img', 'aria-label': `Sensitivity of ${state.outcome}: ` + factors.map(f => f + ' ' + format.number(at(f, main))).join(', ')});
      for (const tick of x.ticks(5)) {
        svg.append(s('line', {class: 'gridline', x1: x(tick), x2: x(tick), y1: 4, y2: tall - 24}), s('text', {x: x(tick), y: tall - 8, 'text-anchor': 'middle'}, format.number(tick)));
      }
      factors.forEach((factor, i) => {
        const top = 8 + i * (bar * measures.length + gap);
        svg.append(s('text', {x: left - 8, y: top + bar * measures.length / 2 + 4, 'text-anchor': 'end', style: {'font-size': '12px', fill: 'var(--ink)'}}, factor));
        measures.forEach((measure, j) => {
          const row = here.find(r => r.factor === factor && r.measure === measure);
          if (!row) {
            return;
          }
          const y = top + j * bar;
          svg.append(s('rect', {x: Math.min(x(0), x(row.value)), y: y + 1, width: Math.max(0.5, Math.abs(x(row.value) - x(0))), height: bar - 3, rx: 2,
            fill: `var(${colors[measure] || '--high'})`}, s('title', null, `${factor}, ${measure}: ${format.number(row.value)} (${format.number(row.low)} to ${format.number(row.high)})`)));
          if (row.low !== null && row.high !== null) {
            svg.append(s('path', {d: `M${x(row.low)},${y + bar / 2 - 0.5}H${x(row.high)}m0,-3v6M${x(row.low)},${y + bar / 2 - 3.5}v6`, stroke: 'var(--ink)', fill: 'none', opacity: .75}));
          }
        });
      });
      svg.append(s('line', {class: 'base', x1: x(0), x2: x(0), y1: 4, y2: tall - 24}));
      legend.replaceChildren(keys(measures.map(m => ({color: colors[m] || '--high', label: words[m] || m}))));
      return svg;
    });
    const legend = h('div');
    const again = () => {
      picture.again();
      card.rename();
    };
    const card = this.figure({title: () => 'What moves ' + outcomeWords(state.outcome.split(/[@:]/)[0]), about: () => `${state.setting}; whiskers: bootstrap intervals`,
      name: () => 'sensitivity-' + state.outcome, table: () => ({columns: ['setting', 'outcome', 'method', 'factor', 'measure', 'value', 'low', 'high'],
        rows: chosen().map(r => [r.setting, r.outcome, r.method, r.factor, r.measure, plain(r.value), plain(r.low), plain(r.high)])}),
      body: [h('div', {class: 'controls'}, this.pick('Outcome', outcomes, state.outcome, v => again(state.outcome = v)),
        settings.length > 1 ? this.pick('World', settings, state.setting, v => again(state.setting = v)) : null,
        methods.length > 1 ? this.pick('Method', methods, state.method, v => again(state.method = v)) : null), picture, legend]});
    return h('section', {id: 'sensitivity'}, h('h2', null, 'What matters'), card);
  }

  // Two factors at a time ---------------------------------------------------------------------------------------

  surfaceSection() {
    const factors = this.sweep.factors.map(f => f.name);
    const outcomes = this.sweep.outcomes.map(o => o.name);
    const settings = this.settings();
    const best = this.header.sensitivity ? [...new Set(this.header.sensitivity.filter(r => r[2] === outcomes[0] && ['total', 'first', 'mu_star'].includes(r[5]))
      .sort((a, b) => b[6] - a[6]).map(r => r[4]))].filter(f => factors.includes(f)) : [];
    const ranked = [...best, ...factors.filter(f => !best.includes(f))];
    const state = {x: ranked[0], y: ranked[1] || ranked[0], outcome: outcomes[0], setting: settings[0]};
    const cells = () => {
      const fx = this.columns.get(state.x);
      const fy = this.columns.get(state.y);
      const out = this.columns.get(state.outcome);
      const rows = this.rows.filter(i => this.settingName(i) === state.setting && Number.isFinite(out[i]));
      const n = Math.max(3, Math.min(14, Math.round(Math.sqrt(rows.length / 6))));
      const range = values => [Math.min(...rows.map(i => values[i])), Math.max(...rows.map(i => values[i]))];
      const [x0, x1] = range(fx);
      const [y0, y1] = range(fy);
      const place = (v, a, b) => Math.min(n - 1, Math.floor((v - a) / (b - a || 1) * n));
      const sums = Array.from({length: n * n}, () => ({sum: 0, count: 0}));
      for (const i of rows) {
        const cell = sums[place(fy[i], y0, y1) * n + place(fx[i], x0, x1)];
        cell.sum += out[i];
        cell.count++;
      }
      return {n, x0, x1, y0, y1, sums};
    };
    const form = v => formatOf({name: state.outcome.split(/[@:]/)[0].replace(/^[A-Z]{3}\./, '')})(v);
    const legend = h('div');
    const picture = this.picture(width => {
      const {n, x0, x1, y0, y1, sums} = cells();
      const means = sums.filter(c => c.count).map(c => c.sum / c.count);
      const least = Math.min(...means);
      const most = Math.max(...means);
      const scale = classes(least, most, v => mix(cssColor('--low'), cssColor('--high'), 0.04 + 0.96 * Math.max(0, Math.min(1, (v - least) / (most - least || 1)))), 7);
      legend.replaceChildren(ramp(scale, form));
      const size = Math.min(width, 640);
      const tall = Math.round(size * 0.66);
      const x = vendor.scaleLinear().domain([x0, x1 === x0 ? x0 + 1 : x1]).range([64, size - 10]);
      const y = vendor.scaleLinear().domain([y0, y1 === y0 ? y0 + 1 : y1]).range([tall - 46, 8]);
      const svg = s('svg', {viewBox: `0 0 ${size} ${tall}`, height: tall, role: 'img', 'aria-label': `Mean of ${state.outcome} by ${state.x} and ${state.y}, from ${form(least)} to ${form(most)}`});
      svg.style.maxWidth = size + 'px';
      const w = (x.range()[1] - x.range()[0]) / n;
      const t = (y.range()[0] - y.range()[1]) / n;
      sums.forEach((cell, i) => {
        if (cell.count) {
          const cx = x.range()[0] + (i % n) * w;
          const cy = y.range()[0] - (Math.floor(i / n) + 1) * t;
          svg.append(s('rect', {x: cx.toFixed(1), y: cy.toFixed(1), width: (w + 0.4).toFixed(1), height: (t + 0.4).toFixed(1), fill: scale.color(cell.sum / cell.count)},
            s('title', null, `${form(cell.sum / cell.count)}, mean of ${cell.count} runs`)));
        }
      });
      for (const tick of x.ticks(5)) {
        svg.append(s('text', {x: x(tick), y: tall - 30, 'text-anchor': 'middle'}, format.number(tick)));
      }
      for (const tick of y.ticks(5)) {
        svg.append(s('text', {x: 58, y: y(tick) + 4, 'text-anchor': 'end'}, format.number(tick)));
      }
      const name = f => f + (this.unitOf(f) ? ', ' + this.unitOf(f) : '');
      svg.append(s('text', {x: (64 + size) / 2, y: tall - 8, 'text-anchor': 'middle', style: {fill: 'var(--ink)', 'font-size': '12px'}}, name(state.x)),
        s('text', {transform: `translate(13,${tall / 2 - 20}) rotate(-90)`, 'text-anchor': 'middle', style: {fill: 'var(--ink)', 'font-size': '12px'}}, name(state.y)));
      return svg;
    });
    const again = () => {
      picture.again();
      card.rename();
    };
    const card = this.figure({span: 6, title: () => `Response of ${state.outcome}`, about: () => `mean of the runs in each cell, over all other factors; ${state.setting}`, name: () => 'response-' + state.outcome,
      table: () => {
        const {n, x0, x1, y0, y1, sums} = cells();
        const middle = (i, a, b) => plain(a + (i + 0.5) * (b - a) / n);
        return {columns: [state.x, state.y, state.outcome, 'runs'], rows: sums.map((c, i) => [middle(i % n, x0, x1), middle(Math.floor(i / n), y0, y1), c.count ? plain(c.sum / c.count) : '', c.count])};
      },
      body: [h('div', {class: 'controls'}, this.pick('Outcome', outcomes, state.outcome, v => again(state.outcome = v)), this.pick('Across', ranked, state.x, v => again(state.x = v)),
        this.pick('Up', ranked, state.y, v => again(state.y = v)), settings.length > 1 ? this.pick('World', settings, state.setting, v => again(state.setting = v)) : null), picture, legend]});
    return h('section', {id: 'response'}, h('h2', null, 'Response and distribution'), h('div', {class: 'grid'}, card, this.distributionCard(outcomes, settings)));
  }

  distributionCard(outcomes, settings) {
    let outcome = outcomes[0];
    const colors = ['--us-closed', '--cn-api', '--other', '--sovereign', '--cn-open', '--us-open'];
    const form = v => formatOf({name: outcome.split(/[@:]/)[0].replace(/^[A-Z]{3}\./, '')})(v);
    const sorted = setting => this.rows.filter(i => this.settingName(i) === setting && Number.isFinite(this.columns.get(outcome)[i]))
      .map(i => this.columns.get(outcome)[i]).sort((a, b) => a - b);
    const legend = h('div');
    const picture = this.picture(width => {
      const tall = 340;
      const all = settings.map(sorted);
      const ends = all.flat();
      const x = vendor.scaleLinear().domain([ends.reduce((a, b) => Math.min(a, b), Infinity), ends.reduce((a, b) => Math.max(a, b), -Infinity)]).nice(6).range([44, width - 10]);
      const y = vendor.scaleLinear().domain([0, 1]).range([tall - 26, 8]);
      const svg = s('svg', {viewBox: `0 0 ${width} ${tall}`, height: tall, role: 'img', 'aria-label': `Distribution of ${outcome}: ` + settings.map((n, i) => `${n}: median ${form(vendor.quantileSorted(all[i], 0.5))}`).join('; ')});
      for (const tick of [0, 0.25, 0.5, 0.75, 1]) {
        svg.append(s('line', {class: 'gridline', x1: 44, x2: width - 10, y1: y(tick), y2: y(tick)}), s('text', {x: 38, y: y(tick) + 4, 'text-anchor': 'end'}, tick * 100 + ' %'));
      }
      for (const tick of x.ticks(6)) {
        svg.append(s('text', {x: x(tick), y: tall - 8, 'text-anchor': 'middle'}, form(tick).replace('.0 %', ' %')));
      }
      all.forEach((values, i) => {
        const step = Math.max(1, Math.floor(values.length / 400));
        const points = values.map((v, k) => [x(v), y((k + 1) / values.length)]).filter((_, k) => k % step === 0 || k === values.length - 1);
        svg.append(s('path', {class: 'mean', stroke: `var(${colors[i % 6]})`, 'stroke-dasharray': i > 5 ? '5 3' : null,
          d: points.length ? 'M' + x(values[0]).toFixed(1) + ',' + y(0) + points.map(p => 'L' + p.map(v => v.toFixed(1)).join(',')).join('') : ''}));
      });
      legend.replaceChildren(h('ul', {class: 'keys'}, settings.map((n, i) => h('li', null, h('span', {class: 'sw line', style: {background: `var(${colors[i % 6]})`}}), n,
        h('b', null, form(vendor.quantileSorted(all[i], 0.5))), h('small', null, `${form(vendor.quantileSorted(all[i], 0.05))} to ${form(vendor.quantileSorted(all[i], 0.95))}`)))));
      return svg;
    });
    const again = () => {
      picture.again();
      card.rename();
    };
    const card = this.figure({span: 6, title: () => `Distribution of ${outcome}`, about: 'share of runs at or below a value; beside the names: median and 5th to 95th percentile', name: () => 'distribution-' + outcome,
      table: () => ({columns: ['world', 'percentile', outcome], rows: settings.flatMap(n => {
        const values = sorted(n);
        return [0, 5, 10, 25, 50, 75, 90, 95, 100].map(p => [n, p, plain(vendor.quantileSorted(values, p / 100))]);
      })}),
      body: [h('div', {class: 'controls'}, this.pick('Outcome', outcomes, outcome, v => again(outcome = v))), picture, legend]});
    return card;
  }

  factorsSection() {
    const table = {columns: ['factor', 'least', 'greatest', 'unit', 'meaning'], rows: this.sweep.factors.map(f => {
      const values = this.columns.get(f.name);
      return [f.name, plain(values.reduce((a, b) => Math.min(a, b), Infinity)), plain(values.reduce((a, b) => Math.max(a, b), -Infinity)), f.unit, f.meaning];
    })};
    return h('section', {id: 'factors'}, h('h2', null, 'Factors'), h('div', {class: 'card'}, tableElement(table, 'factors'),
      this.sweep.means ? h('p', {class: 'note'}, 'Each point is the mean over its replicates.') : null,
      this.sweep.left ? h('p', {class: 'note'}, `${this.sweep.left} runs of further points are in runs.csv only.`) : null));
  }
}
