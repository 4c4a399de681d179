// A run while it trains: its course, its curves, and the button that stops it.

import { historyCharts } from './chart.js';
import { post } from './server.js';

const MILLISECONDS_BETWEEN_LOOKS = 1500;

function clock(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const two = (value) => String(value).padStart(2, '0');
  return whole >= 3600 ? `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`
    : `${Math.floor(whole / 60)}:${two(whole % 60)}`;
}

export class Live {
  /** @param slices told to look again as the model learns; @param fail called with a line when something goes wrong */
  constructor(state, slices, fail) {
    this.history = state.history;
    this.slices = slices;
    this.lastLook = 0;
    this.find = (id) => document.getElementById(`live-${id}`);
    document.getElementById('live').hidden = false;
    this.find('stop').addEventListener('click', async () => {
      try {
        this.find('stop').disabled = true;
        this.show(await post('stop'));
      } catch (error) {
        this.find('stop').disabled = false;
        fail(`The run could not be stopped: ${error.message}`);
      }
    });
    this.show(state.live);
    this.drawCharts();
  }

  listen(events) {
    events.addEventListener('progress', (event) => this.show(JSON.parse(event.data)));
    events.addEventListener('row', (event) => {
      const row = JSON.parse(event.data);
      if (!this.history.some((each) => each.iteration === row.iteration)) {
        this.history.push(row);
      }
      this.drawCharts();
    });
    events.addEventListener('ended', (event) => this.show(JSON.parse(event.data)));
  }

  /** After the connection was lost for a while. */
  resume(state) {
    this.history = state.history;
    this.show(state.live);
    this.drawCharts();
  }

  drawCharts() {
    this.find('charts').replaceChildren(...historyCharts(this.history, this.iterations));
  }

  show(progress) {
    this.ended = progress.ended !== undefined;
    if (progress.iterations > 0) {
      if (progress.work === 'training') {
        this.iterations = progress.iterations;
      }
      this.find('bar').value = progress.iteration / progress.iterations;
      const left = progress.secondsLeft === undefined || this.ended ? '' : ` · ${clock(progress.secondsLeft)} to go`;
      this.find('text').textContent = `${progress.work}: ${progress.iteration.toLocaleString('en')} of `
        + `${progress.iterations.toLocaleString('en')}${left}`;
    }
    this.find('stop').disabled = progress.stopping || this.ended || progress.work !== 'training';
    this.find('said').textContent = this.ended ? progress.ended
      : progress.stopping ? 'Stopping: the checkpoint is being written …' : '';
    const now = performance.now();
    if (!this.ended && progress.work === 'training' && progress.iteration > 0 && this.find('follow').checked && document.visibilityState === 'visible'
      && now - this.lastLook > MILLISECONDS_BETWEEN_LOOKS) {
      this.lastLook = now;
      this.slices?.again();
    }
  }
}
