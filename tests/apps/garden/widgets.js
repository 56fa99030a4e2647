// Parts of pages. Each tells `act(object, action, value)` what the user did to it.
import { icon } from './icons.js';

/** An element of markup. */
export function element(markup) {
  const template = document.createElement('template');
  template.innerHTML = markup.trim();
  return template.content.firstElementChild;
}

export const escaped = (text) => String(text).replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

export function header(title, { back, actions = [] } = {}) {
  const bar = element(`<header class="${back ? 'inner' : ''}"><h1>${escaped(title)}</h1></header>`);
  if (back) bar.prepend(iconButton('back', 'Back', back));
  for (const [name, label, run] of actions) bar.append(iconButton(name, label, run));
  return bar;
}

export function iconButton(name, label, run) {
  const button = element(`<button class="round" id="${identifier(label)}">${icon(name)}</button>`);
  button.onclick = run;
  return button;
}

export function button(label, look, run) {
  const made = element(`<button class="button ${look}" id="${identifier(label)}">${escaped(label)}</button>`);
  made.onclick = run;
  return made;
}

export const identifier = (label) => label.toLowerCase().replace(/[^\p{L}\d]+/gu, '-');

export function toggle(kind, label, note, on, run) {
  const mark = { switch: '<i class="switch"></i>', box: `<i class="box">${icon('tick')}</i>`, dot: '<i class="dot"></i>' }[kind];
  const words = `<span class="grow"><b>${escaped(label)}</b>${note ? `<small>${escaped(note)}</small>` : ''}</span>`;
  const row = element(`<button class="row ${on ? 'on' : ''}" id="${identifier(label)}">${kind === 'switch' ? words + mark : mark + words}</button>`);
  row.onclick = () => {
    const value = kind === 'dot' ? true : !row.classList.contains('on');
    row.classList.toggle('on', value);
    run(value);
  };
  return row;
}

export function textField(label, value, { long = false, run, enter } = {}) {
  const field = element(`<label class="field"><span>${escaped(label)}</span>${long ? '<textarea></textarea>' : '<input>'}</label>`);
  const input = field.querySelector('input, textarea');
  input.id = identifier(label);
  input.value = value;
  input.autocomplete = 'off';
  input.spellcheck = false;
  input.oninput = () => run(input.value);
  input.onkeydown = (event) => { if (event.key === 'Enter' && !long) { enter?.(); input.blur(); } };
  return field;
}

export function slider(label, value, run) {
  const track = element(`<div class="slider" id="${identifier(label)}"><i></i><b></b></div>`);
  let current = value;
  const draw = () => {
    track.firstChild.style.width = `${current}%`;
    track.lastChild.style.left = `${current}%`;
  };
  const follow = (event) => {
    const { left, width } = track.getBoundingClientRect();
    current = Math.round(Math.min(1, Math.max(0, (event.clientX - left) / width)) * 100);
    draw();
  };
  track.onpointerdown = (event) => { track.setPointerCapture(event.pointerId); follow(event); };
  track.onpointermove = (event) => { if (track.hasPointerCapture(event.pointerId)) follow(event); };
  track.onpointerup = () => run(current);
  draw();
  return track;
}

const layer = () => document.getElementById('layer');

export const layered = () => layer().childElementCount > 0;
export const closeLayer = () => layer().replaceChildren();

export function dialog(title, text, answers, run) {
  const scrim = element(`<div class="scrim"><div class="dialog"><h3>${escaped(title)}</h3><p>${escaped(text)}</p><div class="bar"></div></div></div>`);
  for (const [label, look] of answers) {
    scrim.querySelector('.bar').append(button(label, `text ${look}`, () => { closeLayer(); run(label); }));
  }
  layer().replaceChildren(scrim);
}

/** A menu below (or above) `anchor`; a tap beside it closes it. */
export function menu(anchor, choices, chosen, run) {
  const scrim = element('<div class="scrim clear"><div class="menu"></div></div>');
  const box = scrim.firstElementChild;
  for (const choice of choices) {
    const item = element(`<button class="${choice === chosen ? 'on' : ''}">${escaped(choice)}</button>`);
    item.onclick = () => { closeLayer(); run(choice); };
    box.append(item);
  }
  scrim.onclick = (event) => { if (event.target === scrim) closeLayer(); };
  layer().replaceChildren(scrim);
  const from = anchor.getBoundingClientRect();
  const width = Math.max(180, Math.min(from.width, 360));
  const below = from.bottom + box.offsetHeight < innerHeight;
  Object.assign(box.style, {
    width: `${width}px`, left: `${Math.max(8, Math.min(from.left, innerWidth - width - 8))}px`,
    top: `${below ? from.bottom : Math.max(8, from.top - box.offsetHeight)}px`,
  });
}

export function toast(text) {
  document.querySelector('.toast')?.remove();
  const note = element(`<div class="toast">${escaped(text)}</div>`);
  document.body.append(note);
  setTimeout(() => note.remove(), 2200);
}

const HOLD_MS = 500;
const SLACK = 10;

/** `tap` on a short press and `hold` on a long one, with a finger or a mouse. */
export function pressable(target, tap, hold) {
  let timer = null;
  let start = null;
  let held = false;
  target.addEventListener('pointerdown', (event) => {
    start = [event.clientX, event.clientY];
    held = false;
    timer = setTimeout(() => { held = true; hold(event); }, HOLD_MS);
  });
  const cancel = () => clearTimeout(timer);
  target.addEventListener('pointermove', (event) => {
    if (start && Math.hypot(event.clientX - start[0], event.clientY - start[1]) > SLACK) cancel();
  });
  for (const kind of ['pointerup', 'pointercancel', 'pointerleave']) target.addEventListener(kind, cancel);
  target.addEventListener('contextmenu', (event) => event.preventDefault());
  target.addEventListener('click', (event) => { if (!held) tap(event); held = false; });
}
