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
    const atlas = await blocks.json(header.atlas);
    const cubes = {};
    for (const [name, cube] of Object.entries(header.cubes || {})) {
      cubes[name] = new Cube(blocks, cube, header.months);
    }
    await Promise.all(Object.values(cubes).map(c => c.open()));
    const start = cubes.nations && (cubes.nations.place.has('IND') ? 'IND' : cubes.nations.entities[0]);
    const shared = new Shared({month: (header.months || 1) - 1, hover: null, nation: start});
    const view = new RunView(header, cubes, atlas, shared);
    const sections = [];
    const theme = themeButton(() => view.redraw());
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
    sections.push(['Provenance', view.madeSection()]);
    document.getElementById('top').append(intro(header));
    document.getElementById('top').after(h('nav', {class: 'sections', 'aria-label': 'Sections'},
      h('div', null, sections.map(([name, section]) => h('a', {href: '#' + section.id}, name)), h('span', {class: 'gap'}), theme)));
    page.replaceChildren(...cubes.world ? [view.tiles()] : [], ...sections.map(([, section]) => section));
    page.after(h('footer', {class: 'foot'}, 'Made by twostacks ' + (header.made.modelVersion || '') +
      '. It explores; it does not forecast: most parameters are judgement. The tool takes no side.'));
    page.setAttribute('aria-busy', 'false');
    requestAnimationFrame(() => page.dataset.drawn = String(Math.round(performance.now() - began)));
  } catch (error) {
    page.replaceChildren(h('p', {class: 'loading wrong', role: 'alert'}, 'The page cannot show its data: ' + error.message));
    page.setAttribute('aria-busy', 'false');
    throw error;
  }

  function intro(header) {
    const made = header.made;
    const facts = [`seed ${made.seed}`, made.replicates === 1 ? 'one replicate: one draw of luck' : `${made.replicates} replicates`,
      `${made.horizon.start} to ${made.horizon.end}`, `model ${made.modelVersion}`, `run ${String(made.runId).slice(0, 12)}`];
    return h('div', null, header.description ? h('p', {class: 'lede'}, header.description) : null,
      header.hypothesis ? h('p', {class: 'lede'}, h('b', null, 'Hypothesis: '), header.hypothesis) : null,
      h('p', {class: 'made'}, facts.join('  ·  ')));
  }
})();
