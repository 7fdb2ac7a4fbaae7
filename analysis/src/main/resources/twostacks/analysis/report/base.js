'use strict';
// Small things that every part of the pages uses: elements, formats, figures with table and download, shared state.

const SVG = 'http://www.w3.org/2000/svg';

/** An HTML element. Attributes that are functions listen to events; children are elements, texts or nothing. */
function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  return fill(element, attributes, children);
}

/** An SVG element. */
function s(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (typeof value === 'function') {
      element.addEventListener(name, value);
    } else if (name === 'style') {
      for (const [property, text] of Object.entries(value)) {
        element.style.setProperty(property, text);
      }
    } else if (value === true) {
      element.setAttribute(name, '');
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  for (const child of children.flat(2)) {
    if (child !== null && child !== undefined && child !== false) {
      element.append(child);
    }
  }
  return element;
}

// Formats --------------------------------------------------------------------------------------------------------

const NONE = '–';

const format = {
  percent(value) {
    return Number.isFinite(value) ? (value * 100).toFixed(1) + ' %' : NONE;
  },
  number(value) {
    if (!Number.isFinite(value)) {
      return NONE;
    }
    const size = Math.abs(value);
    if (size >= 1000) {
      return Math.round(value).toLocaleString('en').replace(/,/g, ' ');
    }
    const text = size >= 100 ? value.toFixed(0) : size >= 10 ? value.toFixed(1) : size >= 1 ? value.toFixed(2)
      : value.toPrecision(2);
    return size < 1e-4 && size > 0 ? value.toExponential(1) : text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
  },
  signed(value, form) {
    const text = form(Math.abs(value));
    return (/[1-9]/.test(text) ? value > 0 ? '+' : '−' : '') + text;
  },
  points(value) {
    return Number.isFinite(value) ? format.signed(value, v => (v * 100).toFixed(1)) + ' pp' : NONE;
  },
  count(value) {
    return Number.isFinite(value) ? value.toFixed(value % 1 ? 1 : 0) : NONE;
  },
  people(value) {
    return value >= 1e12 ? (value / 1e12).toFixed(2) + ' trillion' : value >= 1e9 ? (value / 1e9).toFixed(2) + ' billion'
      : value >= 1e6 ? (value / 1e6).toFixed(1) + ' million' : value >= 1e3 ? Math.round(value / 1e3) + ' thousand'
        : String(value);
  },
  short(value) {
    return value >= 1e9 ? (value / 1e9).toFixed(2) + ' bn' : value >= 1e7 ? Math.round(value / 1e6) + ' m'
      : value >= 1e6 ? (value / 1e6).toFixed(1) + ' m' : value >= 1e3 ? Math.round(value / 1e3) + ' k' : String(value);
  },
};

/** How a column's values are shown. */
function formatOf(column) {
  if (/^share_|^dependence_|^trust_|^ai_users$|^served_|_share$|^cutoff_risk|^hhi$|^chip_stringency/.test(column.name)) {
    return format.percent;
  }
  return format.number;
}

/** A column's name in words. */
function wordsOf(name) {
  const known = {
    ai_users: 'People who use AI', lock_in: 'Lock-in', hhi: 'Concentration over stacks', own_capability: "Own model's capability",
    surplus: 'Consumer surplus', share_no_adoption: 'Share that uses none', dependence_us: 'Dependence on the US',
    dependence_cn: 'Dependence on China', dependence_other: 'Dependence on others', trust_us: 'Trust in US AI',
    trust_cn: 'Trust in Chinese AI', trust_other: 'Trust in other AI', gap_months: "China's lag",
  };
  if (known[name]) {
    return known[name];
  }
  const stack = STACKS.find(g => name === 'share_' + g.key);
  const words = stack ? 'share on ' + stack.label
    : name.replace(/_/g, ' ').replace(/\bus\b/, 'US').replace(/\bcn\b/, 'China');
  return words[0].toUpperCase() + words.slice(1);
}

/** The stacks, in the order in which they are drawn; symmetric between the two powers. */
const STACKS = [
  {key: 'us_closed', label: 'US services', color: '--us-closed'},
  {key: 'us_open', label: 'US open weights', color: '--us-open'},
  {key: 'cn_api', label: 'Chinese services', color: '--cn-api'},
  {key: 'cn_open', label: 'Chinese open weights', color: '--cn-open'},
  {key: 'other', label: 'others', color: '--other'},
  {key: 'sovereign', label: "nations' own models", color: '--sovereign'},
  {key: 'no_adoption', label: 'no AI', color: '--none'},
];
const USED = STACKS.slice(0, 6);

const ORIGINS = {
  US: {label: 'United States', color: '--us-closed'},
  CN: {label: 'China', color: '--cn-api'},
  other: {label: 'others', color: '--other'},
  sovereign: {label: 'own model', color: '--sovereign'},
};

const STANCES = {
  open: {label: 'open market', color: '--none'},
  us_aligned: {label: 'US-aligned', color: '--us-closed'},
  cn_aligned: {label: 'China-aligned', color: '--cn-api'},
  sovereign: {label: 'sovereign', color: '--sovereign'},
};

// Months ---------------------------------------------------------------------------------------------------------

/** A month's name, YYYY-MM, from its place after the first. */
function monthName(start, month) {
  const m = start + month;
  return String(Math.floor(m / 12)).padStart(4, '0') + '-' + String(m % 12 + 1).padStart(2, '0');
}

// Colours --------------------------------------------------------------------------------------------------------

/** The value of a colour variable in the present theme. */
function cssColor(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function toLab(hex) {
  const [r, g, b] = [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16) / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const n = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * n,
    1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * n,
    0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * n];
}

function toHex([L, a, b]) {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const n = (L - 0.0894841775 * a - 1.2914855480 * b) ** 3;
  return '#' + [4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * n,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * n,
    -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * n]
    .map(v => Math.max(0, Math.min(1, v)))
    .map(v => v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055)
    .map(v => Math.round(v * 255).toString(16).padStart(2, '0')).join('');
}

/** A colour between two, by eye (OKLab). */
function mix(from, to, t) {
  const a = toLab(from);
  const b = toLab(to);
  return toHex(a.map((v, i) => v + (b[i] - v) * t));
}

// What the parts of a page share ---------------------------------------------------------------------------------

/** The month and nation that are chosen, and who wants to know. */
class Shared {
  constructor(values) {
    Object.assign(this, values);
    this.listeners = [];
  }

  on(what, listener) {
    this.listeners.push([what, listener]);
    return this;
  }

  set(changes) {
    const changed = Object.keys(changes).filter(key => this[key] !== changes[key]);
    Object.assign(this, changes);
    for (const [what, listener] of this.listeners) {
      if (what.split(' ').some(key => changed.includes(key))) {
        listener(this);
      }
    }
  }
}

/** Text read out by screen readers when something changed that they cannot see. */
function announce(text) {
  let region = document.getElementById('announce');
  if (!region) {
    region = h('div', {id: 'announce', class: 'only-screen-reader', 'aria-live': 'polite'});
    document.body.append(region);
  }
  region.textContent = text;
}

// Figures --------------------------------------------------------------------------------------------------------

function csvField(value) {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\n\r]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
}

