// What a phone shows around an application: status bar, system keys, keyboard, wallpaper.
import { esc, mark, pick, random } from './html.mjs';
import { iconPath } from './icons.mjs';
import { picture } from './pictures.mjs';

const LETTERS = {
  latin: ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'], ru: ['йцукенгшщзх', 'фывапролджэ', 'ячсмитьбю'],
  de: ['qwertzuiopü', 'asdfghjklöä', 'yxcvbnm'], ar: ['ضصثقفغعهخحج', 'شسيبلاتنمك', 'ئءؤرىةوزظ'],
  number: ['123', '456', '789', '*0#'],
};

/** Wraps the application's markup in the bars that `look.chrome` asks for. */
export function device(app, look) {
  const { status, system, keyboard, wallpaper, seed } = look.chrome ?? {};
  const rng = random(seed ?? 0);
  const heights = { top: status ? pick(rng, [24, 28, 44]) : 0, system: system ? pick(rng, [24, 48]) : 0, keyboard: keyboard ? pick(rng, [216, 250]) : 0 };
  const spaced = (look.spread ?? null) !== null;
  const style = Object.entries({
    ...(spaced ? { spread: `${look.spread}px` } : {}),
    top: `${heights.top}px`, bottom: `${heights.system + heights.keyboard}px`, system: `${heights.system}px`, keyboard: `${heights.keyboard}px`,
    ...colours(look, rng), ...(wallpaper === undefined || wallpaper === null ? {} : { wallpaper: `url(&quot;${picture(wallpaper)}&quot;)` }),
  }).map(([name, value]) => `--${name}:${value}`).join(';');
  const papered = wallpaper === undefined || wallpaper === null ? '' : ' vt-wallpaper';
  const arranged = `vt-flow-${look.flow ?? 'rows'}${spaced ? ' vt-spaced' : ''}`;
  return `<div class="${arranged}" style="${style};position:absolute;inset:0">${status ? statusBar(look, rng) : ''}
    <div class="vt-device${papered}">${app}</div>
    ${keyboard ? keys(look, rng) : ''}${system ? systemBar(rng, heights.system, look.chrome.shapes) : ''}</div>`;
}

function colours(look, rng) {
  const dark = rng() < 0.5 ? look.dark : true;
  return {
    'status-bg': dark ? '#0b0b0d' : '#fafafa', 'status-fg': dark ? '#eee' : '#222',
    'keys-bg': look.dark ? '#2b2b2e' : '#d2d5db', 'keys-fg': look.dark ? '#fff' : '#111',
    'key-bg': look.dark ? '#5a5a5f' : '#fff', 'key-corner': pick(rng, ['5px', '8px', '22px']),
    'key-shadow': rng() < 0.5 ? '0 1px 0 rgb(0 0 0 / .35)' : 'none',
  };
}

const glyph = (set, name, id) => `<i class="vt-icon vt-glyph" style="--mask:url(${iconPath(set, name)})"${mark({ id }, 'icon', 'icon', { self: true })}></i>`;

function statusBar(look, rng) {
  const clock = `${Math.floor(rng() * 24)}:${String(Math.floor(rng() * 60)).padStart(2, '0')}`;
  const set = pick(rng, ['mdi', 'ionicons', 'bootstrap']);
  const battery = rng() < 0.5 ? `<span>${Math.floor(rng() * 100)}%</span>` : '';
  const icons = ['wifi', 'bluetooth', 'alarm', 'pin'].filter(() => rng() < 0.5);
  return `<div class="vt-status"><span class="vt-clock">${clock}</span>${icons.map((name) => glyph(set, name, `chrome/${name}`)).join('')}${battery}${glyph(set, 'battery', 'chrome/battery')}</div>`;
}

const SHAPES = {
  back: '<path d="M18 5v14L5 12z"/>', home: '<circle cx="12" cy="12" r="7"/>', grid: '<rect x="6" y="6" width="12" height="12"/>',
};

/** A key of Android's own: a triangle, a circle or a square. */
function shape(name, solid) {
  const paint = solid ? '' : ' fill="none" stroke="black" stroke-width="1.8"';
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><g${paint}>${SHAPES[name]}</g></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

function systemBar(rng, height, shapes) {
  if (height < 40) return '<div class="vt-system"><span class="vt-pill"></span></div>';
  const set = pick(rng, ['lucide', 'mdi', 'ionicons-outline']);
  const solid = shapes && rng() < 0.4;
  const drawn = (name) => (shapes ? `&quot;${shape(name, solid)}&quot;` : iconPath(set, name));
  return `<div class="vt-system">${['back', 'home', 'grid'].map((name) => `<span${mark({ id: `chrome/key-${name}` }, 'icon_button', 'icon', { self: true })}>
    <i class="vt-icon vt-glyph" style="--mask:url(${drawn(name)})"></i></span>`).join('')}</div>`;
}

function keys(look, rng) {
  const layout = rng() < 0.2 ? 'number' : LETTERS[look.language] ? look.language : 'latin';
  const upper = layout !== 'number' && rng() < 0.3;
  const key = (id, words, extra = '') => `<div class="vt-key${extra}"${mark({ id: `key/${id}` }, 'button', 'button', { self: true })} data-t="key">${esc(words)}</div>`;
  const icon = (id, name) => `<div class="vt-key vt-wide"${mark({ id: `key/${id}` }, 'icon_button', 'icon', { self: true })}><i class="vt-icon vt-glyph" style="--mask:url(${iconPath('lucide', name)})"></i></div>`;
  const rows = LETTERS[layout].map((line, n) => {
    const row = [...line].map((letter) => key(letter, upper ? letter.toUpperCase() : letter)).join('');
    if (layout === 'number' || n < 2) return row;
    return `${icon('shift', 'upload')}${row}${icon('erase', 'back')}`;
  });
  if (layout !== 'number') rows.push(key('symbols', '?123', ' vt-wide') + key('space', pick(rng, ['English', 'space', '']), ' vt-space') + icon('enter', 'check'));
  return `<div class="vt-keyboard" data-over dir="ltr">${rows.map((row) => `<div class="vt-keys">${row}</div>`).join('')}</div>`;
}
