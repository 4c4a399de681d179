// A line chart in SVG: one quantity over the steps of a run.

const WIDTH = 420;
const HEIGHT = 170;
const LEFT = 52;
const BOTTOM = 26;
const TOP = 8;
const RIGHT = 10;

function element(name, attributes, words) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) {
    node.setAttribute(key, value);
  }
  if (words !== undefined) {
    node.textContent = words;
  }
  return node;
}

/** About `most` round numbers within a range. */
function ticks(low, high, most) {
  const step = 10 ** Math.floor(Math.log10((high - low) / most));
  const wide = [1, 2, 5, 10].map((factor) => factor * step).find((each) => (high - low) / each <= most);
  const list = [];
  for (let value = Math.ceil(low / wide) * wide; value <= high + 1e-9 * wide; value += wide) {
    list.push(value);
  }
  return list;
}

/**
 * @param name what is drawn, @param unit its unit or ''
 * @param points [step, value], @param end the last step there will be, @param logarithmic whether the value's axis is
 */
export function chart({ name, unit, points, end = 0, logarithmic = false, digits = 2 }) {
  const figure = document.createElement('figure');
  figure.className = 'chart';
  const caption = document.createElement('figcaption');
  figure.append(caption);
  const known = points.filter(([, value]) => value !== null && (!logarithmic || value > 0));
  const written = (value) => `${value.toFixed(digits)}${unit ? ` ${unit}` : ''}`;
  if (known.length === 0) {
    caption.textContent = `${name}: nothing yet`;
    return figure;
  }
  const last = known[known.length - 1];
  caption.textContent = `${name}: ${written(last[1])} at step ${last[0].toLocaleString('en')}`;
  const scaled = (value) => (logarithmic ? Math.log10(value) : value);
  const values = known.map(([, value]) => scaled(value));
  const right = Math.max(end, ...known.map(([step]) => step));
  let low = Math.min(...values);
  let high = Math.max(...values);
  if (high - low < 1e-6) {
    low -= 0.5;
    high += 0.5;
  }
  const x = (step) => LEFT + (step / Math.max(1, right)) * (WIDTH - LEFT - RIGHT);
  const y = (value) => TOP + ((high - value) / (high - low)) * (HEIGHT - TOP - BOTTOM);
  const svg = element('svg', {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img',
    'aria-label': `${name} over ${right} steps: from ${written(known[0][1])} to ${written(last[1])}`,
  });
  for (const value of ticks(low, high, 5)) {
    svg.append(element('line', { x1: LEFT, x2: WIDTH - RIGHT, y1: y(value), y2: y(value), class: 'grid' }));
    const words = logarithmic ? (10 ** value).toPrecision(2) : String(Math.round(value * 100) / 100);
    svg.append(element('text', { x: LEFT - 6, y: y(value) + 4, 'text-anchor': 'end' }, words));
  }
  for (const step of ticks(0, Math.max(1, right), 5)) {
    svg.append(element('text', { x: x(step), y: HEIGHT - 8, 'text-anchor': 'middle' }, step.toLocaleString('en')));
  }
  svg.append(element('polyline', {
    points: known.map(([step, value]) => `${x(step).toFixed(1)},${y(scaled(value)).toFixed(1)}`).join(' '), class: 'line',
  }));
  svg.append(element('circle', { cx: x(last[0]), cy: y(scaled(last[1])), r: 3, class: 'end' }));
  figure.append(svg);
  return figure;
}

/**
 * The charts of a history, as far as its quantities were trained.
 * @param end the last step there will be; 0 for that of the history
 */
export function historyCharts(history, end = 0) {
  const over = (key) => history.map((row) => [row.iteration, row[key]]);
  const charts = [chart({ name: 'Loss', unit: '', points: over('loss'), end, logarithmic: true, digits: 4 })];
  if (history.some((row) => row.psnr !== null)) {
    charts.push(chart({ name: 'PSNR of the slices seen', unit: 'dB', points: over('psnr'), end }));
  }
  if (history.some((row) => row.maskError !== null)) {
    charts.push(chart({ name: 'Mask error (RMS)', unit: '', points: over('maskError'), end, logarithmic: true, digits: 4 }));
  }
  return charts;
}
