// Charts over time and small pictures of nations.

const GROUPS = {
  control: {label: 'controls and bans', kinds: ['chipControl', 'restrictModelAccess', 'ban', 'withholdWeights', 'sanction',
    'restrictWeights', 'vendorBlock']},
  price: {label: 'prices and packages', kinds: ['priceMove', 'subsidy', 'package']},
};

/** Who did it, as a colour. */
function actorColor(actor) {
  return actor === 'US' || actor === 'USA' ? 'var(--us-closed)' : actor === 'CN' || actor === 'CHN' ? 'var(--cn-api)'
    : 'var(--mark)';
}

/**
 * A chart over months.
 *
 * @param time {start, months, lastObserved}
 * @param shared state: `month` is chosen, `hover` is pointed at
 * @param series gives [{key, label, color, path: {mean, low, high}, dashed}]
 * @param stacked gives whether series are stacked
 * @param y {format, log, min, max, zero, label, step}
 * @param events gives [{month, text, color}]
 * @param height of the picture
 */
function timeChart({time, shared, series, stacked, y, events, height, label}) {
  const holder = h('div', {class: 'chart'});
  const legend = h('ul', {class: 'keys'});
  const tip = h('div', {class: 'tip', hidden: true});
  const element = h('div', null, holder, legend);
  let seen = 0;
  let width = 0;
  let lines = [];
  let x = null;
  let cursor = null;
  let values = [];
  const tall = height || 190;
  const margin = {top: events ? 15 : 8, right: 8, bottom: 24, left: 44};

  function draw() {
    // Asking the holder would make the browser lay out the page for each chart.
    width = seen || holder.clientWidth || 560;
    lines = series().filter(line => line.path);
    const marked = events ? events() : [];
    const pile = stacked && stacked();
    x = vendor.scaleLinear().domain([0, Math.max(1, time.months - 1)]).range([margin.left, width - margin.right]);
    const [low, high] = domain(pile);
    const scale = (y.log ? vendor.scaleLog() : vendor.scaleLinear()).domain([low, high])
      .range([tall - margin.bottom, margin.top]);
    if (!y.log && y.max === undefined) {
      scale.nice(4);
    }
    const svg = s('svg', {viewBox: `0 0 ${width} ${tall}`, height: tall, role: 'img', 'aria-label': label()});
    if (time.lastObserved !== undefined && time.lastObserved < time.months - 1) {
      svg.append(s('rect', {class: 'observed', x: x(0), y: margin.top, width: Math.max(0, x(time.lastObserved) - x(0)),
        height: tall - margin.top - margin.bottom}));
    }
    const ticks = y.log ? logTicks(low, high) : scale.ticks(y.step || 4);
    const words = v => y.tick ? y.tick(v) : y.format(v).replace('.0 %', ' %');
    // Ticks so close that their format tells them apart no longer are numbers with more digits.
    const close = new Set(ticks.map(words)).size < ticks.length;
    const unit = close && / (%|pp)$/.exec(words(high));
    const text = v => !close ? words(v) : unit ? format.signed(v, x => (x * 100).toPrecision(2)).replace(unit[1] === '%' ? '+' : '', '') + unit[0] : format.number(v);
    for (const tick of ticks) {
      svg.append(s('line', {class: 'gridline', x1: margin.left, x2: width - margin.right, y1: scale(tick),
        y2: scale(tick)}), s('text', {x: margin.left - 6, y: scale(tick) + 3.5, 'text-anchor': 'end'},
        text(tick)));
    }
    years(svg);
    const id = m => !Number.isNaN(m);
    const indices = Array.from({length: time.months}, (_, i) => i);
    if (pile) {
      const below = new Float64Array(time.months);
      for (const line of lines) {
        const base = Float64Array.from(below);
        indices.forEach(i => below[i] += line.path.mean[i] || 0);
        const top = Float64Array.from(below);
        svg.append(s('path', {fill: `var(${line.color})`, d: vendor.area().x(i => x(i)).y0(i => scale(base[i]))
          .y1(i => scale(top[i]))(indices)}));
      }
    } else {
      for (const line of lines) {
        if (line.path.low) {
          svg.append(s('path', {class: 'band', fill: `var(${line.color})`, d: vendor.area()
            .defined(i => id(line.path.low[i])).x(i => x(i)).y0(i => scale(clamp(line.path.low[i])))
            .y1(i => scale(clamp(line.path.high[i])))(indices) || ''}));
        }
      }
      for (const line of lines) {
        svg.append(s('path', {class: 'mean', stroke: `var(${line.color})`, 'stroke-dasharray': line.dashed || null,
          d: vendor.line().defined(i => id(line.path.mean[i]) && (!y.log || line.path.mean[i] > 0)).x(i => x(i))
            .y(i => scale(clamp(line.path.mean[i])))(indices) || ''}));
      }
    }
    if (low < 0 && high > 0) {
      svg.append(s('line', {class: 'base', x1: margin.left, x2: width - margin.right, y1: scale(0), y2: scale(0)}));
    }
    const foot = tall - margin.bottom;
    svg.append(s('line', {class: 'base', x1: margin.left, x2: width - margin.right, y1: foot, y2: foot}));
    for (const event of marked) {
      const at = x(event.month).toFixed(1);
      svg.append(s('path', {class: 'event', d: `M${at},${margin.top - 3}l-3.8,-7h7.6z`, fill: event.color,
        stroke: 'var(--card)', 'stroke-width': .8}, s('title', null, monthName(time.start, event.month) + ': ' + event.text)));
    }
    cursor = s('line', {class: 'cursor', y1: margin.top, y2: foot});
    svg.append(cursor);
    svg.addEventListener('pointermove', event => {
      const month = monthAt(event);
      shared.set({hover: month});
      showTip(month, marked);
    });
    svg.addEventListener('pointerleave', () => {
      shared.set({hover: null});
      tip.hidden = true;
    });
    svg.addEventListener('click', event => shared.set({month: monthAt(event)}));
    holder.replaceChildren(svg, tip);
    values = lines.map(() => h('b'));
    legend.replaceChildren(...lines.map((line, i) => h('li', null,
      h('span', {class: pile ? 'sw' : 'sw line', style: {background: `var(${line.color})`}}), line.label, values[i])));
    move();

    function clamp(v) {
      return Math.max(low, Math.min(high, v));
    }
  }

  function monthAt(event) {
    const box = holder.getBoundingClientRect();
    return Math.max(0, Math.min(time.months - 1, Math.round(x.invert((event.clientX - box.left) * width / box.width))));
  }

  function showTip(month, marked) {
    const near = marked.filter(e => Math.abs(x(e.month) - x(month)) <= 4);
    tip.hidden = near.length === 0;
    if (near.length) {
      const texts = near.slice(0, 6).map(e => h('div', null, monthName(time.start, e.month) + ' ' + e.text));
      tip.replaceChildren(...texts, near.length > 6 ? h('div', null, `and ${near.length - 6} more`) : '');
      tip.style.left = Math.max(0, Math.min(x(month) + 10, width - 300)) + 'px';
      tip.style.top = '6px';
    }
  }

  function domain(pile) {
    let low = y.min === undefined ? Infinity : y.min;
    let high = y.max === undefined ? -Infinity : y.max;
    if (pile) {
      return [0, 1];
    }
    for (const line of lines) {
      for (const values of [line.path.mean, line.path.low, line.path.high]) {
        for (const v of values || []) {
          if (Number.isFinite(v) && (!y.log || v > 0)) {
            low = y.min === undefined ? Math.min(low, v) : low;
            high = y.max === undefined ? Math.max(high, v) : high;
          }
        }
      }
    }
    if (!Number.isFinite(low) || !Number.isFinite(high)) {
      return y.log ? [0.1, 10] : [0, 1];
    }
    if (y.zero) {
      low = Math.min(0, low);
      high = Math.max(0, high);
    }
    return low === high ? [low, low + 1] : [low, high];
  }

  function years(svg) {
    const first = Math.ceil(time.start / 12) * 12 - time.start;
    const count = Math.ceil((time.months - first) / 12);
    const every = Math.max(1, Math.ceil(count * 34 / (width - margin.left - margin.right)));
    const foot = tall - margin.bottom;
    for (let m = first, i = 0; m < time.months; m += 12, i++) {
      svg.append(s('line', {class: 'base', x1: x(m), x2: x(m), y1: foot, y2: foot + (i % every ? 3 : 5)}));
      if (i % every === 0) {
        svg.append(s('text', {x: x(m), y: tall - 6, 'text-anchor': x(m) > width - 20 ? 'end' : 'start'},
          String((time.start + m) / 12)));
      }
    }
    if (count < 1) {
      svg.append(s('text', {x: x(0), y: tall - 6}, monthName(time.start, 0)));
    }
  }

  function logTicks(low, high) {
    const ticks = [];
    for (let p = Math.floor(Math.log10(low)); p <= Math.ceil(Math.log10(high)); p++) {
      for (const m of high / low > 3000 ? [1] : [1, 3]) {
        const v = m * 10 ** p;
        if (v >= low && v <= high) {
          ticks.push(v);
        }
      }
    }
    return ticks;
  }

  /** Moves the line of the month and the values beside the names. */
  function move() {
    if (!x) {
      return;
    }
    const month = shared.hover === null || shared.hover === undefined ? shared.month : shared.hover;
    cursor.setAttribute('x1', x(month));
    cursor.setAttribute('x2', x(month));
    lines.forEach((line, i) => {
      const {mean, low, high} = line.path;
      values[i].replaceChildren(y.format(mean[month]), ...low && Number.isFinite(low[month])
        ? [' ', h('small', null, y.format(low[month]).replace(/ %$/, '') + ' to ' + y.format(high[month]))] : []);
    });
  }

  element.draw = draw;
  shared.on('month hover', move);
  new ResizeObserver(() => {
    if (Math.abs(holder.clientWidth - seen) > 1) {
      seen = holder.clientWidth;
      draw();
    }
  }).observe(holder);

  /** What the chart shows, as a table: a row for each month and series. */
  element.table = () => {
    const banded = lines.some(line => line.path.low);
    return {
      columns: ['month', 'series', 'value', ...banded ? ['low', 'high'] : []],
      rows: lines.flatMap(line => Array.from({length: time.months}, (_, m) =>
        [monthName(time.start, m), line.label, plain(line.path.mean[m]),
          ...banded ? [plain(line.path.low && line.path.low[m]), plain(line.path.high && line.path.high[m])] : []])),
    };
  };
  return element;
}

