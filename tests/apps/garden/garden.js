// Shows one page at a time; its name and argument are in the address: #plant/Sage.
import { icon } from './icons.js';
import { arrived, synchronise, write } from './log.js';
import { closeLayer, element, layered } from './widgets.js';
import * as form from './pages/form.js';
import * as journal from './pages/journal.js';
import * as map from './pages/map.js';
import * as pad from './pages/pad.js';
import * as plant from './pages/plant.js';
import * as plants from './pages/plants.js';
import * as settings from './pages/settings.js';

const PAGES = { plants, plant, form, journal, map, settings, pad };
const SECTIONS = [['plants', 'Plants', 'plant'], ['journal', 'Journal', 'book'], ['map', 'Map', 'map'], ['settings', 'Settings', 'gear']];

document.documentElement.dataset.look = new URLSearchParams(location.search).get('look') ?? 'light';

let depth = 0;
const current = () => decodeURIComponent(location.hash.slice(1) || 'plants').split('/');

function show() {
  closeLayer();
  const [name, argument] = current();
  const page = PAGES[name] ? name : 'plants';
  const act = (object, action, value, facts) => write(page, object, action, value, facts);
  const main = document.getElementById('page');
  main.replaceChildren();
  PAGES[page].show(main, { act, go, back, argument });
  drawRail(page);
  write(page, argument ?? '', 'shown');
}

/** Opens a page on top of this one. */
export function go(address) {
  depth += 1;
  history.pushState({ depth }, '', `#${address}`);
  show();
}

/** Closes what is on top; false if there is nothing to go back to. */
export async function back() {
  if (layered()) { closeLayer(); return true; }
  if (depth === 0) return false;
  history.back();
  return true;
}

function drawRail(page) {
  const rail = document.getElementById('rail');
  rail.hidden = page === 'pad';
  rail.replaceChildren(...SECTIONS.map(([name, label, picture]) => {
    const button = element(`<button class="${page === name ? 'on' : ''}" id="go-${name}"><i>${icon(picture)}</i>${label}</button>`);
    button.onclick = () => { write(page, label, 'tap'); if (page !== name) go(name); };
    return button;
  }));
}

addEventListener('popstate', () => { depth = history.state?.depth ?? 0; show(); });
addEventListener('keydown', (event) => { if (event.key === 'Escape' && layered()) closeLayer(); });
const ready = synchronise().then(show).then(arrived);
window.garden = { back, ready };
