// The numbers of a pixel, in a line.

import { origin } from './marks.js';
import { short } from './windowing.js';

/** Writes them for a pixel of the slices that are shown, not rounded; nothing for one outside. */
export function tell({ mm, plane, nearest, state, input, drawn }, pixel) {
  const column = Math.round(pixel.column);
  const row = Math.round(pixel.row);
  if (mm === null || column < 0 || row < 0 || column >= plane.width || row >= plane.height) {
    return;
  }
  const at = row * plane.width + column;
  const measured = input?.image[at];
  const made = drawn?.image?.[at];
  const words = [`column ${column}, row ${row}`, plane.words(plane.patient(column, row, mm)),
    measured !== undefined && `${origin(state.input, nearest.slice) === 'edited' ? 'edited slice' : 'input'} ${short(measured)}`, made !== undefined && `model ${short(made)}`,
    measured !== undefined && made !== undefined && `|difference| ${short(Math.abs(measured - made))}`,
    drawn?.mask && `mask ${(drawn.mask[at] / 255).toFixed(2)}`];
  document.getElementById('readout').textContent = words.filter(Boolean).join(' · ');
}
