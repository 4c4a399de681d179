// Acquired or drawn: the one thing that must never be in doubt.

/** Marks an element; both colour, shape and words say it. */
function set(element, acquired, words) {
  element.className = `mark ${acquired ? 'acquired' : 'drawn'}`;
  element.textContent = words;
}

/** For a depth: its millimetres, and what is there. */
export function markDepth(element, plane, mm, hasModel) {
  const nearest = plane.nearest(mm);
  const slice = `${nearest.slice + 1} of ${plane.positions.length}`;
  if (nearest.acquired) {
    set(element, true, `${plane.length(mm)} · acquired slice ${slice}`);
  } else if (hasModel) {
    set(element, false, `${plane.length(mm)} · drawn, ${plane.length(nearest.distance)} from acquired slice ${slice}`);
  } else {
    set(element, true, `${plane.length(nearest.mm)} · acquired slice ${slice}`);
  }
  return element.textContent;
}

export function markInput(element, plane, nearest) {
  set(element, true, nearest.acquired ? `acquired slice ${nearest.slice + 1}`
    : `acquired slice ${nearest.slice + 1}, ${plane.length(nearest.distance)} away`);
}

/** @param putBack whether acquired slices stand in the model's volume as they are */
export function markModel(element, plane, nearest, putBack) {
  if (nearest.acquired) {
    set(element, putBack, putBack ? `acquired slice ${nearest.slice + 1}, put back`
      : `drawn, at acquired slice ${nearest.slice + 1}`);
  } else {
    set(element, false, `drawn, ${plane.length(nearest.distance)} from slice ${nearest.slice + 1}`);
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
