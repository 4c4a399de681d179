// Three planes and the surface, by NiiVue, with its cross-hair tied to that of the slices.

import { json } from './server.js';
import { save } from './picture.js';

const find = (id) => document.getElementById(id);
const TURN = 15;
const MESH_SLAB_MM = 1;

// Depth, azimuth and elevation of a plane that cuts the drawn volume: beyond it, and before all of it.
const NO_CLIP = [2, 0, 0];
const CLIP_ALL = [-1, 0, 0];

function script(source) {
  return new Promise((done, failed) => {
    const element = document.createElement('script');
    element.src = source;
    element.addEventListener('load', done);
    element.addEventListener('error', () => failed(new Error(`${source} could not be loaded`)));
    document.head.append(element);
  });
}

export class Space {
  /** @param slices the slices' view, or null for a mesh alone */
  constructor(state, slices, fail) {
    this.state = state;
    this.slices = slices;
    this.fail = fail;
    this.bases = state.volumes.filter((volume) => !volume.mask);
    this.masks = state.volumes.filter((volume) => volume.mask);
    find('space').hidden = false;
    find('space-volume').replaceChildren(...this.bases.map((volume) => new Option(volume.name, volume.id)));
    find('space-volume-label').hidden = this.bases.length === 0;
    find('space-mask-label').hidden = this.bases.length === 0 || this.masks.length === 0;
    find('space-mesh-label').hidden = !state.surfaces;
    find('space-solid-label').hidden = !state.surfaces || this.bases.length === 0;
  }

  say(text) {
    find('space-state').textContent = text;
    document.getElementById('space').dataset.state = text === '' ? 'ready' : 'busy';
  }

  /** Loads NiiVue and what it shows; the page can be used meanwhile. */
  async start() {
    this.turn = this.attach();
    await this.load();
    this.place();
  }

  async attach() {
    try {
      this.say('Loading the viewer …');
      await script('niivue.umd.js');
      const { Niivue, DRAG_MODE, SLICE_TYPE, SHOW_RENDER, MULTIPLANAR_TYPE } = window.niivue;
      this.constants = { DRAG_MODE, SLICE_TYPE };
      const nv = new Niivue({
        backColor: [0, 0, 0, 1], crosshairColor: [0.35, 0.77, 1, 1], crosshairWidth: 0.7, show3Dcrosshair: true,
        isRadiologicalConvention: true, isCornerOrientationText: true, dragAndDropEnabled: false, logLevel: 'error',
        loadingText: '', multiplanarShowRender: SHOW_RENDER.ALWAYS, multiplanarLayout: MULTIPLANAR_TYPE.GRID, multiplanarPadPixels: 4, meshThicknessOn2D: MESH_SLAB_MM,
        dragMode: DRAG_MODE.pan, isSliceMM: true, measureLineColor: [0.55, 1, 0.7, 1], measureTextColor: [0.55, 1, 0.7, 1],
      });
      await nv.attachToCanvas(find('space-canvas'));
      find('space-canvas').niivue = nv;
      this.nv = nv;
      this.setVolumeInSpace();
      nv.onLocationChange = (location) => this.located(location.mm);
      this.listen();
    } catch (error) {
      this.nv = null;
      this.say('');
      find('space-state').textContent = 'Three planes and surface cannot be shown here.';
      this.fail(`Three planes and surface cannot be shown: ${error.message}`);
    }
  }

  /** Works, one after the other and after all that were begun before: what comes last is the newest. One may fail alone. */
  inTurn(...works) {
    this.turn = this.turn.then(async () => {
      for (const work of this.nv ? works : []) {
        try {
          await work();
        } catch (error) {
          this.fail(`Three planes and surface: ${error.message}`);
        }
      }
      if (this.nv) {
        this.say('');
      }
    });
    return this.turn;
  }

  /** Volume and surface, also anew when the model is another. */
  load() {
    return this.inTurn(() => this.loadVolume(), () => this.loadSurfaces());
  }

  listen() {
    find('space-view').addEventListener('change', () => this.setView());
    find('space-volume').addEventListener('change', () => this.inTurn(() => this.loadVolume()));
    find('space-mask').addEventListener('change', () => this.inTurn(() => this.loadVolume()));
    find('space-mesh').addEventListener('change', () => this.setMeshes());
    find('space-solid').addEventListener('change', () => this.setVolumeInSpace());
    find('space-measure').addEventListener('change', (event) => {
      const { DRAG_MODE } = this.constants;
      this.nv.opts.dragModePrimary = event.target.checked ? DRAG_MODE.measurement : DRAG_MODE.crosshair;
    });
    for (const [id, azimuth, elevation] of [['turn-left', -TURN, 0], ['turn-right', TURN, 0], ['turn-up', 0, TURN],
      ['turn-down', 0, -TURN]]) {
      find(id).addEventListener('click', () => {
        const { renderAzimuth, renderElevation } = this.nv.scene;
        this.nv.setRenderAzimuthElevation(renderAzimuth + azimuth, renderElevation + elevation);
      });
    }
    find('space-picture').addEventListener('click', () => {
      this.nv.drawScene();
      find('space-canvas').toBlob((blob) => save(blob, `${this.state.title}-planes.png`));
    });
    this.slices?.addEventListener('settled', () => this.place());
    this.slices?.addEventListener('window', () => this.setWindowSoon());
    find('smooth').addEventListener('change', () => this.setSmooth());
  }

