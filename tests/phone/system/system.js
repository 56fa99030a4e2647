// The phone around the application: bars, keyboard, home screen, dialogs, lock.
import { Keyboard } from './keyboard.js';
import { listen, log, report } from './link.js';

const options = new URLSearchParams(location.search);
const look = options.get('look') ?? 'light';
const $ = (id) => document.getElementById(id);
const PACKAGE = 'org.vistest.garden/.MainActivity';
const HOME = 'com.android.launcher3/.Launcher';
let frame = null;
let soft = true;

document.documentElement.dataset.look = look;

// What is typed goes to the application's focused field.
const active = () => frame?.contentDocument?.activeElement;
const writable = (element) => element?.matches?.('input:not([type]), input[type=text], input[type=search], input[type=password], textarea');
const field = {
  insert: (text) => { frame.contentDocument.execCommand('insertText', false, text); },
  erase: () => { frame.contentDocument.execCommand('delete'); },
  enter: () => {
    if (active().matches('textarea')) field.insert('\n');
    else active().dispatchEvent(new frame.contentWindow.KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  },
  before: () => { const element = active(); return element.value.slice(0, element.selectionStart ?? undefined); },
  sentences: () => !['none', 'off'].includes(active().autocapitalize),
};
const keyboard = options.get('keyboard') === 'none' ? null : new Keyboard($('keyboard'), options.get('keyboard') ?? 'round', field);

function showKeyboard(shown) {
  if (!keyboard || keyboard.shown === (shown && soft)) return;
  shown &&= soft;
  if (shown) keyboard.show(); else keyboard.hide();
  report({ keyboard_shown: shown });
  if (shown) requestAnimationFrame(() => active()?.scrollIntoView({ block: 'nearest' }));
}

function start({ page }) {
  if (!frame) {
    frame = document.createElement('iframe');
    frame.src = `/garden/index.html?look=${look}#${page}`;
    $('front').append(frame);
    return new Promise((resolve) => {
      frame.onload = () => { adopt(frame.contentWindow); resolve(frame.contentWindow.garden.ready); };
    });
  }
  frame.hidden = false;
  return null;
}

/** Watches where the focus is in the application. */
function adopt(window) {
  const update = () => setTimeout(() => showKeyboard(Boolean(writable(active()) && window.document.hasFocus())), 0);
  window.document.addEventListener('focusin', update);
  window.document.addEventListener('focusout', update);
  window.document.addEventListener('click', (event) => { if (writable(event.target)) update(); });
  window.focus();
}

function stop({ clear } = {}) {
  showKeyboard(false);
  frame?.remove();
  frame = null;
  if (clear) localStorage.clear();
}

function home() {
  showKeyboard(false);
  if (frame) frame.hidden = true;
}

async function back() {
  if (keyboard?.shown) showKeyboard(false);
  else if (!$('scrim').hidden) dialog({ kind: '' });
  else if (frame && !frame.hidden && !(await frame.contentWindow.garden.back())) leave();
}

function leave() {
  home();
  report({ foreground: HOME });
}

function key({ name }) {
  log(name, 'key');
  return name === 'back' ? back() : null;
}

const DIALOGS = {
  permission: ['Allow <b>Garden</b> to send you notifications?', ['Allow', 'Don’t allow']],
  anr: ['Garden isn’t responding', ['Close app', 'Wait']],
};

function dialog({ kind }) {
  $('scrim').hidden = !kind;
  if (!kind) { report({ dialog: '' }); return; }
  const [title, answers] = DIALOGS[kind];
  $('dialog').className = kind;
  $('dialog').innerHTML = `<h1>${title}</h1>${answers.map((answer) => `<button>${answer}</button>`).join('')}`;
  for (const button of $('dialog').querySelectorAll('button')) button.onclick = () => answered(button.textContent);
}

function answered(answer) {
  log(answer, 'tap');
  dialog({ kind: '' });
  if (answer === 'Close app') { stop(); report({ foreground: HOME, running: false }); }
}

function visible(element, left, top) {
  const box = element.getBoundingClientRect();
  const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const hit = element.ownerDocument.elementFromPoint(x, y);
  if (!hit || !(element.contains(hit) || hit.contains(element))) return null;
  return [box.left + left, box.top + top, box.right + left, box.bottom + top];
}

/** The first element that can be seen and touched, in the application or the system. */
function where({ selector }) {
  const places = [[document, 0, 0]];
  if (frame && !frame.hidden) {
    const { left, top } = frame.getBoundingClientRect();
    places.unshift([frame.contentDocument, left, top]);
  }
  for (const [page, left, top] of places) {
    for (const element of page.querySelectorAll(selector)) {
      const box = visible(element, left, top);
      if (box) return box.map((value) => value * devicePixelRatio);
    }
  }
  return null;
}

function keys() {
  const boxes = Object.entries(keyboard?.boxes() ?? {});
  return Object.fromEntries(boxes.map(([name, box]) => [name, box.map((value) => value * devicePixelRatio)]));
}

const commands = {
  start, stop, home, key, dialog, where, keys,
  screen: ({ on }) => { $('off').hidden = on; },
  lock: ({ locked }) => { $('lock').hidden = !locked; },
  input_method: (facts) => { soft = facts.soft; showKeyboard(Boolean(writable(active())) && soft); },
  settled,
  paste: ({ text }) => field.insert(text),
};

/** Waits until the page fills the screen and was drawn. */
async function settled() {
  for (let still = 0, before = ''; still < 3;) {
    await new Promise((resolve) => { setTimeout(() => requestAnimationFrame(resolve), 50); });
    const size = `${innerWidth} ${innerHeight}`;
    const filled = Math.abs(innerWidth - screen.width) < 2 && Math.abs(innerHeight - screen.height) < 2;
    still = filled && size === before ? still + 1 : 0;
    before = size;
  }
}

function drawTime() {
  const now = new Date();
  const time = now.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  if ($('time').textContent === time) return;
  $('time').textContent = time;
  $('lock').querySelector('.clock').textContent = time;
  $('lock').querySelector('.date').textContent = now.toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });
}

