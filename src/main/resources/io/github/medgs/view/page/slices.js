// Input, model and difference side by side at one depth, and all that moves them.

import { Panel, View } from './panel.js';
import { Plane } from './plane.js';
import { Recent, Refused, slice } from './server.js';
import { difference, grey, isBeyond, meanDifference, presets, short, typed } from './windowing.js';
import { drawTicks, markDepth, markInput, markModel, origin, titles } from './marks.js';
import { key } from './keys.js';
import { drag, wheel } from './pointer.js';
import { tell } from './readout.js';
import { picture } from './picture.js';
import * as overlays from './overlays.js';

const KEPT_SLICES = 24;
const MILLISECONDS_UNTIL_SETTLED = 180;
const DIFFERENCE_SHARE = 0.2;

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const find = (id) => document.getElementById(id);

/**
 * Events: `settled` when depth and cross-hair have stood for a moment, `window` when the window changed, `pick` when a
 * pixel was clicked, `corner` when it was while a polygon is drawn.
 */
export class Slices extends EventTarget {
  constructor(state, fail) {
    super();
    this.state = state;
    this.fail = fail;
    this.plane = new Plane(state.slices);
    this.model = state.model ?? null;
    this.window = { ...state.window };
    // Depths: shown, named by slider and headline, and yet to be fetched.
    this.mm = null;
    this.chosen = null;
    this.wanted = null;
    this.frames = 0;
    this.cursor = { column: Math.floor(this.plane.width / 2), row: Math.floor(this.plane.height / 2) };
    this.ruler = null;
    this.picked = null;
    this.section = find('slices');
    this.pixels = this.plane.width * this.plane.height;
    this.acquired = new Recent(KEPT_SLICES, (f) => slice(`acquired?slice=${f}`, this.pixels, true, state.input.mask));
    this.section.hidden = false;
    this.buildPanels();
    this.buildDepth();
    this.buildTools();
    this.go(this.plane.positions[Math.floor(this.plane.positions.length / 2)]);
  }

  buildPanels() {
    this.view = new View();
    this.panels = {};
    const both = this.state.input && this.model?.image;
    const shown = [this.state.input && 'input', this.model && 'model', both && 'difference'].filter(Boolean);
    for (const id of shown) {
      const panel = new Panel(this.plane, this.view, { id, title: titles(this.state)[id] }, find('panels'));
      this.panels[id] = panel;
      panel.listen({
        click: (pixel) => this.click(pixel),
        drag: (moved) => drag(this, moved),
        hover: (pixel) => this.hover(pixel),
      });
      panel.canvas.addEventListener('keydown', (event) => key(this, event, true));
      panel.canvas.addEventListener('wheel', (event) => wheel(this, event), { passive: false });
      panel.wait.textContent = 'Loading …';
    }
    find('panels').classList.toggle('single', shown.length === 1);
  }

  buildDepth() {
    const slider = find('depth');
    slider.max = this.plane.depth;
    slider.step = 10 ** -this.plane.digits;
    slider.disabled = this.plane.depth === 0;
    find('depth-mm').max = this.plane.depth;
    slider.addEventListener('input', () => this.go(this.snapped(Number(slider.value))));
    slider.addEventListener('keydown', (event) => key(this, event, false));
    find('depth-mm').addEventListener('change', ({ target }) => this.go(target.value === '' ? this.chosen
      : Number(target.value)));
    find('slice-down').addEventListener('click', () => this.step(-1));
    find('slice-up').addEventListener('click', () => this.step(1));
    find('acquired-down').addEventListener('click', () => this.stepAcquired(-1));
    find('acquired-up').addEventListener('click', () => this.stepAcquired(1));
    const ticks = () => drawTicks(find('ticks'), this.plane, this.model);
    new ResizeObserver(ticks).observe(find('ticks'));
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', ticks);
  }

  buildTools() {
    this.presets = presets(this.window, this.model !== null);
    const select = find('preset');
    select.replaceChildren(...[...this.presets.map((preset) => preset.name), 'own']
      .map((name, n) => new Option(name, String(n))));
    select.addEventListener('change', () => {
      const preset = this.presets[Number(select.value)];
      if (preset) {
        this.setWindow(preset.low, preset.high);
      }
    });
    find('level').addEventListener('change', () => this.typedWindow());
    find('width').addEventListener('change', () => this.typedWindow());
    find('smooth').addEventListener('change', () => this.draw());
    find('alone-label').hidden = !this.model?.acquired;
    find('alone').addEventListener('change', () => {
      this.again();
      this.setWindow(this.window.low, this.window.high);
    });
    find('outline').addEventListener('change', () => this.draw());
    find('outline-label').hidden = !(this.model?.mask || this.state.input?.mask);
    find('zoom-in').addEventListener('click', () => this.zoom(1.25));
    find('zoom-out').addEventListener('click', () => this.zoom(0.8));
    find('reset-view').addEventListener('click', () => this.reset());
    find('picture').addEventListener('click', () => picture(this));
    this.setWindow(this.window.low, this.window.high);
  }

