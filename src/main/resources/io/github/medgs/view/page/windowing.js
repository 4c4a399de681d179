// From intensities to grey: the window, its presets, and the pictures made of slices.

/** As radiology writes them: level and width. */
const CT = [
  ['CT soft tissue', 40, 400],
  ['CT abdomen', 60, 350],
  ['CT bone', 400, 1800],
  ['CT lung', -600, 1500],
  ['CT brain', 40, 80],
];

// Of the learnt width: beyond it by less, a window is only rounded.
const ROUNDED_SHARE = 0.002;

/** What can be chosen; the window of the model, or that of a volume of which nothing was learnt, comes first. */
export function presets(window, learnt) {
  const own = { name: learnt ? 'as learnt' : 'automatic', low: window.low, high: window.high };
  return [own, ...CT.map(([name, level, width]) => ({ name, low: level - width / 2, high: level + width / 2 }))];
}

/** Whether a window is wider than the one that was learnt. */
export function isBeyond(learnt, { low, high }) {
  const rounded = ROUNDED_SHARE * (learnt.high - learnt.low);
  return low < learnt.low - rounded || high > learnt.high + rounded;
}

// Pixels are written as whole 32-bit words, as a canvas keeps them on every machine that browsers run on: alpha, blue,
// green, red from the highest byte to the lowest.
const OPAQUE = 0xff000000;

/** 8-bit grey of each pixel: round(255 (v - low) / (high - low)), clamped; NaN is black. */
export function grey(values, window, out) {
  const { low, high } = window;
  const range = high - low;
  for (let p = 0; p < values.length; p++) {
    const unit = (values[p] - low) / range;
    const level = unit > 0 ? (unit < 1 ? Math.round(255 * unit) : 255) : 0;
    out[p] = OPAQUE | level * 0x010101;
  }
}

/** Black, violet, orange, pale yellow: even steps of lightness, read without colour as well. */
const HEAT = [[0, 0, 0], [66, 20, 95], [150, 38, 102], [221, 81, 58], [251, 163, 26], [252, 253, 191]];

export function heat(unit) {
  const at = Math.min(1, Math.max(0, unit)) * (HEAT.length - 1);
  const below = Math.min(HEAT.length - 2, Math.floor(at));
  return HEAT[below].map((channel, c) => Math.round(channel + (at - below) * (HEAT[below + 1][c] - channel)));
}

const TABLE = Uint32Array.from({ length: 256 }, (_, level) => {
  const [red, green, blue] = heat(level / 255);
  return OPAQUE | blue << 16 | green << 8 | red;
});

/** |a - b| of each pixel in colour, the brightest at `most`. */
export function difference(a, b, most, out) {
  const scale = 255 / most;
  for (let p = 0; p < a.length; p++) {
    const level = Math.abs(a[p] - b[p]) * scale;
    out[p] = TABLE[level < 255 ? Math.round(level) : level >= 255 ? 255 : 0];
  }
}

/** Mean |a - b|, over pixels where both are numbers. */
export function meanDifference(a, b) {
  let sum = 0;
  let count = 0;
  for (let p = 0; p < a.length; p++) {
    const apart = Math.abs(a[p] - b[p]);
    if (apart === apart) {
      sum += apart;
      count++;
    }
  }
  return count === 0 ? NaN : sum / count;
}

/** A number with about three digits that matter: diffusion is measured in thousandths of its unit. */
export function short(value) {
  if (!Number.isFinite(value)) {
    return '–';
  }
  const size = Math.abs(value);
  return size >= 1 ? value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2)
    : size < 1e-12 ? '0' : String(Number(value.toPrecision(3)));
}

/** A number for a field: two decimals, or four digits that matter where those say less. */
export function typed(value) {
  return Number(Math.abs(value) >= 100 ? value.toFixed(2) : value.toPrecision(4));
}
