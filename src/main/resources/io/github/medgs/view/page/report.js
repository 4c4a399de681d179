// The report of a run: what it holds, its course, its surface.

import { historyCharts } from './chart.js';
import { short } from './windowing.js';

function card(title, pairs) {
  const known = pairs.filter(([, value]) => value !== undefined && value !== null && value !== '');
  if (known.length === 0) {
    return null;
  }
  const section = document.createElement('div');
  section.className = 'card';
  const heading = document.createElement('h3');
  heading.textContent = title;
  const list = document.createElement('dl');
  for (const [name, value] of known) {
    const term = document.createElement('dt');
    term.textContent = name;
    const words = document.createElement('dd');
    words.textContent = value;
    list.append(term, words);
  }
  section.append(heading, list);
  return section;
}

const fixed = (value, digits, unit = '') => (Number.isFinite(value) ? `${value.toFixed(digits)}${unit}` : undefined);
const whole = (value) => (Number.isFinite(value) ? value.toLocaleString('en') : undefined);

function duration(seconds) {
  // Rounded first: 59.7 s are a minute, not 60 s.
  const whole = Math.round(seconds);
  return Number.isFinite(seconds) ? `${Math.floor(whole / 60)} min ${whole % 60} s` : undefined;
}

function surfaceCards(outputs) {
  return Object.entries(outputs).filter(([, output]) => output.measures).map(([file, output]) => card(file, [
    ['volume', fixed(output.measures.volume / 1000, 2, ' mL')],
    ['area', fixed(output.measures.area / 100, 1, ' cm²')],
    ['largest diameter', fixed(output.measures.largestDiameter, 1, ' mm')],
    ['axes', output.measures.principalLengths?.map((length) => length.toFixed(1)).join(' × ').concat(' mm')],
    ['triangles', whole(output.triangles)],
    ['closed', output.closed ? 'yes' : 'no'],
    ['level', output.level],
    ['frame of the file', output.frame],
  ]));
}

/** Fills the section; false when there is nothing to report. */
export function showReport(state, body) {
  const report = state.report ?? {};
  const own = report.ownSlices ?? {};
  const training = report.training ?? {};
  const input = report.input ?? {};
  const cards = [
    card('How well it holds its own slices', [
      ['PSNR, mean of the slices', fixed(own.psnr, 2, ' dB')],
      ['PSNR of the whole volume', fixed(own.psnrOfVolume, 2, ' dB')],
      ['SSIM', fixed(own.ssim, 4)],
      ['mask Dice', fixed(own.dice, 4)],
    ]),
    ...surfaceCards(report.outputs ?? {}),
    card('Input', [
      ['slices', input.slices && `${input.slices} of ${input.width} × ${input.height}`],
      ['slice spacing', fixed(input.sliceSpacingMm, 3, ' mm')],
      ['window', Number.isFinite(input.windowLow) ? `${short(input.windowLow)} to ${short(input.windowHigh)}` : undefined],
      ['voxels that are no numbers', input.nonFiniteVoxels ? whole(input.nonFiniteVoxels) : undefined],
      ['voxels far outside the window', input.farOutsideVoxels ? whole(input.farOutsideVoxels) : undefined],
    ]),
    card('Training', [
      ['engine', training.engine],
      ['heads', training.heads],
      ['steps', whole(training.iterations)],
      ['Gaussians', whole(training.gaussians)],
      ['time', duration(training.seconds)],
    ]),
  ].filter((each) => each !== null);
  const grid = document.createElement('div');
  grid.className = 'cards';
  grid.append(...cards);
  body.replaceChildren(grid);
  if (state.history.length > 0 && !state.live) {
    const charts = document.createElement('div');
    charts.className = 'charts';
    charts.append(...historyCharts(state.history));
    body.append(charts);
  }
  if (report.config) {
    const details = document.createElement('details');
    const summary = document.createElement('summary');
    summary.textContent = 'Configuration';
    const text = document.createElement('pre');
    text.tabIndex = 0;
    text.textContent = JSON.stringify(report.config, null, 2);
    details.append(summary, text);
    body.append(details);
  }
  return cards.length > 0 || (state.history.length > 0 && !state.live);
}