  /** Close to an acquired slice a slider that is dragged holds it; the number beside it goes anywhere. */
  snapped(mm) {
    const nearest = this.plane.nearest(mm);
    return !this.model || nearest.distance <= 0.06 * this.plane.spacingMm ? nearest.mm : mm;
  }

  /** Shows a depth; of many calls in a row the last one counts. */
  go(mm) {
    const depth = Math.min(this.plane.depth, Math.max(0, mm));
    this.chosen = this.model ? depth : this.plane.nearest(depth).mm;
    find('depth').value = this.chosen;
    this.mark();
    find('depth-mm').value = Number(this.chosen.toFixed(this.plane.digits + 1));
    this.again();
  }

  mark() {
    find('depth').setAttribute('aria-valuetext', markDepth(find('depth-mark'), this.plane, this.chosen, this.model));
  }

  /** The model was edited, and with it which of its slices stand, and which are as they were acquired. */
  edited({ acquired, edited }) {
    Object.assign(this.model, { acquired, edited });
    find('alone-label').hidden = !acquired;
    drawTicks(find('ticks'), this.plane, this.model);
    this.mark();
    this.noteRange();
    this.again();
  }

  /** Draws the depth that is chosen anew, also where it is still being fetched: the model has learnt. */
  again() {
    this.wanted = this.chosen;
    this.pump();
  }

  async pump() {
    if (this.pumping) {
      return;
    }
    this.pumping = true;
    while (this.wanted !== null) {
      const mm = this.wanted;
      this.wanted = null;
      try {
        const nearest = this.plane.nearest(mm);
        const [drawn, input] = await Promise.all([
          this.model ? slice(`slice?mm=${mm}&alone=${find('alone').checked ? 1 : 0}`, this.pixels, this.model.image, this.model.mask) : null,
          this.state.input ? this.acquired.get(nearest.slice) : null,
        ]);
        this.show(mm, nearest, drawn, input);
      } catch (error) {
        if (error instanceof Refused && error.status === 503) {
          this.wait(`Waiting: ${error.message} …`);
          this.wanted ??= mm;
          await pause(250);
        } else {
          this.wait('This slice could not be shown.');
          this.fail(`Depth ${this.plane.length(mm)} could not be shown: ${error.message}`);
        }
      }
    }
    this.pumping = false;
  }

  wait(text) {
    Object.values(this.panels).forEach((panel) => {
      panel.wait.textContent = text;
    });
  }

  show(mm, nearest, drawn, input) {
    Object.assign(this, { mm, nearest, drawn, input });
    this.inputOutline = input?.mask ? overlays.contour(input.mask, this.plane.width, this.plane.height) : null;
    this.modelOutline = drawn?.mask ? overlays.contour(drawn.mask, this.plane.width, this.plane.height) : null;
    this.wait('');
    this.frames++;
    this.paint();
    tell(this, this.cursor);
    this.section.dataset.mm = mm;
    this.section.dataset.frames = this.frames;
    this.settle();
  }

  /** Makes the panels' pixels anew: slices or window have changed. */
  paint() {
    if (this.mm === null) {
      return;
    }
    const { input, model, difference: apart } = this.panels;
    if (input) {
      input.set((out) => grey(this.input.image, this.window, out), this.input.image, this.window.low, this.window.high);
      markInput(input.mark, this.plane, this.nearest, this.state.input);
      input.describe(input.mark.textContent);
      input.foot.textContent = `window ${short(this.window.low)} to ${short(this.window.high)}`;
    }
    if (model) {
      const values = this.drawn.image ?? this.drawn.mask;
      const range = this.drawn.image ? this.window : { low: 0, high: 255 };
      model.set((out) => grey(values, range, out), values, range.low, range.high);
      markModel(model.mark, this.plane, this.nearest, this.model, this.putBack());
      model.describe(model.mark.textContent);
      model.foot.textContent = this.drawn.image ? `window ${short(this.window.low)} to ${short(this.window.high)}`
        : 'mask, 0 to 1';
    }
    if (apart) {
      const most = DIFFERENCE_SHARE * (this.window.high - this.window.low);
      apart.set((out) => difference(this.drawn.image, this.input.image, most, out), this.drawn.image, this.input.image,
        most);
      const apartBy = meanDifference(this.drawn.image, this.input.image);
      const mean = short(apartBy);
      apart.mark.className = '';
      apart.mark.textContent = `mean ${mean}`;
      // An edited slice differs from its input.
      apart.foot.textContent = this.nearest.acquired && this.putBack() && !(apartBy > 0)
        ? `${origin(this.model, this.nearest.slice)} slices stand as they are: see them drawn by “model alone”`
        : this.nearest.acquired ? `black 0, brightest ${short(most)} and more`
        : `black 0, brightest ${short(most)}; against a slice ${this.plane.length(this.nearest.distance)} away`;
      apart.describe(`mean ${mean}, ${apart.foot.textContent}`);
    }
    this.draw();
  }

