// What is on the screen, as a file.

/** Gives the user a file. */
export function save(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** The slices' panels as they are, in one file. */
export async function picture(slices) {
  const shown = Object.values(slices.panels).map((panel) => panel.canvas);
  const gap = 8;
  const line = 26;
  const whole = new OffscreenCanvas(shown.reduce((sum, canvas) => sum + canvas.width + gap, -gap),
    Math.max(...shown.map((canvas) => canvas.height)) + line);
  const context = whole.getContext('2d');
  context.fillStyle = '#000';
  context.fillRect(0, 0, whole.width, whole.height);
  context.fillStyle = '#fff';
  context.font = '15px system-ui, sans-serif';
  let x = 0;
  for (const panel of Object.values(slices.panels)) {
    context.drawImage(panel.canvas, x, line);
    context.fillText(`${panel.title} · ${panel.mark.textContent}`, x + 6, 18, panel.canvas.width - 12);
    x += panel.canvas.width + gap;
  }
  save(await whole.convertToBlob(), `${slices.state.title}-${slices.mm.toFixed(slices.plane.digits)}mm.png`);
}
