// What the pages use of D3 and topojson-client, and nothing else of them.
export {extent, max, mean, min, bisectLeft, range, quantileSorted, ascending, descending} from 'd3-array';
export {axisBottom, axisLeft} from 'd3-axis';
export {geoEqualEarth, geoGraticule10, geoPath} from 'd3-geo';
export {scaleBand, scaleLinear, scaleLog} from 'd3-scale';
export {create, select, selectAll, pointer} from 'd3-selection';
export {area, line, curveStepAfter} from 'd3-shape';
export {feature, mesh} from 'topojson-client';
