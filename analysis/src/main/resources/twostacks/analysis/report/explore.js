// The page of `twostacks explore`: sliders and switches on one side, the base world and the changed world on the other.

/** Means over replicates in the form that maps and charts read. */
class MeanCube {
  constructor(columns, entities, months) {
    this.names = columns;
    this.entities = entities;
    this.months = months;
    this.place = new Map(entities.map((e, i) => [e, i]));
    this.columns = new Map(columns.map(name => [name, {name, mean: new Float32Array(entities.length * months)}]));
  }

  /** Takes the mean of what replicates sent, each a list of 16-bit numbers by column, nation and month. */
  take(replicates, quantum) {
    const size = this.entities.length * this.months;
    this.names.forEach((name, c) => {
      const mean = this.columns.get(name).mean;
      for (let i = 0; i < size; i++) {
        let sum = 0;
        for (const values of replicates) {
          sum += values[c * size + i];
        }
        mean[i] = sum / replicates.length * quantum;
      }
    });
  }

  has(column) {
    return this.columns.has(column);
  }

  at(column, entity, month) {
    const c = this.columns.get(column);
    const e = this.place.get(entity);
    return c && e !== undefined ? c.mean[e * this.months + month] : NaN;
  }
}

/** Mean and range over replicates, by month. */
function sumUp(paths, months) {
  const mean = new Float32Array(months).fill(NaN);
  const low = paths.length > 1 ? new Float32Array(months).fill(NaN) : null;
  const high = paths.length > 1 ? new Float32Array(months).fill(NaN) : null;
  for (let m = 0; m < months; m++) {
    const values = paths.map(p => p[m]).filter(v => v !== null && v !== undefined && !Number.isNaN(v));
    if (values.length) {
      mean[m] = values.reduce((a, b) => a + b, 0) / values.length;
      if (low) {
        low[m] = Math.min(...values);
        high[m] = Math.max(...values);
      }
    }
  }
  return {mean, low, high};
}

function unpack(base64) {
  const text = atob(base64);
  const values = new Int16Array(text.length / 2);
  for (let i = 0; i < values.length; i++) {
    values[i] = text.charCodeAt(2 * i) | text.charCodeAt(2 * i + 1) << 8;
  }
  return values;
}

