// One slice on the screen: a canvas, what is drawn on it, and where a pointer is on it.

const DRAGGED = 4;

// New pixels come with every depth: in memory they cost least, above all where there is no graphics processor.
const IN_MEMORY = { willReadFrequently: true };

/** Zoom and place that all panels share; x and y are the shift of the middle in millimetres on the screen. */
export class View {
  constructor() {
    this.reset();
  }

  reset() {
    this.zoom = 1;
    this.x = 0;
    this.y = 0;
  }

  zoomBy(factor) {
    this.zoom = Math.min(40, Math.max(1, this.zoom * factor));
    if (this.zoom === 1) {
      this.reset();
    }
  }
}

export class Panel {
  /** @param {{id: string, title: string}} names; @param parent where the panel goes */
  constructor(plane, view, names, parent) {
    this.plane = plane;
    this.view = view;
    this.smooth = true;
    this.overlays = [];
    this.figure = document.createElement('figure');
    this.figure.className = 'panel';
    this.figure.innerHTML = `<figcaption><b></b><span class="mark"></span></figcaption>
      <div class="view"><canvas tabindex="0" role="img"></canvas><p class="wait" role="status"></p></div>
      <p class="foot numbers"></p>`;
    this.figure.querySelector('b').textContent = names.title;
    this.mark = this.figure.querySelector('.mark');
    this.wait = this.figure.querySelector('.wait');
    this.foot = this.figure.querySelector('.foot');
    this.canvas = this.figure.querySelector('canvas');
    this.canvas.id = `${names.id}-canvas`;
    this.canvas.setAttribute('aria-label', names.title);
    this.title = names.title;
    this.canvas.style.setProperty('--shape', `${plane.acrossMm} / ${plane.downMm}`);
    parent.append(this.figure);
    /** The slice itself, pixel for pixel. */
    this.source = new OffscreenCanvas(plane.width, plane.height);
    this.pen = this.source.getContext('2d', IN_MEMORY);
    this.context = this.canvas.getContext('2d', IN_MEMORY);
    this.pixels = new ImageData(plane.width, plane.height);
    this.words = new Uint32Array(this.pixels.data.buffer);
    this.filled = false;
    this.canvas.source = this.source;
    new ResizeObserver(() => this.resize()).observe(this.canvas);
  }

  resize() {
    const ratio = window.devicePixelRatio || 1;
    this.canvas.width = Math.max(1, Math.round(this.canvas.clientWidth * ratio));
    this.canvas.height = Math.max(1, Math.round(this.canvas.clientHeight * ratio));
    this.draw();
  }

  /**
   * New pixels; `fill` writes a word of each, row by row. Nothing is done where they come from the same
   * values and numbers as before.
   */
  set(fill, ...from) {
    if (this.filled && from.length === this.from.length && from.every((each, n) => each === this.from[n])) {
      return;
    }
    this.from = from;
    fill(this.words);
    this.pen.putImageData(this.pixels, 0, 0);
    this.filled = true;
  }

  /** What the panel shows, for those who cannot see it. */
  describe(text) {
    this.canvas.setAttribute('aria-label', `${this.title}: ${text}`);
  }

  /** The affine from (column, row) to the canvas in CSS pixels. */
  transform() {
    const [a, b, c, d, e, f] = this.plane.toScreen();
    const width = this.canvas.clientWidth;
    const height = this.canvas.clientHeight;
    const scale = Math.min(width / this.plane.acrossMm, height / this.plane.downMm) * this.view.zoom;
    const shiftX = width / 2 - scale * (this.plane.acrossMm / 2 + this.view.x);
    const shiftY = height / 2 - scale * (this.plane.downMm / 2 + this.view.y);
    return new DOMMatrix([scale * a, scale * b, scale * c, scale * d, scale * e + shiftX, scale * f + shiftY]);
  }

  /** Screen millimetres per CSS pixel. */
  millimetresPerPixel() {
    return 1 / (Math.min(this.canvas.clientWidth / this.plane.acrossMm, this.canvas.clientHeight / this.plane.downMm)
      * this.view.zoom);
  }

  draw() {
    const context = this.context;
    const ratio = window.devicePixelRatio || 1;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = '#000';
    context.fillRect(0, 0, this.canvas.width, this.canvas.height);
    if (!this.filled || this.canvas.clientWidth === 0) {
      return;
    }
    const matrix = this.transform();
    context.setTransform(new DOMMatrix([ratio, 0, 0, ratio, 0, 0]).multiply(matrix));
    context.imageSmoothingEnabled = this.smooth;
    context.drawImage(this.source, -0.5, -0.5);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    for (const overlay of this.overlays) {
      context.save();
      overlay(context, matrix, this);
      context.restore();
    }
  }

  /** The pixel under a pointer, not rounded. */
  pixelAt(event) {
    const box = this.canvas.getBoundingClientRect();
    const point = this.transform().inverse()
      .transformPoint(new DOMPoint(event.clientX - box.left, event.clientY - box.top));
    return { column: point.x, row: point.y };
  }

  /**
   * Tells pointer work apart: `click(pixel)`, `drag({from, to, dx, dy, first})` in pixels of slice and screen,
   * `hover(pixel or null)`.
   */
  listen({ click, drag, hover }) {
    let start = null;
    let moved = false;
    let last = null;
    this.canvas.addEventListener('pointerdown', (event) => {
      if (event.button === 0) {
        start = this.pixelAt(event);
        last = event;
        moved = false;
        this.canvas.setPointerCapture(event.pointerId);
      }
    });
    this.canvas.addEventListener('pointermove', (event) => {
      hover(this.pixelAt(event));
      if (start === null) {
        return;
      }
      const dx = event.clientX - last.clientX;
      const dy = event.clientY - last.clientY;
      if (!moved && Math.hypot(dx, dy) < DRAGGED) {
        return;
      }
      drag({ from: start, to: this.pixelAt(event), dx, dy, first: !moved, panel: this });
      moved = true;
      last = event;
    });
    const end = (event) => {
      if (start !== null && !moved && event.type === 'pointerup') {
        click(this.pixelAt(event));
      }
      start = null;
    };
    this.canvas.addEventListener('pointerup', end);
    this.canvas.addEventListener('pointercancel', end);
    this.canvas.addEventListener('pointerleave', () => hover(null));
  }
}
