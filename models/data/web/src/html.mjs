// Small pieces of HTML, and the marks that tie what is drawn to the logical page.

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const esc = (text) => String(text).replace(/[&<>"']/g, (c) => ENTITIES[c]);

/**
 * Attributes that say "this host draws part `part` of widget `w` as an object of class `cls`".
 * With `self` the box is the host's own, whatever the kit's selector for the class.
 */
export function mark(w, cls, part = cls, { self = false } = {}) {
  return ` data-w="${esc(w.id)}" data-c="${cls}" data-p="${esc(part)}"${self ? ' data-self' : ''}`;
}

/** Attribute that says "texts inside belong to widget `w`"; `part` settles which, where needed. */
export function owner(w, part) {
  return ` data-w="${esc(w.id)}"${part ? ` data-t="${esc(part)}"` : ''}`;
}

/** A seeded generator of numbers in [0, 1): mulberry32. */
export function random(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export const pick = (rng, items) => items[Math.floor(rng() * items.length)];

export const range = (count) => Array.from({ length: count }, (_, n) => n);

/** #rrggbb of a colour given as hue in degrees, saturation and lightness in per cent. */
export function hex(hue, saturation, lightness) {
  const s = saturation / 100;
  const l = lightness / 100;
  const channel = (n) => {
    const k = (n + hue / 30) % 12;
    const value = l - s * Math.min(l, 1 - l) * Math.max(-1, Math.min(k - 3, 9 - k, 1));
    return Math.round(255 * value).toString(16).padStart(2, '0');
  };
  return `#${channel(0)}${channel(8)}${channel(4)}`;
}
