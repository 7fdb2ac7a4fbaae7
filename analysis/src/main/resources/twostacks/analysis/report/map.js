// The world map: equal-area, nations as areas and small ones as dots besides.

const WIDTH = 960;
const HEIGHT = 470;
const SMALL = 20; // square units of the drawing below which a nation gets a dot

/**
 * A map.
 *
 * @param atlas TopoJSON with an object `nations` whose ids are ISO 3166 alpha-3 codes
 * @param nations [{iso3, name, lat, lon}]: those that are part of the world shown
 * @param label what the map is, for screen readers
 * @param onChoice is told the code of a nation that was chosen
 */
function worldMap({atlas, nations, label, onChoice}) {
  const {geoEqualEarth, geoGraticule10, geoPath, feature} = vendor;
  const projection = geoEqualEarth().rotate([-11, 0])
    .fitExtent([[2, 2], [WIDTH - 2, HEIGHT - 2]], {type: 'MultiPoint', coordinates: [[-168, 78], [-168, -56], [191, 78], [191, -56], [11, 83], [11, -56]]});
  const path = geoPath(projection).digits(1);
  const shapes = new Map(feature(atlas, atlas.objects.nations).features.map(f => [f.id, f]));
  const known = new Map(nations.map(n => [n.iso3, n]));
  const places = new Map();
  const marks = new Map();
  const territories = s('g', {class: 'territories'});
  const areas = s('g', {class: 'areas'});
  const dots = s('g', {class: 'dots'});
  const chosen = s('path', {class: 'chosen', d: ''});
  for (const [iso3, shape] of shapes) {
    if (!known.has(iso3)) {
      territories.append(s('path', {class: 'territory', d: path(shape) || ''},
        s('title', null, shape.properties.name + ': not part of the simulated world')));
    }
  }
  for (const nation of nations) {
    const shape = shapes.get(nation.iso3);
    const outline = shape && path(shape);
    const title = s('title', null, nation.name);
    const group = s('g', {class: 'nation', 'data-iso3': nation.iso3, click: () => onChoice(nation.iso3)}, title);
    const area = outline ? path.area(shape) : 0;
    if (outline) {
      group.append(s('path', {d: outline}));
      places.set(nation.iso3, path.centroid(shape));
    }
    if (area < SMALL) {
      const at = outline && area > 0.3 ? path.centroid(shape)
        : projection([nation.lon === undefined ? 0 : nation.lon, nation.lat === undefined ? 0 : nation.lat]);
      if (!outline && nation.lon === undefined) {
        continue;
      }
      group.append(s('circle', {cx: at[0].toFixed(1), cy: at[1].toFixed(1), r: 3.2}));
      group.classList.add('dot');
      places.set(nation.iso3, at);
      dots.append(group);
    } else {
      areas.append(group);
    }
    marks.set(nation.iso3, {group, title});
  }
  const picture = s('svg', {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'group', tabindex: 0, 'aria-label': label,
    'aria-roledescription': 'map', keydown: event => {
      const towards = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[event.key];
      if (towards) {
        event.preventDefault();
        onChoice(neighbour(element.current, towards));
      }
    }},
    s('path', {class: 'ocean', d: path({type: 'Sphere'})}),
    s('path', {class: 'graticule', d: path(geoGraticule10())}), territories, areas, dots, chosen);
  const element = h('div', {class: 'map'}, picture);
  element.current = null;

  /** The nearest nation from one in a direction. */
  function neighbour(from, [dx, dy]) {
    const start = places.get(from) || [WIDTH / 2, HEIGHT / 2];
    let best = from;
    let least = Infinity;
    for (const [iso3, at] of places) {
      const x = at[0] - start[0];
      const y = at[1] - start[1];
      const along = x * dx + y * dy;
      const aside = Math.abs(x * dy) + Math.abs(y * dx);
      if (iso3 !== from && along > 0.5 && along + 2.5 * aside < least) {
        least = along + 2.5 * aside;
        best = iso3;
      }
    }
    return best || places.keys().next().value;
  }

  /** Paints every nation: `fill(iso3)` gives {color, text, faint}. */
  element.paint = fillOf => {
    for (const [iso3, mark] of marks) {
      const {color, text, faint} = fillOf(iso3);
      if (mark.color !== color) {
        mark.group.setAttribute('fill', color);
        mark.color = color;
      }
      const opacity = faint ? '0.45' : null;
      if (mark.opacity !== opacity) {
        opacity ? mark.group.setAttribute('fill-opacity', opacity) : mark.group.removeAttribute('fill-opacity');
        mark.opacity = opacity;
      }
      mark.title.textContent = known.get(iso3).name + ': ' + text;
    }
  };

  element.choose = iso3 => {
    element.current = iso3;
    const mark = marks.get(iso3);
    const circle = mark && mark.group.querySelector('circle');
    if (circle) {
      const x = Number(circle.getAttribute('cx'));
      const y = Number(circle.getAttribute('cy'));
      chosen.setAttribute('d', `M${x - 6},${y}a6,6 0 1,0 12,0a6,6 0 1,0 -12,0`);
    } else {
      chosen.setAttribute('d', mark ? mark.group.querySelector('path').getAttribute('d') : '');
    }
  };
  return element;
}