/** Text of a CSV file (RFC 4180 with LF). */
function csv(table) {
  return [table.columns, ...table.rows].map(row => row.map(csvField).join(',')).join('\n') + '\n';
}

/** Gives a text to the user as a file. */
function download(name, text, type) {
  const link = h('a', {href: URL.createObjectURL(new Blob([text], {type})), download: name});
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function tableElement(table, caption) {
  const numeric = table.columns.map((c, i) => table.rows.every(r => r[i] === '' || Number.isFinite(Number(r[i]))));
  const kind = i => numeric[i] ? null : 'text';
  const most = 2000;
  const wrap = row => row.map((v, i) => h('td', {class: !numeric[i] && String(v).length > 60 ? 'text wrap' : kind(i)}, v));
  return h('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Table: ' + caption},
    h('table', null,
      h('caption', {class: 'only-screen-reader'}, caption),
      h('thead', null, h('tr', null, table.columns.map((c, i) => h('th', {scope: 'col', class: kind(i)}, c)))),
      h('tbody', null, table.rows.slice(0, most).map(row => h('tr', null, wrap(row))))),
    table.rows.length > most
      ? h('p', {class: 'note'}, `The first ${most} of ${table.rows.length} rows; all of them are in the download.`) : null);
}

/**
 * A card with a picture, which can be seen as a table and downloaded as CSV.
 *
 * @param title heading, a text or a function that gives one
 * @param about a line below the heading
 * @param name of the downloaded file, without its ending
 * @param table gives {columns, rows} of what is shown now
 * @param body elements
 */
