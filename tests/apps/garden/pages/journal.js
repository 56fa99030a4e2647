// A long list; each entry can be starred.
import { icon } from '../icons.js';
import { journal, save, store } from '../store.js';
import { element, escaped, header, identifier, pressable, toast } from '../widgets.js';

const QUIET_MS = 150;

export function show(main, { act }) {
  const wide = element('<div class="wide"></div>');
  wide.append(...journal.map((entry) => row(entry)));
  const scroll = element('<div class="scroll" id="entries"></div>');
  scroll.append(wide);
  main.append(header('Journal'), scroll);
  logScrolling(scroll, (value) => act('Journal', 'scroll', value));

  function row(entry) {
    const name = `${entry.title}, ${entry.date}`;
    const made = element(`<button class="row ${store.stars.includes(name) ? 'on' : ''}" id="entry-${identifier(name)}">
      <span class="grow"><b>${escaped(entry.title)}</b><small>${entry.date} · ${entry.place}</small></span>${icon('star')}</button>`);
    const draw = () => { made.lastElementChild.style.fill = store.stars.includes(name) ? 'currentColor' : 'none'; };
    pressable(made, () => {
      const on = !store.stars.includes(name);
      store.stars = on ? [...store.stars, name] : store.stars.filter((other) => other !== name);
      save();
      draw();
      act(name, 'star', on);
    }, () => { act(name, 'hold'); toast(`${entry.title}: ${entry.place}`); });
    draw();
    return made;
  }
}

/** One entry of the log when a movement has ended. */
function logScrolling(element_, run) {
  let timer = null;
  element_.addEventListener('scroll', () => {
    clearTimeout(timer);
    timer = setTimeout(() => run(Math.round(element_.scrollTop)), QUIET_MS);
  }, { passive: true });
}
