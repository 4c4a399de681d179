// Acquired or drawn: the one thing that must never be in doubt.

/** Closer than this to an acquired slice, in millimetres, is that slice: display rounds to hundredths. */
export const SAME = 0.005;

export function isAcquired(nearest) {
  return nearest.distance <= SAME;
}

/** Marks an element; both colour, shape and words say it. */
function set(element, acquired, words) {
  element.className = `mark ${acquired ? 'acquired' : 'drawn'}`;
  element.textContent = words;
}

/** For a depth: its millimetres, and what is there. */
export function markDepth(element, plane, mm, hasModel) {
  const nearest = plane.nearest(mm);
  const slice = `${nearest.slice + 1} of ${plane.positions.length}`;
  if (isAcquired(nearest)) {
    set(element, true, `${mm.toFixed(2)} mm · acquired slice ${slice}`);
  } else if (hasModel) {
    set(element, false, `${mm.toFixed(2)} mm · drawn, ${nearest.distance.toFixed(2)} mm from acquired slice ${slice}`);
  } else {
    set(element, true, `${nearest.mm.toFixed(2)} mm · acquired slice ${slice}`);
  }
  return element.textContent;
}

export function markInput(element, nearest) {
  set(element, true, isAcquired(nearest) ? `acquired slice ${nearest.slice + 1}`
    : `acquired slice ${nearest.slice + 1}, ${nearest.distance.toFixed(2)} mm away`);
}

/** @param putBack whether acquired slices stand in the model's volume as they are */
export function markModel(element, nearest, putBack) {
  if (isAcquired(nearest)) {
    set(element, putBack, putBack ? `acquired slice ${nearest.slice + 1}, put back`
      : `drawn, at acquired slice ${nearest.slice + 1}`);
  } else {
    set(element, false, `drawn, ${nearest.distance.toFixed(2)} mm from slice ${nearest.slice + 1}`);
  }
}

/** Ticks at the acquired slices, above a slider whose thumb stays within its ends. */
export function drawTicks(canvas, plane) {
  const ratio = window.devicePixelRatio || 1;
  const width = canvas.clientWidth;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(canvas.clientHeight * ratio);
  const context = canvas.getContext('2d');
  context.scale(ratio, ratio);
  context.fillStyle = getComputedStyle(canvas).getPropertyValue('--acquired');
  const thumb = 16;
  for (const position of plane.positions) {
    const way = plane.depth > 0 ? position / plane.depth : 0;
    context.fillRect(thumb / 2 + way * (width - thumb) - 0.75, 2, 1.5, 9);
  }
}
