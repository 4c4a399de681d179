// The keys of the slices.

/** Keys of a panel (`onPanel`) and of the slider: `slices` does what they say. */
export function key(slices, event, onPanel) {
  const arrows = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
  const moves = arrows[event.key];
  if (event.ctrlKey || event.altKey || event.metaKey) {
    return;
  }
  if (onPanel && event.shiftKey && moves) {
    slices.moveCursor(...moves);
  } else if (event.key === 'ArrowUp' || (event.key === 'ArrowRight' && !onPanel)) {
    slices.step(1);
  } else if (event.key === 'ArrowDown' || (event.key === 'ArrowLeft' && !onPanel)) {
    slices.step(-1);
  } else if (event.key === 'PageUp' || event.key === 'PageDown') {
    slices.stepAcquired(event.key === 'PageUp' ? 1 : -1);
  } else if (onPanel && event.key === 'Enter') {
    slices.dispatchEvent(new Event('pick'));
  } else if (onPanel && event.key.toLowerCase() === 'm') {
    slices.measureByKey();
  } else if (onPanel && (event.key === '+' || event.key === '-')) {
    slices.zoom(event.key === '+' ? 1.25 : 0.8);
  } else if (onPanel && event.key === '0') {
    slices.reset();
  } else {
    return;
  }
  event.preventDefault();
}
