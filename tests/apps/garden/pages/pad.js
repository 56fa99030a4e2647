// Logs all that it receives, for tests of a device: a field above, a text box below.
// Places are pixels of the screen, times those of the events themselves.
import { stamp } from '../log.js';
import { element } from '../widgets.js';

export function show(main, { act }) {
  const field = element('<div class="pad" id="pad" tabindex="0"></div>');
  const box = element('<textarea id="pad-text" autocapitalize="none" spellcheck="false"></textarea>');
  main.append(field, box);
  let presses = 0;

  function log(action, event, value) {
    const [left, top] = frame();
    const [x, y] = [event.clientX + left, event.clientY + top].map((place) => Math.floor(place * devicePixelRatio + 1e-3));
    act('pad', action, value ?? event.pointerId, { x, y, time_ms: stamp(event) });
  }

  field.onpointerdown = (event) => {
    presses += 1;
    field.classList.toggle('odd', presses % 2 === 1);
    field.focus();
    field.setPointerCapture(event.pointerId);
    log('press', event);
  };
  field.onpointermove = (event) => {
    const action = event.pointerType === 'mouse' && !event.buttons ? 'hover' : 'move';
    for (const one of event.getCoalescedEvents()) log(action, one);
  };
  field.onpointerup = (event) => log('release', event);
  field.onpointercancel = (event) => log('cancel', event);
  field.onwheel = (event) => log('wheel', event, Math.sign(event.deltaY));
  field.oncontextmenu = (event) => event.preventDefault();
  field.onkeydown = (event) => { event.preventDefault(); act('pad', 'key', event.key, { time_ms: stamp(event) }); };
  box.oninput = () => act('pad', 'text', box.value);
}

/** Where this page is in the window, on a phone below the system's bar. */
function frame() {
  const box = window.frameElement?.getBoundingClientRect();
  return box ? [box.left, box.top] : [0, 0];
}