function drawNavigation() {
  if (options.get('keyboard') !== 'square') {
    $('navigation').innerHTML = '<span class="pill"></span>';
    return;
  }
  const shapes = { back: 'M16 4L7 12l9 8z', home: 'M12 4a8 8 0 1 0 .1 0z', recent: 'M5 5h14v14H5z' };
  $('navigation').className = 'buttons';
  for (const [name, path] of Object.entries(shapes)) {
    const button = document.createElement('span');
    button.id = `system-${name}`;
    button.innerHTML = `<svg viewBox="0 0 24 24"><path d="${path}"/></svg>`;
    button.onmousedown = (event) => event.preventDefault();
    button.onclick = () => (name === 'home' ? leave() : key({ name }));
    $('navigation').append(button);
  }
}

function drawHome() {
  const icons = { Garden: '#3b7d4f', Camera: '#55606e', Clock: '#27408b', Messages: '#1a73e8', Music: '#b3304c', Files: '#c98a1b', Maps: '#2c8f83', Mail: '#7a3fa0' };
  for (const [name, colour] of Object.entries(icons)) {
    const icon = document.createElement('div');
    icon.innerHTML = `<i style="background:${colour}">${name[0]}</i>${name}`;
    icon.onclick = () => open(name);
    $('home').append(icon);
  }
}

function open(name) {
  log(name, 'open');
  if (name !== 'Garden') return;
  start({ page: options.get('page') });
  report({ foreground: PACKAGE });
}

function watchLock() {
  let from = null;
  $('lock').addEventListener('touchstart', (event) => { from = event.touches[0].clientY; });
  $('lock').addEventListener('touchend', (event) => {
    if (from - event.changedTouches[0].clientY > 120) { $('lock').hidden = true; report({ locked: false }); }
  });
}

drawTime();
setInterval(drawTime, 1000);
drawNavigation();
drawHome();
watchLock();
await listen(commands);
await start({ page: options.get('page') });
requestAnimationFrame(() => requestAnimationFrame(() => report({ page_ready: true })));
