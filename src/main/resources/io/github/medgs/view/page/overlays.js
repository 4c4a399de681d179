// What is drawn over a slice: letters, mask outline, cross-hair, distances, Gaussians.

const HALO = 'rgba(0, 0, 0, 0.75)';
const OUTLINE = '#ffd24d';
const CROSS = '#58c4ff';
const RULER = '#8dffb0';

function text(context, words, x, y, colour) {
  context.font = '600 13px system-ui, sans-serif';
  context.lineWidth = 3;
  context.strokeStyle = HALO;
  context.strokeText(words, x, y);
  context.fillStyle = colour;
  context.fillText(words, x, y);
}

function stroke(context, path, colour, width, dash = []) {
  context.setLineDash([]);
  context.lineWidth = width + 2;
  context.strokeStyle = HALO;
  context.stroke(path);
  context.setLineDash(dash);
  context.lineWidth = width;
  context.strokeStyle = colour;
  context.stroke(path);
}

function on(matrix, column, row) {
  const point = matrix.transformPoint(new DOMPoint(column, row));
  return [point.x, point.y];
}

/** The letters of the patient's sides, at the edges. */
export function letters(plane) {
  return (context, matrix, panel) => {
    const width = panel.canvas.clientWidth;
    const height = panel.canvas.clientHeight;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    text(context, plane.letters.left, 12, height / 2, '#e8edf2');
    text(context, plane.letters.right, width - 12, height / 2, '#e8edf2');
    text(context, plane.letters.top, width / 2, 13, '#e8edf2');
    text(context, plane.letters.bottom, width / 2, height - 13, '#e8edf2');
  };
}

/**
 * Where a mask crosses one half: marching squares, linear between pixels.
 * @param mask 0 to 255 of each pixel
 */
export function contour(mask, width, height) {
  const path = new Path2D();
  // A frame of zeros round the slice, so that what reaches its edge is closed there.
  const stride = width + 2;
  const padded = new Uint8Array(stride * (height + 2));
  for (let row = 0; row < height; row++) {
    padded.set(mask.subarray(row * width, (row + 1) * width), (row + 1) * stride + 1);
  }
  for (let row = 0; row <= height; row++) {
    for (let column = 0, at = row * stride; column <= width; column++, at++) {
      const inside = (padded[at] > LEVEL) + (padded[at + 1] > LEVEL) + (padded[at + stride] > LEVEL)
        + (padded[at + stride + 1] > LEVEL);
      if (inside !== 0 && inside !== 4) {
        cell(path, column - 1, row - 1, padded[at], padded[at + 1], padded[at + stride + 1], padded[at + stride]);
      }
    }
  }
  return path;
}

const LEVEL = 127.5;
const ENDS = [[0, 0], [1, 0], [1, 1], [0, 1]];

/** The line through one cell of four pixels, given round it. */
function cell(path, column, row, ...corners) {
  const crossings = [];
  for (let edge = 0; edge < 4; edge++) {
    const next = (edge + 1) % 4;
    if (corners[edge] > LEVEL !== corners[next] > LEVEL) {
      const way = (LEVEL - corners[edge]) / (corners[next] - corners[edge]);
      crossings.push([column + ENDS[edge][0] + way * (ENDS[next][0] - ENDS[edge][0]),
        row + ENDS[edge][1] + way * (ENDS[next][1] - ENDS[edge][1])]);
    }
  }
  for (let n = 0; n + 1 < crossings.length; n += 2) {
    path.moveTo(...crossings[n]);
    path.lineTo(...crossings[n + 1]);
  }
}

export function outline(path) {
  return (context, matrix) => {
    const placed = new Path2D();
    placed.addPath(path, matrix);
    stroke(context, placed, OUTLINE, 1.5);
  };
}

export function crossHair(cursor) {
  return (context, matrix) => {
    const [x, y] = on(matrix, cursor.column, cursor.row);
    const path = new Path2D();
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      path.moveTo(x + 5 * dx, y + 5 * dy);
      path.lineTo(x + 14 * dx, y + 14 * dy);
    }
    stroke(context, path, CROSS, 1.5);
  };
}

/** A polygon that is being drawn, with its corners. */
export function polygon(corners) {
  return (context, matrix) => {
    const path = new Path2D();
    for (const corner of corners) {
      path.lineTo(...on(matrix, corner.column, corner.row));
    }
    path.closePath();
    for (const corner of corners) {
      const [x, y] = on(matrix, corner.column, corner.row);
      path.rect(x - 2, y - 2, 4, 4);
    }
    stroke(context, path, '#ff8fd0', 1.5);
  };
}

/** A distance, with its millimetres to so many digits. */
export function ruler({ from, to, millimetres }, digits) {
  return (context, matrix) => {
    const [x0, y0] = on(matrix, from.column, from.row);
    const [x1, y1] = on(matrix, to.column, to.row);
    const path = new Path2D();
    path.moveTo(x0, y0);
    path.lineTo(x1, y1);
    stroke(context, path, RULER, 2);
    context.textAlign = 'left';
    context.textBaseline = 'bottom';
    text(context, `${millimetres.toFixed(digits)} mm`, x1 + 6, y1 - 4, RULER);
  };
}

/**
 * Gaussians at one standard deviation, stronger where their share is larger, and the paths of their means.
 * @param chosen index in the list of the one that is looked at, or -1
 */
export function gaussians(list, chosen) {
  return (context, matrix) => {
    const largest = list.length > 0 ? list[0].share : 1;
    list.forEach((gaussian, n) => {
      const path = new Path2D();
      const oval = new Path2D();
      oval.ellipse(0, 0, gaussian.longPixels, gaussian.shortPixels, 0, 0, 2 * Math.PI);
      path.addPath(oval, matrix.translate(gaussian.column, gaussian.row).rotate(gaussian.angleDegrees));
      const line = new Path2D();
      gaussian.path.forEach(([, column, row], at) => {
        const [x, y] = on(matrix, column, row);
        if (at === 0) {
          line.moveTo(x, y);
        } else {
          line.lineTo(x, y);
        }
      });
      context.globalAlpha = n === chosen ? 1 : 0.25 + 0.75 * (gaussian.share / largest);
      stroke(context, path, n === chosen ? '#ffffff' : '#ff9d5c', n === chosen ? 2.5 : 1.2);
      stroke(context, line, n === chosen ? '#ffffff' : '#c79bff', n === chosen ? 2.5 : 1.2);
    });
  };
}