/** A number for a table, as exact as it is known. */
function plain(value) {
  return value === null || value === undefined || Number.isNaN(value) ? '' : Number(Number(value).toPrecision(6)).toString();
}

/** The stacks of an entity over time, small and without axes. */
function sparkArea(cube, entity) {
  const steps = [];
  for (let m = 0; m < cube.months; m += Math.max(1, Math.round(cube.months / 52))) {
    steps.push(m);
  }
  const svg = s('svg', {viewBox: '0 0 100 50', preserveAspectRatio: 'none', 'aria-hidden': 'true'});
  const below = steps.map(() => 0);
  for (const stack of STACKS) {
    const path = cube.path('share_' + stack.key, entity);
    if (!path) {
      continue;
    }
    const base = below.slice();
    steps.forEach((m, i) => below[i] += path.mean[m] || 0);
    const px = i => (i * 100 / Math.max(1, steps.length - 1)).toFixed(1);
    const py = v => (50 - Math.min(1, v) * 50).toFixed(1);
    svg.append(s('path', {fill: `var(${stack.color})`, d: 'M' + steps.map((_, i) => px(i) + ',' + py(below[i])).join('L')
      + 'L' + steps.map((_, i) => px(steps.length - 1 - i) + ',' + py(base[steps.length - 1 - i])).join('L') + 'Z'}));
  }
  return svg;
}

