// Acquired, edited or drawn: the one thing that must never be in doubt.

/** Marks an element; colour, shape and words say it. */
function set(element, origin, words) {
  element.className = `mark ${origin}`;
  element.textContent = words;
}

/**
 * What a slice is: as it was measured, or as somebody changed it since.
 * @param source the state's model or input, with the list of its edited slices; none where there is no such thing
 */
export const origin = (source, slice) => (source?.edited.includes(slice) ? 'edited' : 'acquired');

/** What the panels are called; slices that a model holds are no input any more once it was edited. */
export function titles({ input }) {
  return input?.edited.length > 0 ? { input: 'Slices as edited', model: 'Model', difference: '|Model − slices|' }
    : { input: 'Input', model: 'Model', difference: '|Model − input|' };
}

/** For a depth: its millimetres, and what is there. */
export function markDepth(element, plane, mm, model) {
  const nearest = plane.nearest(mm);
  const kind = origin(model, nearest.slice);
  const slice = `${kind} slice ${nearest.slice + 1} of ${plane.positions.length}`;
  if (nearest.acquired || !model) {
    set(element, kind, `${plane.length(nearest.acquired ? mm : nearest.mm)} · ${slice}`);
  } else {
    set(element, 'drawn', `${plane.length(mm)} · drawn, ${plane.length(nearest.distance)} from ${slice}`);
  }
  return element.textContent;
}

export function markInput(element, plane, nearest, input) {
  const kind = origin(input, nearest.slice);
  set(element, kind, `${kind} slice ${nearest.slice + 1}${nearest.acquired ? '' : `, ${plane.length(nearest.distance)} away`}`);
}

/** @param putBack whether the slices that the model holds stand in its volume as they are */
export function markModel(element, plane, nearest, model, putBack) {
  const kind = origin(model, nearest.slice);
  if (!nearest.acquired) {
    set(element, 'drawn', `drawn, ${plane.length(nearest.distance)} from slice ${nearest.slice + 1}`);
  } else if (!putBack) {
    set(element, 'drawn', `drawn, at ${kind} slice ${nearest.slice + 1}`);
  } else {
    set(element, kind, `${kind} slice ${nearest.slice + 1}${kind === 'acquired' ? ', put back' : ''}`);
  }
}

/** Ticks at the slices, acquired and edited, above a slider whose thumb stays within its ends. */
export function drawTicks(canvas, plane, model) {
  const ratio = window.devicePixelRatio || 1;
  const width = canvas.clientWidth;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(canvas.clientHeight * ratio);
  const context = canvas.getContext('2d');
  context.scale(ratio, ratio);
  const style = getComputedStyle(canvas);
  const thumb = 16;
  plane.positions.forEach((position, slice) => {
    const way = plane.depth > 0 ? position / plane.depth : 0;
    context.fillStyle = style.getPropertyValue(`--${origin(model, slice)}`);
    context.fillRect(thumb / 2 + way * (width - thumb) - 0.75, 2, 1.5, 9);
  });
}
