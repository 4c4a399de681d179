// Editing the model: what is selected, what is done to it, and the list of what was done.

import { blob, json, post } from './server.js';
import { save } from './picture.js';
import { selectionFields, changeFields } from './edit-form.js';

const find = (id) => document.getElementById(`edit-${id}`);
const whole = (number) => number.toLocaleString('en');

export class Editing {
  /**
   * @param {number} changes how often the model has changed that the page shows
   * @param changed called when the model is another, with what the server says of it
   */
  constructor(slices, changes, changed, fail) {
    this.slices = slices;
    this.shown = changes;
    this.latest = { changes };
    this.changed = changed;
    this.fail = fail;
    this.terms = [];
    this.polygon = [];
    document.getElementById('edit').hidden = false;
    find('selection').addEventListener('change', () => this.showSelection());
    find('change').addEventListener('change', () => this.showChange());
    find('add').addEventListener('click', () => this.addTerm());
    find('form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.apply();
    });
    find('undo').addEventListener('click', () => this.send('undo'));
    find('save-list').addEventListener('click', () => this.saveList());
    find('save-model').addEventListener('click', () => this.saving('The model', 'edited.medgs', 'edited.medgs'));
    find('open').addEventListener('change', (event) => this.open(event.target));
    slices.addEventListener('corner', (event) => this.addCorner(event.detail));
    this.showSelection();
    this.showChange();
    document.getElementById('edit-details').addEventListener('toggle', () => this.list === undefined && this.refresh());
  }

  /** How the model is now, and how often it has changed: by this page or, which is new to it, by another one. */
  async heard(news) {
    this.learn(news);
    if (this.sending || this.latest.changes === this.shown) {
      return;
    }
    this.shown = this.latest.changes;
    if (this.list !== undefined) {
      await this.refresh();
    }
    if (this.refused) {
      find('said').textContent = `${this.refused}. Another page has edited since.`;
    }
    this.changed(this.latest);
  }

  /** Answers and events overtake each other. */
  learn(news) {
    if (news.changes >= this.latest.changes) {
      this.latest = news;
    }
  }

  /** Asks for the list only when it is wanted: masks have to be read for it. True when it came. */
  async refresh() {
    try {
      this.show(await json('edits.json'));
      return true;
    } catch (error) {
      this.fail(`The edits could not be read: ${error.message}`);
      return false;
    }
  }

  /** As it is now, whoever edited, and also where the panel was not opened. */
  async saveList() {
    if (await this.refresh()) {
      save(new Blob([this.list], { type: 'application/json' }), `${this.slices.state.title}-edits.json`);
    }
  }

  /** Gives the user a file of the server's; a link of its own would not show what the server says when it cannot. */
  async saving(what, path, name) {
    try {
      save(await blob(path), `${this.slices.state.title}-${name}`);
    } catch (error) {
      this.fail(`${what} could not be saved: ${error.message}`);
    }
  }

  /** The fields of the kind of selection that is chosen; what was typed for the change stays. */
  showSelection() {
    selectionFields(find('selection-fields'), find('selection').value, this);
    this.showPolygon();
  }

  /** The same for the change: what was typed for the selection stays. */
  showChange() {
    changeFields(find('change-fields'), find('change').value);
    find('fill-label').hidden = !['move', 'rotate', 'scale', 'fade', 'delete'].includes(find('change').value);
  }

  /** The corners so far, where a polygon is drawn. */
  showPolygon() {
    find('selection-fields').showCorners?.();
    this.slices.drawing = find('selection').value === 'polygon' ? this.polygon : null;
    this.slices.draw();
  }

  /** A click while a polygon is drawn. */
  addCorner(pixel) {
    this.polygon.push(pixel);
    this.showPolygon();
  }

  clearPolygon() {
    this.polygon = [];
    this.showPolygon();
  }

  /** The selection in the fields, as the list has it; null with a word why when something is missing. */
  term() {
    const fields = find('selection-fields');
    if (!fields.reportSelection) {
      return null;
    }
    const selection = fields.reportSelection();
    return selection && find('not').checked ? { not: selection } : selection;
  }

  addTerm() {
    const term = this.term();
    if (term) {
      this.terms.push(term);
      find('not').checked = false;
      this.showTerms();
    }
  }

  showTerms() {
    find('join-label').hidden = this.terms.length === 0;
    find('terms').replaceChildren(...this.terms.map((term, n) => {
      const item = document.createElement('li');
      const remove = document.createElement('button');
      remove.type = 'button';
      remove.textContent = 'Remove';
      remove.addEventListener('click', () => {
        this.terms.splice(n, 1);
        this.showTerms();
      });
      item.append(`${JSON.stringify(term).replaceAll('"', '').replaceAll(',', ', ')} `, remove);
      return item;
    }));
  }

  apply() {
    const own = this.term();
    const all = own ? [...this.terms, own] : [];
    const change = find('change-fields').reportChange();
    if (all.length === 0 || !change) {
      return;
    }
    const edit = { select: all.length === 1 ? all[0] : { [find('join').value]: all }, ...change };
    if (!find('fill-label').hidden && !edit.duplicate) {
      edit.fill = find('fill').value;
    }
    this.send('edit', { edits: [edit] });
  }

  async open(input) {
    const [file] = input.files;
    if (file) {
      try {
        await this.send('edit', JSON.parse(await file.text()));
      } catch (error) {
        this.fail(`${file.name} could not be opened: ${error.message}`);
      }
      input.value = '';
    }
  }

  async send(what, body) {
    const buttons = document.querySelectorAll('#edit button');
    this.sending = true;
    this.refused = null;
    find('said').textContent = 'Editing …';
    buttons.forEach((button) => {
      button.disabled = true;
    });
    try {
      const answer = await post(what, body);
      buttons.forEach((button) => {
        button.disabled = false;
      });
      if (what === 'edit') {
        this.terms = [];
        this.showTerms();
        this.clearPolygon();
      }
      this.show(answer);
      this.shown = answer.changes;
      this.learn(answer);
      this.changed(this.latest);
    } catch (error) {
      buttons.forEach((button) => {
        button.disabled = false;
      });
      find('undo').disabled = !this.steps?.length;
      // Stands until the next try: what another page does meanwhile is no answer to this one.
      this.refused = `Not done: ${error.message}`;
      find('said').textContent = this.refused;
    }
    this.sending = false;
    await this.heard(this.latest);
  }

  show(answer) {
    this.list = answer.list;
    this.steps = answer.steps;
    this.masks = answer.masks;
    if (answer.structures && !this.structures) {
      find('selection').querySelector('[value=structure]').hidden = false;
      find('selection').value = 'structure';
    }
    this.structures = answer.structures;
    const last = answer.steps.at(-1);
    find('said').textContent = this.refused ?? (`${answer.steps.length === 0 ? 'The model is as it was opened'
      : last.selected === 0 ? 'The last edit selected no Gaussian' : `Done: ${whole(last.selected)} Gaussians selected`}; `
      + `it has ${whole(answer.gaussians)}.`
      + (answer.local ? '' : ' Its Gaussians are not anchored on slices: an edit may show far from what it selects.')
      + (last?.lost > 0 ? ` ${Math.max(1, Math.round(100 * last.lost))} % of the selection left the volume.` : ''));
    find('steps').replaceChildren(...answer.steps.map((step) => {
      const item = document.createElement('li');
      const numbers = document.createElement('span');
      numbers.className = 'numbers';
      numbers.textContent = `${whole(step.selected)} selected, ${whole(step.placed)} placed, ${whole(step.removed)} removed, `
        + `${whole(step.repainted)} repainted`;
      item.append(`${step.words} `, numbers);
      return item;
    }));
    find('undo').disabled = answer.steps.length === 0;
    if (['mask', 'structure'].includes(find('selection').value)) {
      this.showSelection();
    }
  }
}
