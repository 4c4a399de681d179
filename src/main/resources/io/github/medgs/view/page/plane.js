// Where slices lie in the patient, and how they are turned on the screen: as a radiologist expects them, the patient's
// right on the left, front or head at the top.

const WANTED = [
  { name: 'sagittal', right: [0, -1, 0], down: [0, 0, -1] },
  { name: 'coronal', right: [-1, 0, 0], down: [0, 0, -1] },
  { name: 'axial', right: [-1, 0, 0], down: [0, -1, 0] },
];

const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const scaled = (a, s) => [a[0] * s, a[1] * s, a[2] * s];
const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];

function largest(vector) {
  const sizes = vector.map(Math.abs);
  return sizes.indexOf(Math.max(...sizes));
}

/** R or L, A or P, S or I: where a direction points most. */
function letter(direction) {
  const axis = largest(direction);
  return (direction[axis] > 0 ? 'RAS' : 'LPI')[axis];
}

export class Plane {
  /** @param slices of the server's state: sizes, spacings, positions, the affine to RAS millimetres row by row */
  constructor(slices) {
    Object.assign(this, slices);
    this.depth = this.positions[this.positions.length - 1];
    // Millimetres are told in hundredths, or more finely where slices lie so close that hundredths would not part them.
    const steps = this.positions.slice(1).map((position, f) => position - this.positions[f]);
    this.digits = Math.max(2, 1 - Math.floor(Math.log10(Math.min(this.stepMm, ...steps))));
    /** Closer than this to an acquired slice, in millimetres, is that slice: the two are told as the same number. */
    this.same = 0.5 * 10 ** -this.digits;
    const others = [0, 1, 2].filter((axis) => axis !== this.axis);
    const direction = (axis) => [0, 1, 2].map((row) => this.affine[4 * row + axis]);
    this.columnStep = direction(others[0]);
    this.rowStep = direction(others[1]);
    this.mmStep = scaled(direction(this.axis), 1 / this.spacingMm);
    this.origin = direction(3);
    const wanted = WANTED[largest(this.mmStep)];
    this.name = wanted.name;
    this.transposed = Math.abs(dot(this.rowStep, wanted.right)) / this.rowMm
      > Math.abs(dot(this.columnStep, wanted.right)) / this.columnMm;
    const across = this.transposed ? this.rowStep : this.columnStep;
    const down = this.transposed ? this.columnStep : this.rowStep;
    this.mirrored = dot(across, wanted.right) < 0;
    this.upended = dot(down, wanted.down) < 0;
    this.letters = {
      right: letter(this.mirrored ? scaled(across, -1) : across),
      left: letter(this.mirrored ? across : scaled(across, -1)),
      bottom: letter(this.upended ? scaled(down, -1) : down),
      top: letter(this.upended ? down : scaled(down, -1)),
    };
    /** Size on the screen in millimetres. */
    this.acrossMm = this.transposed ? this.height * this.rowMm : this.width * this.columnMm;
    this.downMm = this.transposed ? this.width * this.columnMm : this.height * this.rowMm;
  }

  /** Patient millimetres (RAS) of a pixel. */
  patient(column, row, mm) {
    return [0, 1, 2].map((axis) => this.origin[axis] + column * this.columnStep[axis] + row * this.rowStep[axis]
      + mm * this.mmStep[axis]);
  }

  /** The pixel and depth of a place in the patient, not rounded. */
  pixel(patient) {
    const from = [0, 1, 2].map((axis) => patient[axis] - this.origin[axis]);
    const volume = dot(this.columnStep, cross(this.rowStep, this.mmStep));
    return {
      column: dot(from, cross(this.rowStep, this.mmStep)) / volume,
      row: dot(from, cross(this.mmStep, this.columnStep)) / volume,
      mm: dot(from, cross(this.columnStep, this.rowStep)) / volume,
    };
  }

  /** The affine from (column, row) to millimetres on the screen, as a canvas takes it: a, b, c, d, e, f. */
  toScreen() {
    const sx = this.mirrored ? -1 : 1;
    const sy = this.upended ? -1 : 1;
    const e = this.mirrored ? this.acrossMm - 0.5 * this.acrossStep() : 0.5 * this.acrossStep();
    const f = this.upended ? this.downMm - 0.5 * this.downStep() : 0.5 * this.downStep();
    return this.transposed ? [0, sy * this.columnMm, sx * this.rowMm, 0, e, f]
      : [sx * this.columnMm, 0, 0, sy * this.rowMm, e, f];
  }

  acrossStep() {
    return this.transposed ? this.rowMm : this.columnMm;
  }

  downStep() {
    return this.transposed ? this.columnMm : this.rowMm;
  }

  /** The acquired slice nearest to a depth, how far it is, and whether the depth is that slice's. */
  nearest(mm) {
    let best = 0;
    this.positions.forEach((position, f) => {
      if (Math.abs(position - mm) < Math.abs(this.positions[best] - mm)) {
        best = f;
      }
    });
    const distance = Math.abs(this.positions[best] - mm);
    return { slice: best, mm: this.positions[best], distance, acquired: distance <= this.same };
  }

  /** A depth or distance in words: "12.50 mm". */
  length(mm) {
    return `${mm.toFixed(this.digits)} mm`;
  }

  /** Patient millimetres in words: "R 34.2, A 12.1, S 88.0 mm". */
  words(patient) {
    return patient.map((value, axis) => `${(value >= 0 ? 'RAS' : 'LPI')[axis]} ${Math.abs(value).toFixed(this.digits - 1)}`)
      .join(', ') + ' mm';
  }
}
