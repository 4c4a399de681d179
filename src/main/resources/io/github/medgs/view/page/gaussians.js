// The Gaussians that made a pixel: a table by share, and their ellipses and paths on the slice.

import { json } from './server.js';
import { short } from './windowing.js';

const find = (id) => document.getElementById(id);

const COLUMNS = ['share', 'number', 'mean column, row', 'widths mm', 'angle', 'at mm', 'drawn from – to mm', 'weight',
  'intensity'];

export class Gaussians {
  constructor(slices, fail) {
    this.slices = slices;
    this.fail = fail;
    this.on = false;
    find('gaussians').hidden = false;
    const { model, plane } = slices;
    find('pixel-column').max = plane.width - 1;
    find('pixel-row').max = plane.height - 1;
    find('pixel-head').value = model.image ? 'image' : 'mask';
    find('pixel-head-label').hidden = !(model.image && model.mask);
    find('pixel').addEventListener('submit', (event) => {
      event.preventDefault();
      slices.place({ column: Number(find('pixel-column').value), row: Number(find('pixel-row').value) });
      this.ask();
    });
    find('pixel-head').addEventListener('change', () => this.on && this.ask());
    find('pixel-clear').addEventListener('click', () => this.clear());
    slices.addEventListener('pick', () => this.ask());
    slices.addEventListener('settled', () => this.on && this.ask());
  }

  clear() {
    this.on = false;
    this.slices.picked = null;
    this.slices.draw();
    find('gaussian-table').hidden = true;
    find('pixel-text').textContent = 'Click on the model\'s slice, or give a pixel.';
  }

  async ask() {
    const { mm, cursor } = this.slices;
    if (mm === null) {
      return;
    }
    this.on = true;
    find('pixel-column').value = cursor.column;
    find('pixel-row').value = cursor.row;
    try {
      const found = await json(`gaussians.json?mm=${mm}&column=${cursor.column}&row=${cursor.row}`
        + `&head=${find('pixel-head').value}`);
      if (this.on && mm === this.slices.mm) {
        this.show(mm, found);
      }
    } catch (error) {
      if (error.status !== 503) {
        this.fail(`The Gaussians could not be listed: ${error.message}`);
      }
    }
  }

  show(mm, found) {
    this.slices.picked = { mm, gaussians: found.gaussians, chosen: -1 };
    this.slices.draw();
    const percent = (share) => `${(100 * share).toFixed(1)} %`;
    // A slice shows what was trained: nothing beyond the window, and of a mask how far the pixel is inside.
    const [value, shown] = [found.value, found.shown].map(short);
    find('pixel-text').textContent = `${found.count.toLocaleString('en')} Gaussians make the model's ${value} `
      + (shown === value ? '' : `(shown as ${shown}) `)
      + `at column ${found.column}, row ${found.row}, ${this.slices.plane.length(mm)}`
      + (found.others > 0.0005 ? `; those not listed ${percent(found.others)}` : '')
      + (found.background > 0.0005 ? `; background ${percent(found.background)}` : '');
    const table = document.createElement('table');
    const head = table.createTHead().insertRow();
    for (const name of COLUMNS) {
      const cell = document.createElement('th');
      cell.scope = 'col';
      cell.textContent = name;
      head.append(cell);
    }
    const body = table.createTBody();
    found.gaussians.forEach((gaussian, n) => this.row(body.insertRow(), gaussian, n, percent));
    find('gaussian-table').replaceChildren(table);
    find('gaussian-table').hidden = false;
  }

  row(row, gaussian, n, percent) {
    const { plane } = this.slices;
    const pixel = Math.sqrt(plane.columnMm * plane.rowMm);
    const share = row.insertCell();
    const bar = document.createElement('span');
    bar.className = 'share';
    bar.style.width = `${Math.round(70 * gaussian.share)}px`;
    share.append(bar, percent(gaussian.share));
    for (const words of [
      gaussian.index.toLocaleString('en'),
      `${gaussian.column.toFixed(1)}, ${gaussian.row.toFixed(1)}`,
      `${(gaussian.longPixels * pixel).toFixed(plane.digits)} × ${(gaussian.shortPixels * pixel).toFixed(plane.digits)}`,
      `${gaussian.angleDegrees.toFixed(0)}°`,
      gaussian.timeMm.toFixed(plane.digits),
      `${gaussian.firstMm.toFixed(plane.digits - 1)} – ${gaussian.lastMm.toFixed(plane.digits - 1)}`,
      gaussian.opacity.toPrecision(3),
      short(gaussian.intensity),
    ]) {
      row.insertCell().textContent = words;
    }
    row.addEventListener('pointerenter', () => this.choose(row, n));
    row.addEventListener('pointerleave', () => this.choose(row, -1));
  }

  /** Marks one on the slices. */
  choose(row, n) {
    row.classList.toggle('chosen', n >= 0);
    if (this.slices.picked) {
      this.slices.picked.chosen = n;
      this.slices.draw();
    }
  }
}