(async () => {
  const page = document.getElementById('page');
  const client = Array.from(crypto.getRandomValues(new Uint8Array(12)), b => (b % 36).toString(36)).join('');
  const token = location.hash.slice(1) || sessionStorage.getItem('token') || '';
  sessionStorage.setItem('token', token);
  history.replaceState(null, '', '/');

  /** Waits, unless what is waited for is no longer wanted. */
  const pause = (millis, signal) => new Promise((done, stop) => {
    const timer = setTimeout(done, millis);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      stop(signal.reason);
    }, {once: true});
  });

  /** Asks the program. Should it be busy (429, 503, no connection to be had), asks again, each time after a longer while. */
  async function ask(path, body, signal, busy = () => {}) {
    const since = performance.now();
    for (let wait = 250; ; wait = Math.min(2 * wait, 4000)) {
      const answer = await fetch(path, {method: 'POST', body: JSON.stringify({client, ...body}), signal,
        headers: {'Content-Type': 'application/json', 'X-Twostacks-Token': token}}).catch(error => error);
      if (answer.ok) {
        return answer;
      }
      const none = answer instanceof Error;
      const patience = none ? answer.name === 'TypeError' ? 5000 : 0 : [429, 503].includes(answer.status) ? 60000 : 0;
      if (performance.now() - since >= patience) {
        if (none) {
          throw answer;
        }
        const told = await answer.json().catch(() => ({}));
        throw new Error(told.problem || 'the program answered ' + answer.status);
      }
      busy();
      await pause(wait * (0.75 + Math.random() / 2), signal);
    }
  }

  let setup;
  let atlas;
  try {
    [setup, atlas] = await Promise.all([ask('/setup', {}).then(a => a.json()), fetch('/world.json').then(a => a.json())]);
  } catch (error) {
    page.replaceChildren(h('p', {class: 'loading wrong', role: 'alert'}, 'The page cannot start: ' + error.message));
    page.setAttribute('aria-busy', 'false');
    return;
  }

  // What is chosen and what came back --------------------------------------------------------------------------

  const time = {start: setup.start, months: setup.months, lastObserved: setup.lastObserved};
  const shared = new Shared({month: setup.months - 1, hover: null, nation: null});
  const values = new Map(setup.parameters.map(p => [p.name, p.value]));
  const without = new Set();
  const added = new Set();
  let replicates = setup.replicates;
  let bases = [];
  let runs = [];
  let partBase = null;
  let part = null;
  let wish = 0;
  let moved = 0;
  let first = null;
  let painting = false;
  let problem = '';
  let busy = false;
  let seconds = null;

  const change = () => ({
    parameters: Object.fromEntries(setup.parameters.filter(p => values.get(p.name) !== p.value).map(p => [p.name, values.get(p.name)])),
    without: [...without], with: [...added]});
  const unchanged = () => {
    const c = change();
    return !Object.keys(c.parameters).length && !c.without.length && !c.with.length;
  };

  const codes = setup.nations.map(n => n.iso3);
  const cubes = {base: new MeanCube(setup.nationColumns, codes, setup.months),
    changed: new MeanCube(setup.nationColumns, codes, setup.months)};

  let kept = [];

  /** Pairs of replicates that are there: the base's and the changed world's worlds; until there are, those before. */
  function pairs() {
    const whole = runs.map((run, i) => [bases[i], run]).filter(([a, b]) => a && b);
    const there = unchanged() ? bases.filter(Boolean).map(b => [b, b])
      : whole.length ? whole : bases[0] && part ? [[bases[0], part]] : [];
    kept = there.length ? there : kept;
    return kept;
  }

  const column = name => setup.world.indexOf(name);
  const pathOf = (which, name) => {
    const worlds = which === 1 ? pairs().map(p => p[1]) : bases.some(Boolean) ? bases.filter(Boolean) : [partBase].filter(Boolean);
    return sumUp(worlds.map(w => w.world[column(name)]), setup.months);
  };
  const differenceOf = names => sumUp(pairs().map(([a, b]) => Array.from({length: b.months}, (_, m) =>
    names.reduce((sum, n) => sum + b.world[column(n)][m] - a.world[column(n)][m], 0))), setup.months);

  // Asking and drawing ------------------------------------------------------------------------------------------

  let abort = null;
  let waiting = false;
  let stale = {};

  /** Draws in the next picture of the screen: the base world, the changed one, the maps, if they are no longer what they were. */
  function due(what) {
    Object.keys(what).forEach(key => stale[key] = stale[key] || what[key]);
    if (!waiting) {
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        const now = stale;
        stale = {};
        draw(now);
      });
    }
  }

  /** Asks for the world as it is now wished; `since` is when somebody wished it. */
  async function run(since = performance.now()) {
    if (abort) {
      abort.abort();
    }
    const mine = abort = new AbortController();
    moved = since;
    first = null;
    painting = false;
    delete page.dataset.first;
    runs = [];
    part = null;
    problem = '';
    busy = false;
    seconds = null;
    // What is seen stays until there is something newer.
    results.classList.toggle('stale', !unchanged());
    due({changed: unchanged(), maps: unchanged()});
    try {
      let known = 0;
      while (bases[known]) {
        known++;
      }
      const answer = await ask('/run', {wish: ++wish, change: change(), replicates, bases: known}, mine.signal, () => {
        busy = mine === abort;
        tell();
      });
      if (mine === abort) {
        busy = false;
      }
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
        text += piece.value;
        const messages = text.split('\n\n');
        text = messages.pop();
        for (const message of messages) {
          const [, kind, data] = /^event: (\w+)\ndata: (.*)$/s.exec(message);
          if (mine === abort) {
            take(kind, JSON.parse(data));
          }
        }
      }
      if (mine === abort && seconds === null) {
        throw new Error('the program stopped in the middle; move a slider to ask again');
      }
    } catch (error) {
      if (mine === abort && error.name !== 'AbortError') {
        problem = error.message;
        due({});
      }
    }
  }

  function take(kind, data) {
    if (data.nations) {
      data.nations = unpack(data.nations);
    }
    if (kind === 'base') {
      bases[data.replicate - 1] = data;
    } else if (kind === 'run') {
      runs[data.replicate - 1] = data;
    } else if (kind === 'part') {
      part = data;
    } else if (kind === 'basePart') {
      partBase = data;
    } else if (kind === 'done') {
      seconds = data.seconds;
      page.dataset.done = String(Number(page.dataset.done || 0) + 1);
      announce(unchanged() ? 'The base world is there' : `The changed world is there: ${runs.length} replicates`);
    }
    const base = kind === 'base' || kind === 'basePart';
    due({base, changed: kind !== 'done' && (!base || unchanged()), maps: kind === 'run' || kind === 'base' && unchanged()});
  }

  const charts = [];
  const figures = [];
  const happens = () => [...setup.events.filter(e => !without.has(e.place)), ...setup.additions.filter(a => added.has(a.name)).flatMap(a => a.events)];
  const marks = events => events.map(e => ({month: monthPlace(e.month), text: e.title, color: 'var(--mark)'}))
    .filter(e => e.month >= 0 && e.month < setup.months);
  const chart = options => {
    const made = timeChart({time, shared, events: () => marks(happens()), ...options});
    charts.push(made);
    return made;
  };
  const monthPlace = text => Number(text.slice(0, 4)) * 12 + Number(text.slice(5)) - 1 - setup.start;
  const card = options => {
    const made = figure(options);
    figures.push(made);
    return made;
  };

  const status = h('div', {class: 'status'});
  const bar = h('progress', {max: 1, value: 0, 'aria-label': 'Replicates done'});
  const told = h('span');
  status.append(bar, told);

  function draw({base, changed, maps}) {
    const there = pairs();
    if (changed && there.length) {
      results.classList.remove('stale');
    }
    charts.filter(c => c === baseChart ? base : c === gap ? base || changed : changed).forEach(c => c.draw());
    const whole = there.filter(p => p[1].nations);
    if (maps && whole.length) {
      cubes.base.take(whole.map(p => p[0].nations), setup.quantum);
      cubes.changed.take(whole.map(p => p[1].nations), setup.quantum);
      paint();
    }
    figures.forEach(f => f.rename());
    if (changed && !painting && first === null && !unchanged()) {
      painting = true;
      const mine = abort;
      // A message that is sent before a picture is painted is taken after it.
      const painted = new MessageChannel();
      painted.port1.onmessage = () => {
        if (mine === abort) {
          first = performance.now() - moved;
          page.dataset.first = first.toFixed(0);
          tell();
        }
      };
      painted.port2.postMessage(null);
    }
    tell();
  }

  function tell() {
    const there = pairs();
    const count = unchanged() ? there.length : runs.filter(Boolean).length;
    bar.value = count / replicates;
    page.dataset.replicates = String(count);
    told.className = problem ? 'problem' : '';
    told.textContent = problem ? problem
      : busy ? 'The program is busy; trying again …'
      : (unchanged() ? 'Nothing is changed yet: both worlds are the same. ' : '')
        + `${count} of ${replicates} replicates` + (first === null ? '' : `, first picture after ${first.toFixed(0)} ms`)
        + (seconds === null ? '' : `, all after ${seconds.toFixed(1)} s`);
  }

  // The two worlds ------------------------------------------------------------------------------------------------

  const shares = which => STACKS.map(g => ({key: g.key, label: g.label, color: g.color, path: pathOf(which, 'share_' + g.key)}));
  const percent = {format: format.percent, min: 0, max: 1, step: 4};
  const baseChart = chart({height: 220, y: percent, events: () => marks(setup.events), stacked: () => true, series: () => shares(0), label: () => 'Shares in the base world over time'});
  const changedChart = chart({height: 220, y: percent, stacked: () => true, series: () => shares(1), label: () => 'Shares in the changed world over time'});
  const difference = chart({height: 220, y: {format: format.points, zero: true}, series: () => [
    {key: 'us', label: 'US models', color: '--us-closed', path: differenceOf(['share_us_closed', 'share_us_open'])},
    {key: 'cn', label: 'Chinese models', color: '--cn-api', path: differenceOf(['share_cn_api', 'share_cn_open'])},
    {key: 'other', label: 'others and own', color: '--other', path: differenceOf(['share_other', 'share_sovereign'])},
    {key: 'none', label: 'no AI', color: '--none', path: differenceOf(['share_no_adoption'])}], label: () => 'Changed less base world over time'});
  const gap = chart({height: 220, y: {format: format.count, zero: true}, series: () => [
    {key: 'base', label: 'base', color: '--mark', dashed: '4 3', path: pathOf(0, 'gap_months')},
    {key: 'changed', label: 'changed', color: '--high', path: pathOf(1, 'gap_months')}], label: () => "China's lag in months over time"});

  const nations = setup.nations.slice().sort((a, b) => a.name.localeCompare(b.name, 'en'));
  const maps = ['base', 'changed'].map(which => worldMap({atlas, nations, onChoice: iso3 => shared.set({nation: iso3}),
    label: which === 'base' ? 'Map of the base world' : 'Map of the changed world'}));
  const legend = h('div');
  let way = 'lead';
  const ways = colorings(cubes.changed);
  const select = h('select', {id: 'color-by', change: () => {
    way = select.value;
    paint();
  }}, ways.map(w => h('option', {value: w.key, selected: w.key === way}, w.label)));

  function paint() {
    if (!bases.some(b => b && b.nations)) {
      return;
    }
    const prepared = colorings(cubes.changed).find(w => w.key === way).prepare();
    legend.replaceChildren(prepared.legend);
    const inBase = colorings(cubes.base).find(w => w.key === way);
    // both maps in the colours of one scale
    const scale = inBase.words || way === 'stack' ? inBase.prepare() : {fill: (n, m) => prepared.shade(inBase.of(n, m))};
    maps[0].paint(iso3 => scale.fill(iso3, shared.month));
    maps[1].paint(iso3 => prepared.fill(iso3, shared.month));
    announceNation();
  }

  const nationLine = h('p', {class: 'facts', role: 'status'});
  function announceNation() {
    maps.forEach(m => m.choose(shared.nation));
    const nation = setup.nations.find(n => n.iso3 === shared.nation);
    if (nation) {
      const us = cube => cube.at('share_us_closed', nation.iso3, shared.month) + cube.at('share_us_open', nation.iso3, shared.month);
      const cn = cube => cube.at('share_cn_api', nation.iso3, shared.month) + cube.at('share_cn_open', nation.iso3, shared.month);
      nationLine.replaceChildren(h('span', null, h('b', null, nation.name), ' in ', monthName(setup.start, shared.month), ':'),
        h('span', null, 'US models ', h('b', null, format.percent(us(cubes.base)), ' → ', format.percent(us(cubes.changed)))),
        h('span', null, 'Chinese models ', h('b', null, format.percent(cn(cubes.base)), ' → ', format.percent(cn(cubes.changed)))));
    } else {
      nationLine.replaceChildren('Choose a nation on a map to see its numbers; the table has all.');
    }
  }
  shared.on('month nation', () => {
    paint();
    figures.forEach(f => f.rename());
  });

  const people = `people of ${setup.nations.length} nations`;
  const chartTable = (made, which) => () => ({columns: ['world', ...made.table().columns], rows: made.table().rows.map(r => [which, ...r])});
  const results = h('div', null, status, h('div', {class: 'grid'},
    card({span: 6, title: 'Base world', about: people, name: 'base-world', table: chartTable(baseChart, 'base'), body: baseChart}),
    card({span: 6, title: 'Changed world', about: people, name: 'changed-world', table: chartTable(changedChart, 'changed'), body: changedChart}),
    card({span: 6, title: 'What the change does', about: 'changed less base world, percentage points of people; the same luck in both, bands: range over replicates',
      name: 'difference', table: () => difference.table(), body: difference}),
    card({span: 6, title: "China's lag in months", name: 'gap', table: () => gap.table(), body: gap}),
    card({span: 12, title: () => 'Both in ' + monthName(setup.start, shared.month), name: () => 'nations-' + monthName(setup.start, shared.month),
      about: 'mean over replicates',
      table: () => ({columns: ['iso3', 'nation', 'world', ...setup.nationColumns], rows: nations.flatMap(n => ['base', 'changed'].map(which =>
        [n.iso3, n.name, which, ...setup.nationColumns.map(c => plain(cubes[which].at(c, n.iso3, shared.month)))]))}),
      body: [h('div', {class: 'controls'}, h('label', null, 'Colour by', select)),
        h('div', {class: 'grid'}, h('div', {class: 'span6'}, h('h4', null, 'Base'), maps[0]), h('div', {class: 'span6'}, h('h4', null, 'Changed'), maps[1])),
        legend, nationLine, timeBar(time, shared)]})));

  // What can be moved ---------------------------------------------------------------------------------------------

  const groups = {PRICE: 'Prices', EXPORT_CONTROL: 'Export controls', TRUST: 'Trust'};
  const sliders = new Map();

  function slider(parameter) {
    const {name, low, high} = parameter;
    const least = Math.min(low, parameter.value);
    const most = Math.max(high, parameter.value);
    const step = parameter.whole ? 1 : 10 ** Math.floor(Math.log10((most - least) / 100));
    const output = h('output', null);
    const back = h('button', {type: 'button', click: () => set(parameter.value, true)}, 'reset');
    const input = h('input', {type: 'range', min: least, max: most, step, value: parameter.value, 'aria-label': name + ': ' + parameter.meaning,
      'data-parameter': name, input: event => set(Number(input.value), false, event.timeStamp)});
    const label = name.replace(/^[a-zA-Z]+\./, '').replace(/([a-z])([A-Z])/g, '$1 $2').replace(/\./g, ', ').toLowerCase()
      .replace(/\bus\b/g, 'US').replace(/\bcn\b/g, 'China').replace(/, (\d)$/, ', tier $1');
    const element = h('div', {class: 'slider'},
      h('div', {class: 'what'}, h('span', {title: name}, label[0].toUpperCase() + label.slice(1)), output), input,
      h('div', {class: 'ends'}, h('span', null, format.number(least)), back, h('span', null, format.number(most))),
      h('details', {class: 'source'}, h('summary', null, parameter.meaning),
        `${parameter.unit === '1' ? '' : parameter.unit + '; '}${parameter.basis}: ${parameter.source}; ${name}`));
    function set(value, byHand, since) {
      const rounded = Number(value.toPrecision(9));
      values.set(name, rounded);
      if (byHand) {
        input.value = value;
      }
      show();
      run(since);
    }
    function show() {
      const value = values.get(name);
      output.textContent = format.number(value) + (parameter.unit === '1' ? '' : ' ' + parameter.unit);
      element.classList.toggle('moved', value !== parameter.value);
      back.hidden = value === parameter.value;
    }
    show();
    sliders.set(name, {element, reset: () => {
      values.set(name, parameter.value);
      input.value = parameter.value;
      show();
    }});
    return element;
  }

  const panel = h('div', {class: 'card panel', role: 'region', 'aria-label': 'What can be changed', tabindex: 0},
    h('h2', null, 'Change the world'),
    h('p', {class: 'note'}, 'Values hold for the whole run. Ranges are the plausible ones of the registry.'),
    h('div', {class: 'controls'}, h('button', {type: 'button', id: 'reset', click: () => {
      sliders.forEach(s => s.reset());
      without.clear();
      added.clear();
      panel.querySelectorAll('.switch input').forEach(i => i.checked = i.dataset.on === 'true');
      run();
    }}, 'Reset all')),
    Object.entries(groups).map(([group, title]) => {
      const all = setup.parameters.filter(p => p.group === group);
      const host = h('div', null, all.filter(p => p.first).map(slider));
      const more = h('select', {'aria-label': 'Add a parameter of ' + title, change: () => {
        const parameter = all.find(p => p.name === more.value);
        if (parameter && !sliders.has(parameter.name)) {
          host.append(slider(parameter));
        }
        more.value = '';
      }}, h('option', {value: ''}, `Add one of ${all.length - all.filter(p => p.first).length} others …`),
      all.filter(p => !p.first).map(p => h('option', {value: p.name}, p.name)));
      return h('details', {open: true}, h('summary', null, title), host, more);
    }),
    h('details', null, h('summary', null, 'Switch on ', h('small', null, 'what other scenarios add')),
      setup.additions.map(a => h('label', {class: 'switch'}, h('input', {type: 'checkbox', 'data-on': 'false', 'data-with': a.name,
        change: event => {
          event.target.checked ? added.add(a.name) : added.delete(a.name);
          run();
        }}), h('span', null, a.name, h('small', null, a.description))))),
    h('details', null, h('summary', null, 'Switch off ', h('small', null, 'events of this scenario')),
      setup.events.map(e => h('label', {class: 'switch'}, h('input', {type: 'checkbox', checked: true, 'data-on': 'true', 'data-place': e.place,
        change: event => {
          event.target.checked ? without.delete(e.place) : without.add(e.place);
          run();
        }}), h('span', null, e.month + ' ' + e.title)))));

  const often = h('select', {id: 'replicates', change: () => {
    replicates = Number(often.value);
    run();
  }}, [1, 4, 8, 16, 32, 64].map(n => h('option', {value: n, selected: n === replicates}, n)));
  const command = h('pre', {class: 'command', id: 'command', hidden: true, tabindex: 0});
  const keep = async show => {
    try {
      const made = await (await ask('/scenario', {change: change(), replicates, name: 'explored'})).json();
      if (show) {
        command.hidden = false;
        command.textContent = made.command;
      } else {
        download('explored.yaml', made.file, 'application/yaml');
      }
    } catch (error) {
      problem = error.message;
      tell();
    }
  };
  const theme = themeButton(() => {
    charts.forEach(c => c.draw());
    paint();
  });
  document.getElementById('top').append(h('p', {class: 'lede'},
    `A small world of ${setup.nations.length} nations with ${setup.adopters} adopters each, from ${setup.scenario}. Move a slider: `
    + 'the changed world runs again beside the base world, with the same luck. Small worlds show directions; run the whole one before you believe a number.'),
  h('div', {class: 'controls'}, h('label', null, 'Replicates', often),
    h('button', {type: 'button', id: 'save', click: () => keep(false)}, 'Save as scenario'),
    h('button', {type: 'button', id: 'show-command', click: () => keep(true)}, 'Show the command line'), theme), command);
  page.replaceChildren(h('div', {class: 'explore'}, panel, results));
  page.setAttribute('aria-busy', 'false');
  addEventListener('pagehide', () => abort && abort.abort());
  page.dataset.ready = 'true';
  run();
})();
