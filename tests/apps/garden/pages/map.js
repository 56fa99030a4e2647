// A drawn map: dragged with one finger, zoomed with two, with the wheel or the buttons; a long
// press sets a pin.
import { save, store } from '../store.js';
import { element, header, iconButton, toast } from '../widgets.js';

const [LOWEST, HIGHEST] = [0.5, 6];
const HOLD_MS = 500;
const SLACK = 10;
const BEDS = [[-150, -210, 120, 70, '#7fae5a', 'Herbs'], [20, -190, 140, 110, '#c98f4e', 'Beans'], [-160, -90, 90, 160, '#5c9c86', 'Leeks'], [-30, -40, 180, 60, '#b0688c', 'Roses'], [-20, 60, 110, 120, '#8c9a3e', 'Pumpkins'], [120, 70, 60, 120, '#6a83b5', 'Pond'], [-170, 110, 110, 90, '#a57458', 'Compost']];

export function show(main, { act }) {
  const holder = element('<div class="holder"></div>');
  const canvas = element('<canvas class="map" id="map"></canvas>');
  const zoom = element('<div class="zoom"></div>');
  holder.append(canvas, zoom);
  main.append(header('Map', { actions: [['bin', 'Clear pins', () => { store.pins = []; save(); act('Clear pins', 'tap'); draw(); }]] }), holder);
  const view = { x: 0, y: 0, scale: 1 };
  const fingers = new Map();
  let moved = false;
  let pinched = false;
  let timer = null;

  zoom.append(iconButton('add', 'Zoom in', () => step('Zoom in', 1.5)), iconButton('minus', 'Zoom out', () => step('Zoom out', 1 / 1.5)));

  function step(name, factor) {
    scaleAround(canvas.clientWidth / 2, canvas.clientHeight / 2, factor);
    act(name, 'tap', round(view.scale));
  }

  function scaleAround(x, y, factor) {
    const scale = Math.min(HIGHEST, Math.max(LOWEST, view.scale * factor));
    const [dx, dy] = [x - canvas.clientWidth / 2 - view.x, y - canvas.clientHeight / 2 - view.y];
    view.x += dx - dx * scale / view.scale;
    view.y += dy - dy * scale / view.scale;
    view.scale = scale;
    draw();
  }

  canvas.onpointerdown = (event) => {
    canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, [event.offsetX, event.offsetY]);
    clearTimeout(timer);
    if (fingers.size === 1) {
      moved = pinched = false;
      timer = setTimeout(() => hold(event.offsetX, event.offsetY), HOLD_MS);
    } else { pinched = true; }
  };

  canvas.onpointermove = (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const [x, y] = [event.offsetX, event.offsetY];
    if (!moved && fingers.size === 1 && Math.hypot(x - before[0], y - before[1]) < SLACK) return;
    moved = true;
    clearTimeout(timer);
    if (fingers.size === 1) { view.x += x - before[0]; view.y += y - before[1]; } else pinch(event.pointerId, x, y);
    fingers.set(event.pointerId, [x, y]);
    draw();
  };

  function pinch(finger, x, y) {
    const [other] = [...fingers].filter(([id]) => id !== finger).map(([, place]) => place);
    const [before, after] = [fingers.get(finger), [x, y]].map(([px, py]) => Math.hypot(px - other[0], py - other[1]));
    if (before > 0) scaleAround((x + other[0]) / 2, (y + other[1]) / 2, after / before);
  }

  canvas.onpointerup = canvas.onpointercancel = (event) => {
    clearTimeout(timer);
    if (!fingers.delete(event.pointerId) || fingers.size) return;
    if (pinched) act('Map', 'pinch', round(view.scale));
    else if (moved) act('Map', 'drag', [Math.round(view.x), Math.round(view.y)]);
  };

  canvas.oncontextmenu = (event) => event.preventDefault();
  canvas.onwheel = (event) => {
    event.preventDefault();
    scaleAround(event.offsetX, event.offsetY, event.deltaY < 0 ? 1.15 : 1 / 1.15);
    act('Map', 'wheel', round(view.scale));
  };

  function hold(x, y) {
    const place = [(x - canvas.clientWidth / 2 - view.x) / view.scale, (y - canvas.clientHeight / 2 - view.y) / view.scale];
    store.pins.push(place);
    save();
    const bed = BEDS.find(([left, top, width, height]) => place[0] >= left && place[0] < left + width && place[1] >= top && place[1] < top + height);
    act(bed?.[5] ?? 'Grass', 'pin', place.map(Math.round));
    toast(`Pin set: ${bed?.[5] ?? 'Grass'}`);
    draw();
  }

  function draw() {
    const ratio = devicePixelRatio;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      Object.assign(canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
    }
    const paint = canvas.getContext('2d');
    const style = getComputedStyle(document.documentElement);
    paint.setTransform(ratio, 0, 0, ratio, 0, 0);
    paint.fillStyle = style.getPropertyValue('--tint');
    paint.fillRect(0, 0, width, height);
    paint.translate(width / 2 + view.x, height / 2 + view.y);
    paint.scale(view.scale, view.scale);
    for (const bed of BEDS) drawBed(paint, bed);
    for (const [x, y] of store.pins) drawPin(paint, x, y, style);
  }

  function drawPin(paint, x, y, style) {
    const size = 1 / view.scale;
    paint.fillStyle = style.getPropertyValue('--danger');
    paint.beginPath();
    paint.arc(x, y - 16 * size, 8 * size, 0.8 * Math.PI, 0.2 * Math.PI);
    paint.lineTo(x, y);
    paint.fill();
  }

  const watch = new ResizeObserver(draw);
  watch.observe(canvas);
}

function drawBed(paint, [x, y, width, height, colour, name]) {
  paint.fillStyle = colour;
  paint.beginPath();
  paint.roundRect(x, y, width, height, 8);
  paint.fill();
  paint.fillStyle = '#fff';
  paint.font = '13px "Noto Sans", sans-serif';
  paint.textAlign = 'center';
  paint.fillText(name, x + width / 2, y + height / 2 + 5, width - 6);
}

const round = (value) => Math.round(value * 100) / 100;