function figure({title, about, name, table, body, span, id}) {
  const heading = h('h3', null);
  const place = h('div', null);
  let open = false;
  const show = () => {
    place.replaceChildren(...open ? [tableElement(table(), heading.firstChild.textContent)] : []);
    button.setAttribute('aria-expanded', String(open));
  };
  const button = h('button', {type: 'button', 'aria-expanded': 'false', click: () => {
    open = !open;
    show();
  }}, 'Table');
  const save = h('button', {type: 'button', click: () =>
    download((typeof name === 'function' ? name() : name) + '.csv', csv(table()), 'text/csv')}, 'CSV');
  const element = h('figure', {class: 'card span' + (span || 12), id},
    h('div', {class: 'head'}, heading, h('div', {class: 'tools'}, table ? [button, save] : null)), body, place);
  element.rename = () => {
    const text = typeof title === 'function' ? title() : title;
    const line = typeof about === 'function' ? about() : about;
    heading.replaceChildren(text, ...line ? [h('span', {class: 'small'}, line)] : []);
    button.setAttribute('aria-label', 'Table: ' + text);
    save.setAttribute('aria-label', 'Download as CSV: ' + text);
    if (open) {
      show();
    }
  };
  element.rename();
  return element;
}

/** Buttons of which one is pressed. */
function segmented(label, options, chosen, onChoice) {
  const buttons = options.map(([value, text]) => h('button', {type: 'button', 'aria-pressed': String(value === chosen),
    click: event => {
      buttons.forEach(b => b.setAttribute('aria-pressed', String(b === event.currentTarget)));
      onChoice(value);
    }}, text));
  return h('span', {class: 'segmented', role: 'group', 'aria-label': label}, buttons);
}

/** A button between light and dark; at first what the system prefers. */
function themeButton(onChange) {
  const root = document.documentElement;
  const prefers = matchMedia('(prefers-color-scheme: dark)');
  const button = h('button', {type: 'button', click: () => apply(root.dataset.theme === 'dark' ? 'light' : 'dark', true)});
  let chosen = false;
  function apply(theme, byHand) {
    chosen = chosen || byHand;
    root.dataset.theme = theme;
    button.textContent = theme === 'dark' ? 'Light' : 'Dark';
    button.setAttribute('aria-label', theme === 'dark' ? 'Use light colours' : 'Use dark colours');
    onChange();
  }
  prefers.addEventListener('change', () => chosen || apply(prefers.matches ? 'dark' : 'light', false));
  apply(prefers.matches ? 'dark' : 'light', false);
  // paper is white
  let before = null;
  addEventListener('beforeprint', () => {
    before = root.dataset.theme;
    root.dataset.theme = 'light';
    onChange();
  });
  addEventListener('afterprint', () => {
    root.dataset.theme = before || root.dataset.theme;
    onChange();
  });
  return button;
}