/** The slider of months, with play. */
function timeBar(time, shared) {
  const last = time.months - 1;
  const output = h('output', {for: 'month'});
  const when = h('span', {class: 'when'});
  let timer = null;
  const slider = h('input', {type: 'range', id: 'month', min: 0, max: last, step: 1, value: shared.month,
    'aria-label': 'Month', input: () => {
      stop();
      shared.set({month: Number(slider.value)});
    }});
  const play = h('button', {type: 'button', id: 'play', 'aria-pressed': 'false', click: () => timer ? stop() : start()}, 'Play');
  const stop = () => {
    clearInterval(timer);
    timer = null;
    play.textContent = 'Play';
    play.setAttribute('aria-pressed', 'false');
  };
  const start = () => {
    if (shared.month >= last) {
      shared.set({month: 0});
    }
    play.textContent = 'Pause';
    play.setAttribute('aria-pressed', 'true');
    timer = setInterval(() => shared.month >= last ? stop() : shared.set({month: shared.month + 1}), 110);
  };
  const update = () => {
    const name = monthName(time.start, shared.month);
    const observed = time.lastObserved !== undefined && shared.month <= time.lastObserved;
    slider.value = shared.month;
    slider.setAttribute('aria-valuetext', name);
    output.textContent = name;
    when.textContent = time.lastObserved === undefined ? '' : observed ? 'history as observed' : 'carried on by the model';
  };
  shared.on('month', update);
  update();
  return h('div', {class: 'time', role: 'group', 'aria-label': 'Month shown'}, play, slider, output, when);
}