// Colour scales ---------------------------------------------------------------------------------------------------

/** Classes of equal width between nice bounds, with a colour each. */
function classes(low, high, colorAt, wanted) {
  const bounds = vendor.scaleLinear().domain([low, high]).nice(wanted || 6).ticks(wanted || 6);
  if (bounds.length < 2) {
    bounds.push(bounds[0] + 1);
  }
  const colors = bounds.slice(1).map((b, i) => colorAt((b + bounds[i]) / 2));
  return {
    bounds,
    colors,
    color(value) {
      let i = 0;
      while (i < colors.length - 1 && value >= bounds[i + 1]) {
        i++;
      }
      return colors[i];
    },
  };
}

/** A legend of classes. */
function ramp(scale, form) {
  const last = scale.bounds.length - 1;
  const every = last > 5 ? 2 : 1;
  const text = i => i % every === 0 ? h('b', null, form(scale.bounds[i])) : h('b', null, '\u00a0');
  return h('div', {class: 'ramp', role: 'img', 'aria-label': `Colours from ${form(scale.bounds[0])} to ${form(scale.bounds[last])}`},
    scale.colors.map((color, i) => h('span', null, h('i', {style: {background: color}}), text(i))),
    h('span', {class: 'end'}, text(last)));
}

/** A legend of categories. */
function keys(items) {
  return h('ul', {class: 'keys'}, items.map(item => h('li', null,
    h('span', {class: 'sw', style: {background: `var(${item.color})`, opacity: item.faint ? 0.45 : 1}}), item.label)));
}

