// What the page asks its server. All addresses are relative, so they carry the token of the page's own address.

/** An answer that is not the wanted one: its status, and the server's line for people. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function ask(path, options) {
  const answer = await fetch(path, options);
  if (!answer.ok) {
    let text = `the server answered ${answer.status}`;
    try {
      text = (await answer.json()).error ?? text;
    } catch {
      // The status says enough.
    }
    throw new Refused(answer.status, text);
  }
  return answer;
}

export async function json(path) {
  return (await ask(path)).json();
}

/** A file of the server's, whole. */
export async function blob(path) {
  return (await ask(path)).blob();
}

export async function post(path, body) {
  return (await ask(path, { method: 'POST', body: body === undefined ? null : JSON.stringify(body) })).json();
}

/**
 * A slice: Float32Array of its image in the input's units, Uint8Array of its mask (0 to 255); each may be null.
 * @param {number} pixels of a slice
 */
export async function slice(path, pixels, hasImage, hasMask) {
  const buffer = await (await ask(path)).arrayBuffer();
  const imageBytes = hasImage ? 4 * pixels : 0;
  return {
    image: hasImage ? new Float32Array(buffer, 0, pixels) : null,
    mask: hasMask ? new Uint8Array(buffer, imageBytes, pixels) : null,
  };
}

/** The last few results of a function by key, so that going back and forth asks nothing anew. */
export class Recent {
  constructor(most, make) {
    this.most = most;
    this.make = make;
    this.entries = new Map();
  }

  get(key) {
    let entry = this.entries.get(key);
    if (entry === undefined) {
      entry = this.make(key);
      entry.catch(() => this.entries.delete(key));
    }
    this.entries.delete(key);
    this.entries.set(key, entry);
    if (this.entries.size > this.most) {
      this.entries.delete(this.entries.keys().next().value);
    }
    return entry;
  }
}
