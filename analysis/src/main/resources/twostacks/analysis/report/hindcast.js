// The sections of a hindcast: what was observed beside what the model says, scores beside baselines, the worst misses.

const FAMILIES = {
  ai_users: 'AI users by country', deepseek: "DeepSeek's share by country", enterprises: 'Firms that use AI',
  individuals: 'Individuals who use generative AI', favourability: 'Favourable views of the powers', ai_users_groups: 'AI users, groups of countries',
  enterprises_groups: 'Firms that use AI, groups of countries', individuals_groups: 'Individuals, groups of countries', china_count: 'China: users and apps',
  world_openrouter: 'Tokens on OpenRouter', world_downloads: 'Downloads of open weights', world_visits: 'Visits to websites', world_referrals: 'Referrals from chatbots',
  world_favourability: 'Favourable views, medians', world_overtaking: 'When Chinese weights overtake', world_other: 'Others, the world',
};

class HindcastView {
  constructor(header, atlas) {
    this.header = header;
    this.atlas = atlas;
    this.names = new Map(atlas.objects.nations.geometries.map(g => [g.id, g.properties.name]));
    this.measured = header.targets.filter(t => t.median !== null);
    this.families = [...new Set(this.measured.map(t => t.family))].sort((a, b) => this.of(b).length - this.of(a).length);
    this.figures = [];
    this.redraws = [];
  }

  of(family) {
    return this.measured.filter(t => t.family === family);
  }

  nameOf(entity) {
    return this.names.get(entity) || {WORLD: 'the world', EU27: 'European Union', EA: 'euro area', AFRICA: 'Africa', GLOBAL_NORTH: 'global North',
      GLOBAL_SOUTH: 'global South'}[entity] || entity;
  }

  /** How figures of some targets are shown: shares as percentages. */
  formOf(targets) {
    return targets.every(t => Math.abs(t.observed) <= 1 && Math.abs(t.median) <= 1) ? format.percent : format.number;
  }