/** Ways to colour nations in a month: each gives a paint and a legend. */
function colorings(cube) {
  const list = [];
  const value = (column, iso3, month) => cube.at(column, iso3, month);
  const used = (iso3, month) => 1 - value('share_no_adoption', iso3, month);
  const ratio = (columns, iso3, month) => {
    const users = used(iso3, month);
    return users > 0.005 ? columns.reduce((sum, c) => sum + value(c, iso3, month), 0) / users : NaN;
  };
  function numeric(key, label, of, form, color, domain) {
    list.push({key, label, of, form, prepare() {
      let [low, high] = domain || spread(of);
      if (low < 0 && high > 0) {
        const far = Math.max(-low, high);
        const middle = cssColor('--neutral');
        const scale = classes(-far, far, v => v < 0 ? mix(middle, cssColor('--cn-api'), -v / far)
          : mix(middle, cssColor('--us-closed'), v / far), 8);
        return paint(scale);
      }
      const from = cssColor('--low');
      const to = cssColor(color || '--high');
      return paint(classes(low, high, v => mix(from, to, 0.04 + 0.96 * (v - low) / (high - low || 1))));
      function paint(scale) {
        return {
          legend: ramp(scale, form),
          shade: v => Number.isFinite(v) ? {color: scale.color(v), text: form(v)}
            : {color: cssColor('--land'), text: 'no value'},
          fill(iso3, month) {
            return this.shade(of(iso3, month));
          },
        };
      }
    }});
  }
  // the same scale for all months, so that colours mean the same while time runs
  function spread(of) {
    const values = [];
    for (const iso3 of cube.entities) {
      for (let m = 0; m < cube.months; m += 3) {
        const v = of(iso3, m);
        if (Number.isFinite(v)) {
          values.push(v);
        }
      }
    }
    values.sort((a, b) => a - b);
    const at = p => values[Math.min(values.length - 1, Math.floor(p * values.length))] || 0;
    const low = at(0.01);
    return [low < 0 ? low : low < 0.3 * at(0.99) ? 0 : low, at(0.99)];
  }
  function categorical(key, label, known, of) {
    list.push({key, label, of, words: known, prepare() {
      return {
        legend: keys(Object.values(known)),
        fill(iso3, month) {
          const word = of(iso3, month);
          const entry = known[word];
          return entry ? {color: `var(${entry.color})`, text: entry.label} : {color: cssColor('--land'), text: 'none'};
        },
      };
    }});
  }
  if (USED.every(g => cube.has('share_' + g.key))) {
    list.push({key: 'stack', label: 'Most used stack', prepare() {
      const few = 0.05;
      return {
        legend: keys([...USED, {label: 'fewer than 5 % of adopters use any', color: '--none'}]),
        fill(iso3, month) {
          if (!(used(iso3, month) >= few)) {
            return {color: 'var(--none)', text: 'fewer than 5 % of adopters use any'};
          }
          const best = USED.reduce((a, b) =>
            value('share_' + b.key, iso3, month) > value('share_' + a.key, iso3, month) ? b : a);
          return {color: `var(${best.color})`,
            text: best.label + ', ' + format.percent(value('share_' + best.key, iso3, month)) + ' of adopters'};
        },
      };
    }, of(iso3, month) {
      return used(iso3, month) < 0.05 ? '' : USED.reduce((a, b) =>
        value('share_' + b.key, iso3, month) > value('share_' + a.key, iso3, month) ? b : a).key;
    }});
    numeric('lead', 'US less Chinese share among users', (n, m) =>
      ratio(['share_us_closed', 'share_us_open'], n, m) - ratio(['share_cn_api', 'share_cn_open'], n, m),
      v => Number.isFinite(v) ? format.signed(v, x => (x * 100).toFixed(0) + ' %') : NONE, null, [-1, 1]);
  }
  if (cube.has('leading_origin')) {
    categorical('leading_origin', 'Leading origin', ORIGINS, (n, m) => cube.word('leading_origin', n, m));
  }
  if (cube.has('stance')) {
    categorical('stance', 'Stance', STANCES, (n, m) => cube.word('stance', n, m));
  }
  for (const [key, label, a, b] of [['dependence', 'Dependence: US less China', 'dependence_us', 'dependence_cn'],
    ['trust', 'Trust: US less China', 'trust_us', 'trust_cn']]) {
    if (cube.has(a) && cube.has(b)) {
      numeric(key, label, (n, m) => value(a, n, m) - value(b, n, m),
        v => format.signed(v, x => (x * 100).toFixed(0) + ' %'));
    }
  }
  const colors = {us_closed: '--us-closed', us_open: '--us-open', cn_api: '--cn-api', cn_open: '--cn-open',
    sovereign: '--sovereign', other: '--other', us: '--us-closed', cn: '--cn-api'};
  for (const column of cube.columns.values()) {
    if (column.mean) {
      const form = formatOf(column) === format.percent ? v => format.percent(v).replace('.0 ', ' ') : format.number;
      numeric(column.name, wordsOf(column.name), (n, m) => value(column.name, n, m), form,
        colors[column.name.replace(/^(share|dependence|trust)_/, '')]);
    }
  }
  return list;
}
