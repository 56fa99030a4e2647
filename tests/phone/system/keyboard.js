// Two soft keyboards that differ in rows, looks and habits, as those of two makers do.

const SHIFT = '<svg viewBox="0 0 24 24"><path d="M12 4l8 9h-4v6H8v-6H4z"/></svg>';
const ERASE = '<svg viewBox="0 0 24 24"><path d="M9 5h12v14H9l-6-7zM12 9l6 6M18 9l-6 6"/></svg>';
const ENTER = '<svg viewBox="0 0 24 24"><path d="M19 6v7H6M10 8l-5 5 5 5"/></svg>';
const TICK = '<svg viewBox="0 0 24 24"><path d="M5 13l5 5L19 7"/></svg>';

const LAYOUTS = {
  round: {
    letters: ['qwertyuiop', ' asdfghjkl ', '^zxcvbnm<'], symbols: ['1234567890', '@#$_&-+()/', '*"\':;!?%<'],
    switch: ['?123', 'ABC'], enter: TICK, space: 'English', capitalises: true, bubbles: true,
  },
  square: {
    letters: ['1234567890', 'qwertyuiop', ' asdfghjkl ', '^zxcvbnm<'],
    symbols: ['1234567890', '+*/=%_€£()', '-"\':;!?@#&', '~[]{}$\\<'],
    switch: ['!#1', 'abc'], enter: ENTER, space: '', capitalises: false, bubbles: false,
  },
};
const LAST = ['symbols', ',', 'space', '.', 'enter'];

export class Keyboard {
  /** `insert(text)`, `erase()` and `enter()` act on the field that has the focus. */
  constructor(element, name, field) {
    this.element = element;
    this.layout = LAYOUTS[name];
    this.field = field;
    this.plane = 'letters';
    this.shift = false;
    this.held = new Map();
    element.className = name;
    for (const kind of ['touchstart', 'touchend', 'touchcancel', 'mousedown', 'mouseup']) {
      element.addEventListener(kind, (event) => this.touched(event), { passive: false });
    }
  }

  get shown() { return !this.element.hidden; }

  show(target) {
    this.plane = 'letters';
    this.target = target;
    this.capitalise();
    this.element.hidden = false;
    this.draw();
  }

  hide() { this.element.hidden = true; }

  /** The boxes of the keys by what they type now, in CSS pixels. */
  boxes() {
    const found = {};
    for (const key of this.shown ? this.element.querySelectorAll('.key') : []) {
      const { left, top, right, bottom } = key.firstChild.getBoundingClientRect();
      found[key.dataset.types] = [left, top, right, bottom];
    }
    return found;
  }

  capitalise() {
    const text = this.field.before();
    this.shift = this.layout.capitalises && this.field.sentences() && /(^|[.!?]\s+|\n)$/.test(text);
  }

  draw() {
    const rows = this.plane === 'letters' ? this.layout.letters : this.layout.symbols;
    this.element.innerHTML = rows.map((row, index) => `<div class="row">${this.row(row, rows.length - 1 === index)}</div>`).join('')
      + `<div class="row">${LAST.map((name) => this.lastKey(name)).join('')}</div>`;
  }

  row(characters, last) {
    return [...characters].map((character, index) => {
      const edge = last && index === 0;
      if (character === ' ') return '<div class="half"></div>';
      if (edge && character === '^') return key('shift', SHIFT, `wide special${this.shift ? ' on' : ''}`);
      if (last && character === '<' && index === characters.length - 1) return key('erase', ERASE, 'wide special');
      const types = this.shift && this.plane === 'letters' ? character.toUpperCase() : character;
      return key(types, escaped(types), /\d/.test(character) ? 'digit' : '');
    }).join('');
  }

  lastKey(name) {
    switch (name) {
      case 'space': return key(' ', this.layout.space, 'space');
      case 'enter': return key('enter', this.layout.enter, 'wide special enter');
      case ',': case '.': return key(name, name, '');
      default: return key('symbols', this.layout.switch[this.plane === 'letters' ? 0 : 1], 'wide special');
    }
  }

  touched(event) {
    event.preventDefault();
    const down = event.type === 'touchstart' || event.type === 'mousedown';
    for (const touch of event.changedTouches ?? [{ identifier: -1, target: event.target }]) {
      if (down) this.pressed(touch.identifier, touch.target.closest?.('.key'));
      else this.released(touch.identifier);
    }
  }

  pressed(finger, element) {
    if (!element) return;
    this.held.set(finger, element);
    element.classList.add('down');
    if (this.layout.bubbles && element.dataset.types.length === 1 && element.dataset.types !== ' ') {
      element.insertAdjacentHTML('beforeend', `<span class="bubble">${escaped(element.dataset.types)}</span>`);
    }
  }

  released(finger) {
    const element = this.held.get(finger);
    if (!element) return;
    this.held.delete(finger);
    element.classList.remove('down');
    element.querySelector('.bubble')?.remove();
    this.strike(element.dataset.types);
  }

  strike(types) {
    const drawn = [this.plane, this.shift].join();
    switch (types) {
      case 'shift': this.shift = !this.shift; break;
      case 'symbols': this.plane = this.plane === 'letters' ? 'symbols' : 'letters'; break;
      case 'erase': this.field.erase(); this.capitalise(); break;
      case 'enter': this.field.enter(); break;
      default: this.field.insert(types); this.capitalise();
    }
    if ([this.plane, this.shift].join() !== drawn && this.shown) this.draw();
  }
}

const escaped = (text) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

function key(types, face, look) {
  return `<div class="key ${look}" data-types="${escaped(types)}"><b>${face}</b></div>`;
}
