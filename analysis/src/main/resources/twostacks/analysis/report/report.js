// Puts the page together.
(async () => {
  const began = performance.now();
  const page = document.getElementById('page');
  try {
    if (typeof DecompressionStream === 'undefined') {
      throw new Error('this browser cannot unpack the data (it lacks DecompressionStream); any of 2023 or later can');
    }
    const blocks = new Blocks(document.getElementById('data').textContent.trim());
    const header = await blocks.json(0);
    const made = {run: runPage, comparison: comparisonPage, sweep: sweepPage, hindcast: hindcastPage}[header.kind];
    const {view, sections, lead, facts} = await made(header, blocks);
    const theme = themeButton(() => view.redraw());
    sections.push(['Provenance', madeSection(header, options => view.figure(options))]);
    document.getElementById('top').append(intro(header, facts));
    document.getElementById('top').after(h('nav', {class: 'sections', 'aria-label': 'Sections'},
      h('div', null, sections.map(([name, section]) => h('a', {href: '#' + section.id}, name)), h('span', {class: 'gap'}), theme)));
    page.replaceChildren(...lead, ...sections.map(([, section]) => section));
    page.after(h('footer', {class: 'foot'}, 'Made by twostacks' + (header.made.modelVersion ? ' ' + header.made.modelVersion : '') +
      '. It explores; it does not forecast: most parameters are judgement. The tool takes no side.'));
    page.setAttribute('aria-busy', 'false');
    requestAnimationFrame(() => page.dataset.drawn = String(Math.round(performance.now() - began)));
  } catch (error) {
    page.replaceChildren(h('p', {class: 'loading wrong', role: 'alert'}, 'The page cannot show its data: ' + error.message));
    page.setAttribute('aria-busy', 'false');
    throw error;
  }

  function firstNation(cube) {
    return cube.place.has('IND') ? 'IND' : cube.entities[0];
  }

  async function runPage(header, blocks) {
    const atlas = await blocks.json(header.atlas);
    header.events = header.events === undefined ? [] : await blocks.json(header.events);
    const cubes = {};
    for (const [name, cube] of Object.entries(header.cubes || {})) {
      cubes[name] = new Cube(blocks, cube, header.months);
    }
    await Promise.all(Object.values(cubes).map(c => c.open()));
    const shared = new Shared({month: header.months - 1, hover: null, nation: cubes.nations && firstNation(cubes.nations)});
    const view = new RunView(header, cubes, atlas, shared);
    const sections = [];
    if (cubes.nations) {
      sections.push(['Map', view.mapSection()]);
    }
    if (cubes.world) {
      sections.push(['World', view.worldSection()], ['Race', view.raceSection()]);
    }
    if (cubes.nations) {
      sections.push(['Nations', view.nationsSection()]);
    }
    if (view.events.length) {
      sections.push(['Events', view.eventsSection()]);
    }
    const {replicates, horizon, seed, runId, draws} = header.made;
    return {view, sections, lead: cubes.world ? [view.tiles()] : [], facts: [`seed ${seed}`,
      replicates === 1 ? 'one replicate: one draw of luck' : `${replicates} replicates${draws ? `, which take ${draws.length} draws of parameters in turn` : ''}`, `${horizon.start} to ${horizon.end}`, `run ${String(runId).slice(0, 12)}`]};
  }

  async function comparisonPage(header, blocks) {
    const atlas = await blocks.json(header.atlas);
    const alternatives = {};
    for (const [name, parts] of Object.entries(header.alternatives)) {
      alternatives[name] = {nations: new Cube(blocks, parts.nations, header.months), world: new Cube(blocks, parts.world, header.months), events: parts.events || []};
      await Promise.all([alternatives[name].nations.open(), alternatives[name].world.open()]);
    }
    const names = Object.keys(alternatives);
    if (!names.length) {
      throw new Error('the comparison has no effects');
    }
    const nations = alternatives[names[0]].nations;
    const outcomes = [...nations.columns.keys()];
    const shared = new Shared({month: header.months - 1, hover: null, nation: firstNation(nations), alternative: names[0],
      outcome: outcomes.includes('share_cn_open') ? 'share_cn_open' : outcomes[0]});
    const view = new ComparisonView(header, alternatives, atlas, shared);
    const sections = [['Effects', view.mapSection()], ['World', view.worldSection()]];
    if ((header.attribution || []).length) {
      sections.push(['Causes', view.causesSection()]);
    }
    const {horizon, seed, replicates} = header.made;
    return {view, sections, lead: [], facts: [`seed ${seed}`, `${replicates} pairs of runs with the same luck`, `${horizon.start} to ${horizon.end}`, names.join(', ')]};
  }

  async function sweepPage(header, blocks) {
    const view = await SweepView.open(header, blocks);
    const sections = [];
    if (header.sensitivity) {
      sections.push(['What matters', view.sensitivitySection()]);
    }
    if (view.sweep.factors.length && view.sweep.outcomes.length && view.sweep.rows) {
      sections.push(['Response', view.surfaceSection()]);
    }
    sections.push(['Factors', view.factorsSection()]);
    return {view, sections, lead: [view.tiles()], facts: [`experiment ${header.made.experiment}`, `plan ${String(header.made.planHash).slice(0, 12)}`]};
  }

  async function hindcastPage(header, blocks) {
    const view = new HindcastView(header, await blocks.json(header.atlas));
    const {seed, replicates, start, end, draws} = header.made;
    return {view, sections: [['Observed and modelled', view.scatterSection()], ['Scores', view.scoresSection()], ['Misses', view.missesSection()]], lead: [view.tiles()],
      facts: [`seed ${seed}`, `${replicates} runs${draws ? `, parameters from ${draws} draws` : ''}`, `${start} to ${end}`]};
  }

  function intro(header, facts) {
    const text = header.description || header.made.description;
    return h('div', null, text ? h('p', {class: 'lede'}, text) : null,
      header.hypothesis ? h('p', {class: 'lede'}, h('b', null, 'Hypothesis: '), header.hypothesis) : null,
      h('p', {class: 'made'}, [...facts, ...header.made.modelVersion ? [`model ${header.made.modelVersion}`] : []].join('  ·  ')));
  }

  /** What the results were made from, and how. */
  function madeSection(header, card) {
    const parameters = {columns: ['parameter', 'value'], rows: header.parameters || []};
    const pairs = rows => h('dl', {class: 'pairs'}, rows.map(([k, v]) => [h('dt', null, k), h('dd', null, v)]));
    const words = v => Array.isArray(v) ? v.map(words).join(', ') : v !== null && typeof v === 'object' ? v.name || JSON.stringify(v) : String(v);
    const made = Object.entries(header.made || {}).filter(([k, v]) => k !== 'draws' || !Array.isArray(v)).flatMap(([k, v]) => v !== null && typeof v === 'object' && !Array.isArray(v)
      ? Object.entries(v).map(([a, b]) => [k + ' ' + a, words(b)]) : [[k, words(v)]]);
    return h('section', {id: 'made'}, h('h2', null, 'Parameters and provenance'),
      h('div', {class: 'grid'},
        h('div', {class: 'card span6'}, h('div', {class: 'head'}, h('h3', null, 'What it was made from')),
          pairs([...made, ...Object.entries(header.setup || {})])),
        (header.provenance || []).length === 0 ? null
          : h('div', {class: 'card span6'}, h('div', {class: 'head'}, h('h3', null, 'How it was made')), pairs(header.provenance), header.kind === 'run' ? h('p', {class: 'note'}, 'scenario.resolved.yaml beside the tables holds everything the run used and runs again as it stands.') : null),
        parameters.rows.length ? card({title: `All ${parameters.rows.length} parameters`,
          about: (header.kind === 'comparison' ? 'of the base' : 'as the run used them') + '; `twostacks params show NAME` tells meaning, unit, range and source', name: 'parameters',
          table: () => parameters, body: null}) : null,
        Array.isArray(header.made.draws) ? card({title: 'Draws of parameters', about: 'which replicates took in turn, in place of those above', name: 'draws', table: () => {
          const names = Object.keys(header.made.draws[0]);
          return {columns: ['replicate', ...names], rows: Array.from({length: header.made.replicates}, (_, r) =>
            [r + 1, ...names.map(n => plain(header.made.draws[r % header.made.draws.length][n]))])};
        }, body: null}) : null));
  }
})();