  say(t) {
    const form = this.formOf([t]);
    const seen = t.low !== null && t.high !== null ? `${form(t.low)} to ${form(t.high)}` : form(t.observed);
    return `${this.nameOf(t.entity)}, ${t.date}: observed ${seen}; model ${form(t.median)} (${form(t.p05)} to ${form(t.p95)})`;
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

  tiles() {
    const scored = this.measured.filter(t => t.input !== 'true');
    const covered = scored.filter(t => t.covered === 'true').length;
    const item = (what, value, sub) => h('div', {class: 'tile'}, h('div', {class: 'what'}, what), h('div', {class: 'value'}, value), h('div', {class: 'range'}, sub));
    const best = [...new Set(this.header.scores.map(s => s.family + '\t' + s.task))].map(key => this.header.scores.filter(s => s.family + '\t' + s.task === key))
      .filter(rows => rows.length > 1 && scored.some(t => t.family === rows[0].family));
    const error = s => s.mean_absolute_error;
    const won = best.filter(rows => rows.filter(isModel).some(m => error(m) !== null && rows.filter(r => !isModel(r)).every(r => error(r) === null || error(m) < error(r)))).length;
    return h('div', {class: 'tiles'}, item('Figures observed', this.header.targets.length, `${this.measured.length} measured in the model`),
      item('Inside the range over runs', format.percent(covered / scored.length).replace('.0 %', ' %'), '90 would be right, if luck were all'),
      item('Tests beside baselines', best.length, `the model errs least in ${won}`),
      item('Runs', this.header.made.replicates, this.header.made.draws ? `${this.header.made.draws} draws of parameters` : 'luck alone'));
  }

  // Observed beside modelled ------------------------------------------------------------------------------------

  scatterSection() {
    const large = this.families.filter(f => this.of(f).length >= 5);
    const small = this.families.filter(f => !large.includes(f)).flatMap(f => this.of(f));
    return h('section', {id: 'observed'}, h('h2', null, 'Observed and modelled'),
      h('p', {class: 'about'}, 'A point is a figure observed, across, and the median of the runs, up, with their 5 % to 95 % range; a bar across is the range in which the figure lies. '
        + 'On the line both agree. Filled: the median lies in that range, or the runs cover the figure.'),
      h('div', {class: 'grid'}, large.map(f => this.scatterCard(f)), small.length ? this.fewCard(small) : null));
  }

  scatterCard(family) {
    const targets = this.of(family);
    const form = this.formOf(targets);
    const input = targets.some(t => t.input === 'true');
    const name = FAMILIES[family] || wordsOf(family);
    const inside = targets.filter(t => t.inside === 'true').length;
    const holder = h('div', {class: 'chart'});
    const tip = h('div', {class: 'tip', hidden: true});
    const draw = () => {
      const width = holder.clientWidth || 380;
      const tall = Math.min(340, Math.round(width * 0.8));
      const ends = targets.flatMap(t => [t.observed, t.low, t.high, t.median, t.p05, t.p95]).filter(v => v !== null);
      const most = Math.max(...ends);
      const least = Math.min(0, ...ends);
      const x = vendor.scaleLinear().domain([least, most]).nice(4).range([48, width - 10]);
      const y = vendor.scaleLinear().domain(x.domain()).range([tall - 40, 8]);
      const svg = s('svg', {viewBox: `0 0 ${width} ${tall}`, height: tall, role: 'img', 'aria-label': `${name}: ${targets.length} figures observed and modelled, ${inside} inside`});
      for (const tick of x.ticks(4)) {
        const text = form(tick).replace('.0 %', ' %');
        svg.append(s('line', {class: 'gridline', x1: x(tick), x2: x(tick), y1: 8, y2: tall - 40}), s('text', {x: x(tick), y: tall - 24, 'text-anchor': 'middle'}, text),
          s('line', {class: 'gridline', x1: 48, x2: width - 10, y1: y(tick), y2: y(tick)}), s('text', {x: 42, y: y(tick) + 4, 'text-anchor': 'end'}, text));
      }
      const [a, b] = x.domain();
      svg.append(s('line', {x1: x(a), y1: y(a), x2: x(b), y2: y(b), stroke: 'var(--mark)', 'stroke-dasharray': '4 3'}),
        s('text', {x: (48 + width) / 2, y: tall - 7, 'text-anchor': 'middle'}, 'observed'),
        s('text', {transform: `translate(11,${(tall - 32) / 2}) rotate(-90)`, 'text-anchor': 'middle'}, 'model'));
      for (const t of targets) {
        const color = t.inside === 'true' ? 'var(--us-closed)' : 'var(--cn-api)';
        const mark = s('g', {'data-target': t.target_id, stroke: color, pointerenter: () => {
          tip.hidden = false;
          tip.textContent = this.say(t);
          tip.style.left = Math.max(0, Math.min(x(t.observed) + 8, width - 220)) + 'px';
          tip.style.top = Math.max(0, y(t.median) - 50) + 'px';
        }, pointerleave: () => tip.hidden = true}, s('title', null, this.say(t)),
        s('line', {x1: x(t.observed), x2: x(t.observed), y1: y(t.p05), y2: y(t.p95), 'stroke-width': 1.2, opacity: .45}),
        t.low !== null && t.high !== null ? s('line', {x1: x(t.low), x2: x(t.high), y1: y(t.median), y2: y(t.median), 'stroke-width': 1.2, opacity: .45}) : null,
        s('circle', {cx: x(t.observed).toFixed(1), cy: y(t.median).toFixed(1), r: 3.2, fill: t.inside === 'true' ? color : 'var(--card)', 'stroke-width': 1.4}));
        svg.append(mark);
      }
      holder.replaceChildren(svg, tip);
    };
    this.redraws.push(draw);
    let seen = 0;
    new ResizeObserver(() => {
      if (Math.abs(holder.clientWidth - seen) > 1) {
        seen = holder.clientWidth;
        draw();
      }
    }).observe(holder);
    return this.figure({span: 4, title: name, about: () => `${targets.length} figures, ${inside} inside${input ? '; an input of the model, so no test' : ''}`, name: 'hindcast-' + family,
      table: () => this.table(targets), body: [holder, keys([{color: '--us-closed', label: 'inside'}, {color: '--cn-api', label: 'outside'}])]});
  }

  table(targets) {
    return {columns: ['target_id', 'entity', 'name', 'date', 'metric', 'observed', 'low', 'high', 'median', 'p05', 'p95', 'inside', 'confidence'],
      rows: targets.map(t => [t.target_id, t.entity, this.nameOf(t.entity), t.date, t.metric, plain(t.observed), plain(t.low), plain(t.high), plain(t.median),
        plain(t.p05), plain(t.p95), t.inside, t.confidence])};
  }

  /** Targets of small families, as lines of text: too few for a picture. */
  fewCard(targets) {
    return this.figure({span: 12, title: 'The world, groups of countries, and what was observed once', about: () => 'families of fewer than five figures', name: 'hindcast-few',
      table: () => this.table(targets), body: tableElement({columns: ['what', 'metric', 'when', 'observed', 'model', '5 % to 95 %', 'inside'], rows: targets.map(t => {
        const form = this.formOf([t]);
        return [this.nameOf(t.entity), t.metric.replace(/_/g, ' '), t.date, t.low !== null && t.high !== null ? `${form(t.low)} to ${form(t.high)}` : form(t.observed), form(t.median),
          `${form(t.p05)} to ${form(t.p95)}`, t.inside === 'true' ? 'yes' : 'no'];
      })}, 'small families')});
  }

  // Scores ------------------------------------------------------------------------------------------------------

  scoresSection() {
    const keysOf = [...new Set(this.header.scores.map(s => s.family + '\t' + s.task))].map(k => k.split('\t'));
    const rowsOf = ([family, task]) => this.header.scores.filter(s => s.family === family && s.task === task);
    const shown = keysOf.filter(k => rowsOf(k).length > 1).sort((a, b) => rowsOf(b)[0].targets - rowsOf(a)[0].targets);
    const columns = ['family', 'task', 'predictor', 'targets', 'mean_absolute_error', 'rank_correlation', 'inside_bin', 'coverage', 'crps', 'run_coverage', 'run_crps'];
    const cards = shown.map(key => {
      const rows = rowsOf(key);
      const form = rows.every(r => r.mean_absolute_error === null || r.mean_absolute_error < 1) ? v => (v * 100).toFixed(v < 0.02 ? 2 : 1) + ' pp' : format.number;
      const most = Math.max(...rows.map(r => r.mean_absolute_error || 0)) || 1;
      const least = Math.min(...rows.map(r => r.mean_absolute_error === null ? Infinity : r.mean_absolute_error));
      const line = r => {
        const bar = h('i', {style: {width: 100 * (r.mean_absolute_error || 0) / most + '%', background: `var(${isModel(r) ? '--us-closed' : '--none'})`}});
        return h('tr', {class: isModel(r) ? 'model' : null}, h('th', {scope: 'row', class: 'text'}, r.predictor), h('td', {class: 'score'}, bar),
          h('td', null, r.mean_absolute_error === null ? NONE : r.mean_absolute_error === least ? h('b', null, form(r.mean_absolute_error)) : form(r.mean_absolute_error)),
          h('td', null, r.rank_correlation === null ? NONE : r.rank_correlation.toFixed(2)), h('td', null, r.coverage === null ? NONE : format.percent(r.coverage).replace(/\.\d %/, ' %')));
      };
      return this.figure({span: 6, title: `${FAMILIES[key[0]] || wordsOf(key[0])}, ${key[1]}`, about: () => `${rows[0].targets} targets`, name: `scores-${key.join('-')}`,
        table: () => ({columns, rows: rows.map(r => columns.map(c => typeof r[c] === 'number' ? plain(r[c]) : r[c] === null ? '' : r[c]))}),
        body: h('div', {class: 'scroll free', tabindex: 0, role: 'region', 'aria-label': 'Scores: ' + key.join(', ')}, h('table', {class: 'scores'},
          h('thead', null, h('tr', null, ['predictor', '', 'mean error', 'rank', 'coverage'].map((c, i) => h('th', {scope: 'col', class: i ? null : 'text'}, c)))),
          h('tbody', null, rows.map(line))))});
    });
    return h('section', {id: 'scores'}, h('h2', null, 'Scores beside what one predicts without a model'),
      h('p', {class: 'about'}, 'Baselines are fitted on nations of the other folds. The model has the parameters that it was given: whether these were fitted to the same figures is for you to know. '
        + 'Least mean error in bold. Rank: Spearman’s correlation. Coverage: of a 90 % interval made of the predictor’s errors elsewhere. Level: nothing was seen of the nation; ahead: an earlier figure is known, and other nations’ growth since; forecast: nobody’s growth since.'),
      h('div', {class: 'grid'}, cards));
  }

  // Misses ------------------------------------------------------------------------------------------------------

  missesSection() {
    const scored = this.measured.filter(t => t.input !== 'true');
    const scale = new Map(this.families.map(f => {
      const errors = this.of(f).map(t => Math.abs(t.error));
      return [f, errors.reduce((a, b) => a + b, 0) / errors.length || 1];
    }));
    const often = this.families.filter(f => this.of(f).length >= 5 && this.of(f).some(t => t.input !== 'true'));
    let family = '';
    const chosen = () => scored.filter(t => family ? t.family === family : often.includes(t.family))
      .map(t => ({...t, times: Math.abs(t.error) / scale.get(t.family)})).sort((a, b) => b.times - a.times).slice(0, 20);
    const host = h('div');
    const show = () => host.replaceChildren(tableElement({columns: ['what', 'family', 'when', 'observed', 'model', '5 % to 95 %', 'error', 'times the usual'], rows: chosen().map(t => {
      const form = this.formOf([t]);
      return [this.nameOf(t.entity), FAMILIES[t.family] || t.family, t.date, form(t.observed), form(t.median), `${form(t.p05)} to ${form(t.p95)}`,
        form === format.percent ? format.points(t.error) : format.signed(t.error, format.number), t.times.toFixed(1)];
    })}, 'worst misses'));
    const card = this.figure({title: 'The worst misses', about: 'by how many times the mean error of their family they are off', name: 'misses', table: () => this.table(chosen()),
      body: [h('div', {class: 'controls'}, h('label', null, 'Family', h('select', {id: 'family', change: event => {
        family = event.target.value;
        show();
        card.rename();
      }}, h('option', {value: ''}, 'all of five figures or more'), often.map(f => h('option', {value: f}, FAMILIES[f] || f))))), host]});
    show();
    const left = this.header.targets.filter(t => t.median === null);
    return h('section', {id: 'misses'}, h('h2', null, 'Misses, and what was not measured'), h('div', {class: 'grid'}, card,
      left.length ? this.figure({title: `${left.length} figures that the model cannot measure`, about: 'and why', name: 'unmeasured', table: () =>
        ({columns: ['target_id', 'entity', 'date', 'metric', 'observed', 'reason'], rows: left.map(t => [t.target_id, t.entity, t.date, t.metric, plain(t.observed), t.reason])}),
      body: tableElement({columns: ['metric', 'figures', 'reason'], rows: [...new Set(left.map(t => t.metric + '\t' + t.reason))].map(k => k.split('\t')).map(([metric, reason]) =>
        [metric, left.filter(t => t.metric === metric && t.reason === reason).length, reason])}, 'not measured')}) : null));
  }
}

function isModel(score) {
  return score.predictor.startsWith('model');
}
