// The application's own log: what it did because of its user, on which page, to which object.

const queue = [];
let sending = null;
let offset = null;

/** Milliseconds of the server's CLOCK_MONOTONIC now. */
export const now = () => performance.now() + offset;

/** Measures how far the clocks are apart: the quickest of several answers is the best one. */
export async function synchronise() {
  let quickest = Infinity;
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const asked = performance.now();
    const answer = await (await fetch('/clock')).json();
    const taken = performance.now() - asked;
    if (taken < quickest) { quickest = taken; offset = answer - (asked + performance.now()) / 2; }
  }
}

/** Adds an entry; they arrive in order, several at a time where they come quickly. */
export function write(page, object, action, value = null, facts = {}) {
  queue.push({ page, object, action, value, time_ms: now(), ...facts });
  sending ??= send();
}

/** Resolves when all entries have arrived. */
export const arrived = () => sending;

/** The time of an event of the browser by the server's clock. */
export const stamp = (event) => event.timeStamp + offset;

async function send() {
  while (queue.length) {
    const entries = queue.splice(0);
    await fetch('/log', { method: 'POST', body: JSON.stringify(entries), keepalive: true });
  }
  sending = null;
}