  setView() {
    const { SLICE_TYPE } = this.constants;
    this.nv.setSliceType({
      all: SLICE_TYPE.MULTIPLANAR, axial: SLICE_TYPE.AXIAL, coronal: SLICE_TYPE.CORONAL, sagittal: SLICE_TYPE.SAGITTAL,
      render: SLICE_TYPE.RENDER,
    }[find('space-view').value]);
  }

  /** A surface lies within the volume: in space only one of the two can be seen whole. */
  setVolumeInSpace() {
    const solid = find('space-solid').checked || !this.state.surfaces;
    this.nv.setClipPlane(solid ? NO_CLIP : CLIP_ALL);
  }

  setSmooth() {
    this.nv.setInterpolation(!find('smooth').checked);
  }

  async loadVolume() {
    const base = this.bases.find((volume) => volume.id === find('space-volume').value) ?? this.bases[0];
    if (!base) {
      find('space-view').value = 'render';
      this.setView();
      return;
    }
    this.say(`Loading ${base.name} …`);
    const window = this.slices.window;
    const wanted = [{ url: `volume.nii?id=${base.id}`, name: `${base.id}.nii`, colormap: 'gray', cal_min: window.low,
      cal_max: window.high, colorbarVisible: false }];
    // The mask that was made with it: the model's for the model, the input's for the input.
    const mask = (base.id === 'input' && this.masks.find((each) => each.id === 'labels')) || this.masks[0];
    if (mask && find('space-mask').checked) {
      wanted.push({ url: `volume.nii?id=${mask.id}`, name: `${mask.id}.nii`, colormap: 'warm', opacity: 0.45,
        cal_min: 0.5, cal_max: 1, colorbarVisible: false });
    }
    await this.nv.loadVolumes(wanted);
    this.setSmooth();
    this.place();
  }

  async loadSurfaces() {
    if (!this.state.surfaces) {
      return;
    }
    this.say('Making the surface …');
    this.surfaces = await json('surfaces.json');
    const colour = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
    for (const mesh of [...this.nv.meshes]) {
      this.nv.removeMesh(mesh);
    }
    await this.nv.loadMeshes(this.surfaces.map((surface, n) => ({
      url: `surface.mz3?n=${n}`, name: `${n}.mz3`, rgba255: [...colour(surface.color), 255],
    })));
    this.setMeshes();
    document.getElementById('space').dataset.meshes = this.nv.meshes.length;
    find('surface-list').replaceChildren(...this.surfaces.map((surface) => {
      const item = document.createElement('li');
      const swatch = document.createElement('span');
      swatch.className = 'swatch';
      swatch.style.background = surface.color;
      const numbers = document.createElement('span');
      numbers.className = 'numbers';
      numbers.textContent = `${(surface.volumeMm3 / 1000).toFixed(2)} mL, ${(surface.areaMm2 / 100).toFixed(1)} cm², `
        + `${surface.triangles.toLocaleString('en')} triangles`;
      item.append(swatch, surface.name, numbers);
      return item;
    }));
  }

  setMeshes() {
    for (const mesh of this.nv.meshes) {
      this.nv.setMeshProperty(mesh.id, 'visible', find('space-mesh').checked);
    }
  }

  /** Every change uploads the volume anew: once, when the window has come to rest. */
  setWindowSoon() {
    clearTimeout(this.windowing);
    this.windowing = setTimeout(() => this.setWindow(), 250);
  }

  setWindow() {
    const volume = this.nv.volumes[0];
    if (volume) {
      volume.cal_min = this.slices.window.low;
      volume.cal_max = this.slices.window.high;
      this.nv.updateGLVolume();
    }
  }

  /** The slices' cross-hair, here. */
  place() {
    if (!this.nv || !this.slices || this.slices.mm === null || this.nv.volumes.length === 0) {
      return;
    }
    const patient = this.slices.patient();
    if (this.last && patient.every((value, axis) => Math.abs(value - this.last[axis]) < 0.2 * this.slices.plane.same)) {
      return;
    }
    this.last = patient;
    this.nv.scene.crosshairPos = this.nv.mm2frac(patient);
    this.nv.drawScene();
    find('space-place').textContent = `Cross-hair: ${this.slices.plane.words(patient)}`;
  }

  /** The cross-hair was moved here: the slices follow. */
  located(mm) {
    if (!this.slices || this.nv.volumes.length === 0) {
      return;
    }
    this.slices.follow([mm[0], mm[1], mm[2]]);
    this.last = this.slices.patient();
    find('space-place').textContent = `Cross-hair: ${this.slices.plane.words(this.last)}`;
  }
}