  /** Draws the panels: what lies over the pixels has changed. */
  draw() {
    const outlined = find('outline').checked;
    for (const [id, panel] of Object.entries(this.panels)) {
      const path = id === 'input' ? this.inputOutline : this.modelOutline;
      panel.smooth = find('smooth').checked;
      panel.overlays = [
        outlined && path && overlays.outline(path),
        this.picked && this.picked.mm === this.mm && overlays.gaussians(this.picked.gaussians, this.picked.chosen),
        overlays.crossHair(this.cursor),
        this.drawing?.length > 0 && overlays.polygon(this.drawing),
        this.ruler && overlays.ruler(this.ruler, this.plane.digits - 1),
        overlays.letters(this.plane),
      ].filter(Boolean);
      panel.draw();
    }
  }

  /** Whether acquired slices stand in the model's volume as they are. */
  putBack() {
    return Boolean(this.model?.acquired) && !find('alone').checked;
  }

  /** Level and width from their fields; what is no window is not taken, and the fields say the present one again. */
  typedWindow() {
    const level = find('level');
    const width = Number(find('width').value);
    if (level.value === '' || !(width > 0)) {
      this.setWindow(this.window.low, this.window.high);
    } else {
      this.setWindow(Number(level.value) - width / 2, Number(level.value) + width / 2);
    }
  }

  setWindow(low, high) {
    this.window = { low, high };
    const same = this.presets.findIndex((preset) => preset.low === low && preset.high === high);
    find('preset').value = String(same < 0 ? this.presets.length : same);
    find('level').value = typed((low + high) / 2);
    find('width').value = typed(high - low);
    this.noteRange();
    this.paint();
    this.dispatchEvent(new Event('window'));
  }

  noteRange() {
    const learnt = this.state.window;
    find('range-note').hidden = !this.model || this.putBack() || !isBeyond(learnt, this.window);
    find('range-note').textContent = `The model has learnt intensities from ${short(learnt.low)} to ${short(learnt.high)}: `
      + 'beyond these, only the input shows what was measured.';
  }

  zoom(factor) {
    this.view.zoomBy(factor);
    this.draw();
  }

  reset() {
    this.view.reset();
    this.ruler = null;
    this.setWindow(this.state.window.low, this.state.window.high);
  }

  step(way) {
    if (!this.model) {
      this.stepAcquired(way);
      return;
    }
    const step = this.plane.stepMm;
    const at = this.chosen / step;
    const next = way > 0 ? Math.floor(at + 1 + 1e-6) : Math.ceil(at - 1 - 1e-6);
    this.go(next * step);
  }

  stepAcquired(way) {
    const { positions } = this.plane;
    const next = way > 0 ? positions.find((position) => position > this.chosen + this.plane.same)
      : positions.findLast((position) => position < this.chosen - this.plane.same);
    this.go(next ?? this.chosen);
  }

  /** One pixel across or down on the screen. */
  moveCursor(across, down) {
    const [a, b, c, d] = this.plane.toScreen().map(Math.sign);
    this.place({ column: this.cursor.column + across * a + down * b, row: this.cursor.row + across * c + down * d });
  }

  /** Puts the cross-hair on a pixel. */
  place({ column, row }) {
    const within = (value, count) => Math.min(count - 1, Math.max(0, Math.round(value)));
    this.cursor = { column: within(column, this.plane.width), row: within(row, this.plane.height) };
    tell(this, this.cursor);
    if (this.measuring) {
      this.measure(this.measuring, this.cursor);
    }
    this.draw();
    this.settle();
  }

  /** Depth or cross-hair moved: others follow when it has come to rest, so that they do not slow a slider down. */
  settle() {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.dispatchEvent(new Event('settled')), MILLISECONDS_UNTIL_SETTLED);
  }

  click(pixel) {
    this.place(pixel);
    if (this.drawing) {
      this.dispatchEvent(new CustomEvent('corner', { detail: { ...this.cursor } }));
      return;
    }
    this.dispatchEvent(new Event('pick'));
  }

  measureByKey() {
    if (this.measuring) {
      this.measuring = null;
    } else {
      this.measuring = { ...this.cursor };
      this.measure(this.measuring, this.cursor);
    }
  }

  measure(from, to) {
    const a = this.plane.patient(from.column, from.row, 0);
    const b = this.plane.patient(to.column, to.row, 0);
    this.ruler = { from, to, millimetres: Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]) };
    Object.values(this.panels).forEach((panel) => {
      panel.canvas.ruler = this.ruler;
    });
    this.draw();
  }

  hover(pixel) {
    tell(this, pixel ?? this.cursor);
  }

  /** Patient millimetres of the cross-hair. */
  patient() {
    return this.plane.patient(this.cursor.column, this.cursor.row, this.mm ?? 0);
  }

  /** Puts the cross-hair where another view has it. */
  follow(patient) {
    const { column, row, mm } = this.plane.pixel(patient);
    const within = (value, count) => Math.min(count - 1, Math.max(0, Math.round(value)));
    this.cursor = { column: within(column, this.plane.width), row: within(row, this.plane.height) };
    this.go(this.snapped(mm));
    this.draw();
  }
}
