// The page begins here: asks what there is, and makes the parts that show it.

import { json } from './server.js';
import { Slices } from './slices.js';
import { Gaussians } from './gaussians.js';
import { Editing } from './edit.js';
import { Space } from './space.js';
import { Live } from './live.js';
import { showReport } from './report.js';

const find = (id) => document.getElementById(id);
const KINDS = { run: 'run', model: 'model', volume: 'volume', mesh: 'surface', training: 'in training' };

/** A line for people: `notes` says what cannot be shown, `fault` what went wrong last, `lost` that the program is away. */
function say(id, text) {
  find(id).textContent = text;
  find(id).hidden = false;
}

const fail = (text) => say('fault', text);

function showNotes(notes) {
  if (notes.length > 0) {
    say('notes', notes.join(' '));
  }
}

function contents() {
  find('contents').replaceChildren(...[...document.querySelectorAll('main > section:not([hidden])')].map((section) => {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = `#${section.id}`;
    link.textContent = section.querySelector('h2').textContent;
    item.append(link);
    return item;
  }));
}

/** Hears that the server is there, and what a run does. */
function connect(live, editing) {
  const events = new EventSource('events');
  let lost = false;
  let goodbye = null;
  live?.listen(events);
  events.addEventListener('edited', (event) => editing?.heard(JSON.parse(event.data)));
  // What is made late, as the volumes are, may come with one.
  events.addEventListener('notes', (event) => showNotes(JSON.parse(event.data)));
  events.addEventListener('open', async () => {
    clearTimeout(goodbye);
    goodbye = null;
    if (lost) {
      lost = false;
      find('lost').hidden = true;
      live?.resume(await json('state.json'));
    }
  });
  events.addEventListener('error', () => {
    lost = true;
    // It tries again by itself, and each try that fails is heard here.
    goodbye ??= setTimeout(() => say('lost', live?.ended ? 'The run is over and its page closed. What is shown stays.'
      : 'The program behind this page has ended, or cannot be reached. What is shown stays.'), 2500);
  });
}

async function begin() {
  const state = await json('state.json');
  document.title = `${state.title} · MedGS`;
  find('title').textContent = state.title;
  find('subtitle').textContent = KINDS[state.kind] + (state.model ? `, drawn by the ${state.model.engine} engine` : '');
  showNotes(state.notes);
  const slices = state.slices ? new Slices(state, fail) : null;
  if (state.model) {
    new Gaussians(slices, fail);
  }
  const live = state.live ? new Live(state, slices, fail) : null;
  find('report').hidden = !showReport(state, find('report-body'));
  find('loading').hidden = true;
  const space = state.volumes.length > 0 || state.surfaces ? new Space(state, slices, fail) : null;
  const editing = state.editable ? new Editing(slices, state.changes, (news) => {
    slices.edited(news);
    space?.load();
  }, fail) : null;
  contents();
  connect(live, editing);
  document.body.dataset.ready = 'true';
  await space?.start();
}

begin().catch((error) => {
  find('loading').hidden = true;
  fail(`This page could not be made: ${error.message}`);
});
