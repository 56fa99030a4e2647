// How a section of an Android screen is laid out.
const PLAIN = { line: 'a-line', spread: 'a-spread', column: 'a-column', centre: 'a-centre', stack: 'a-stack', wide: 'a-column a-wide', pill: 'a-pill' };

const drawn = (kit, widgets) => widgets.map((w) => kit.widget(w)).join('');

const LAYOUTS = {
  list: (kit, s) => drawn(kit, s.widgets),
  strip: (kit, s) => drawn(kit, s.widgets),
  cards: (kit, s) => `<div class="a-cards" style="--columns:${s.columns}">${drawn(kit, s.widgets)}</div>`,
  tiles: (kit, s) => `<div class="a-tiles">${s.widgets.map((w) => kit.tile(w)).join('')}</div>`,
  carousel: (kit, s) => `<div class="a-carousel">${s.widgets.map((w) => (w.kind === 'image' ? kit.tile(w) : kit.widget(w))).join('')}</div>`,
  icons: (kit, s) => `<div class="a-icons" style="--columns:${s.columns}">${s.widgets.map((w) => (w.kind === 'image' ? kit.app(w) : kit.widget(w))).join('')}</div>`,
  keys: (kit, s) => `<div class="a-keys" dir="ltr" style="--columns:${s.columns}">${s.widgets.map((w) => kit.keypad(w)).join('')}</div>`,
  hero: (kit, s) => s.widgets.map((w) => kit.tile({ ...w, over: true })).join(''),
  dots: (kit, s) => `<div class="a-dots">${Array.from({ length: s.columns }, (_, n) => `<i${n ? '' : ' class="a-on"'}></i>`).join('')}</div>`,
};

/** The markup of a section's widgets. */
export function arranged(kit, s) {
  const draw = LAYOUTS[s.arrangement];
  return draw ? draw(kit, s) : `<div class="${PLAIN[s.arrangement]}">${drawn(kit, s.widgets)}</div>`;
}
