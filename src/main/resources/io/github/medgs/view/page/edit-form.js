// The fields of an edit: for each kind of selection and of change, what to type in, and the JSON that it means.

import { typed } from './windowing.js';

function labelled(words, field) {
  const label = document.createElement('label');
  label.append(`${words} `, field);
  return label;
}

function number(value, min) {
  const field = document.createElement('input');
  field.type = 'number';
  field.step = 'any';
  field.className = 'short';
  field.required = true;
  if (min !== undefined) {
    field.min = min;
  }
  field.value = typed(value);
  return field;
}

function button(words, action) {
  const element = document.createElement('button');
  element.type = 'button';
  element.textContent = words;
  element.addEventListener('click', action);
  return element;
}

/** Three numbers along the patient's axes. */
function place(words, values) {
  const fields = values.map((value) => number(value));
  const group = document.createElement('fieldset');
  group.className = 'choice';
  const legend = document.createElement('legend');
  legend.textContent = words;
  group.append(legend, ...['right', 'front', 'head'].map((axis, n) => labelled(axis, fields[n])));
  return {
    group,
    get: () => fields.map((field) => Number(field.value)),
    set: (other) => fields.forEach((field, n) => {
      field.value = typed(other[n]);
    }),
  };
}

const valid = (fields) => [...fields.querySelectorAll('input')].every((input) => input.reportValidity());

/**
 * Fills in what one kind of selection needs; `fields.reportSelection()` then gives its JSON, or null.
 * @param editing has the slices, the masks and the polygon
 */
export function selectionFields(fields, kind, editing) {
  const { slices } = editing;
  const centre = slices.patient();
  const give = (nodes, selection) => {
    fields.replaceChildren(...nodes);
    fields.reportSelection = () => (valid(fields) ? selection() : null);
    fields.showCorners = null;
  };
  if (kind === 'structure') {
    const select = document.createElement('select');
    const before = fields.querySelector('select')?.value;
    for (const { label, name } of editing.structures ?? []) {
      select.add(new Option(name, JSON.stringify({ label })));
    }
    if ([...select.options].some((option) => option.value === before)) {
      select.value = before;
    }
    give([labelled('Structure', select)], () => (select.length > 0 ? JSON.parse(select.value) : null));
  } else if (kind === 'mask') {
    const select = document.createElement('select');
    const before = fields.querySelector('select')?.value;
    for (const mask of editing.masks ?? []) {
      for (const label of mask.labels) {
        select.add(new Option(`${mask.name}, label ${label}`, JSON.stringify({ mask: mask.name, label })));
      }
    }
    if ([...select.options].some((option) => option.value === before)) {
      select.value = before;
    }
    const faults = (editing.masks ?? []).map((mask) => mask.fault).filter(Boolean);
    give(select.length > 0 ? [labelled('Label', select), ...faults]
      : faults.length > 0 ? faults : ['This page has no mask: open it with --mask.'],
      () => (select.length > 0 ? JSON.parse(select.value) : null));
  } else if (kind === 'sphere') {
    const middle = place('Centre, mm', centre);
    const radius = number(10, 0.01);
    give([middle.group, button('At the cross-hair', () => middle.set(slices.patient())), labelled('Radius, mm', radius)],
      () => ({ sphere: { centreMm: middle.get(), radiusMm: Number(radius.value) } }));
  } else if (kind === 'box') {
    const from = place('From, mm', centre.map((value) => value - 10));
    const to = place('To, mm', centre.map((value) => value + 10));
    give([from.group, button('From the cross-hair', () => from.set(slices.patient())), to.group,
      button('To the cross-hair', () => to.set(slices.patient()))], () => ({ box: { fromMm: from.get(), toMm: to.get() } }));
  } else if (kind === 'polygon') {
    const from = number(0, 0);
    const to = number(0, 0);
    const count = document.createElement('span');
    give([count, button('Corner at the cross-hair', () => editing.addCorner({ ...slices.cursor })),
      button('Begin anew', () => editing.clearPolygon()), labelled('Depth from, mm', from), labelled('to, mm', to)],
    () => {
      if (editing.polygon.length < 3) {
        count.textContent = 'A polygon has three corners or more: click them on a slice.';
        return null;
      }
      return { polygon: {
        pointsMm: editing.polygon.map((corner) => slices.plane.patient(corner.column, corner.row, slices.mm)),
        depthMm: [Number(from.value), Number(to.value)],
      } };
    });
    // Round the slice that is clicked, until somebody says otherwise.
    let typedDepths = false;
    [from, to].forEach((field) => field.addEventListener('input', () => {
      typedDepths = true;
    }));
    fields.showCorners = () => {
      count.textContent = `Click the corners on a slice (${editing.polygon.length} so far).`;
      if (!typedDepths) {
        from.value = typed(Math.max(0, slices.mm - slices.plane.spacingMm));
        to.value = typed(Math.min(slices.plane.depth, slices.mm + slices.plane.spacingMm));
      }
    };
  } else {
    const low = number(slices.window.low);
    const high = number(slices.window.high);
    give([labelled('From', low), labelled('to', high)], () => ({ intensity: [Number(low.value), Number(high.value)] }));
  }
}

/** The same for a change: `fields.reportChange()` gives its keys, or null. */
export function changeFields(fields, kind) {
  const give = (nodes, change) => {
    fields.replaceChildren(...nodes);
    fields.reportChange = () => (valid(fields) ? change() : null);
  };
  const keep = document.createElement('input');
  keep.type = 'checkbox';
  const kept = () => (keep.checked ? { duplicate: true } : {});
  const duplicate = labelled('', keep);
  duplicate.className = 'check';
  duplicate.append('keep the original, too');
  if (kind === 'move') {
    const by = place('By, mm', [5, 0, 0]);
    give([by.group, duplicate], () => ({ translateMm: by.get(), ...kept() }));
  } else if (kind === 'rotate') {
    const axis = place('Axis', [0, 0, 1]);
    const degrees = number(10);
    give([axis.group, labelled('Degrees', degrees), duplicate],
      () => ({ rotate: { axis: axis.get(), degrees: Number(degrees.value) }, ...kept() }));
  } else if (kind === 'scale') {
    const factor = place('Factors', [1.2, 1.2, 1.2]);
    give([factor.group, duplicate], () => ({ scale: factor.get(), ...kept() }));
  } else if (kind === 'setIntensity') {
    const value = number(100);
    give([labelled('Intensity', value)], () => ({ setIntensity: Number(value.value) }));
  } else if (kind === 'scaleIntensity') {
    const factor = number(1.2);
    const about = number(0);
    give([labelled('Factor', factor), labelled('about', about)],
      () => ({ scaleIntensity: { factor: Number(factor.value), about: Number(about.value) } }));
  } else if (kind === 'fade') {
    const left = number(0.5, 0);
    left.max = 1;
    give([labelled('Share that stays, 0 to 1', left)], () => ({ fade: Number(left.value) }));
  } else {
    give([], () => ({ delete: true }));
  }
}
