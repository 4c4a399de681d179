// What a pointer does in a panel beside clicking.

/** Drags, by the tool that is chosen: measures, moves the slice, or sets the window. */
export function drag(slices, { from, to, dx, dy, panel }) {
  const tool = document.querySelector('input[name=drag]:checked').value;
  if (tool === 'measure') {
    slices.measure(from, to);
  } else if (tool === 'pan') {
    slices.view.x -= dx * panel.millimetresPerPixel();
    slices.view.y -= dy * panel.millimetresPerPixel();
    slices.draw();
  } else {
    const { low, high } = slices.window;
    const width = high - low;
    const wider = Math.max(1e-9, width * Math.exp(dx / 200));
    const level = (low + high) / 2 + (dy / 300) * width;
    slices.setWindow(level - wider / 2, level + wider / 2);
  }
}

/** One slice, or zoom with Ctrl. */
export function wheel(slices, event) {
  event.preventDefault();
  if (event.ctrlKey) {
    slices.zoom(event.deltaY < 0 ? 1.1 : 1 / 1.1);
  } else if (event.deltaY !== 0) {
    slices.step(event.deltaY < 0 ? 1 : -1);
  }
}
