// Looks of an old desktop: XP.css, 7.css and 98.css. The last is for evaluation only.
import { esc, mark, owner, range } from '../html.mjs';
import { NativeKit } from '../native.mjs';

class Windows extends NativeKit {
  static iconSets = ['fontawesome', 'bootstrap', 'mdi'];
  static boxes = { ...NativeKit.boxes, checkbox: 'label::before', radio: 'label::before' };

  theme() {
    return { ...super.theme(), bg: '#ece9d8', surface: '#ffffff', fg: '#000', muted: '#555', line: '#c9c7ba', accent: `hsl(${this.look.hue} 60% 40%)`, 'on-accent': '#fff', corner: '2px', icon: '18px', avatar: '3px', '--bar-height': '40px' };
  }

  bar(p) {
    const leading = p.leading ? this.iconButton(p.leading) : '';
    const actions = p.actions.map((w) => this.iconButton(w)).join('');
    return `<div class="title-bar"><div class="title-bar-text"${owner(p.title)}>${esc(p.title.texts.text)}</div></div><div class="vt-bar">${leading}${actions}</div>`;
  }

  tick(type, on, words, w, name = '') {
    return super.tick(type, on, words, w, name).replace('class="vt-pair"', '').replace(/\s+<label/, '<label');
  }

  tabs(w) {
    const items = range(w.count).map((n) => `<button role="tab" ${n === w.selected ? 'aria-selected="true"' : ''}${mark(w, 'tab', `tab${n}`)} data-t="tab${n}">${esc(w.texts[`tab${n}`])}</button>`);
    return `<menu role="tablist">${items.join('')}</menu>`;
  }
}

export class XP extends Windows {
  head() {
    return '<link rel="stylesheet" href="/xp.css/dist/XP.css"><style>body{font-size:12px}.vt-plain-button{min-height:0;box-shadow:none!important}</style>';
  }
}

export class NinetyEight extends Windows {
  head() {
    return '<link rel="stylesheet" href="/98.css/dist/98.css"><style>body{font-size:12px}.vt-plain-button{min-height:0;box-shadow:none!important}</style>';
  }

  theme() {
    return { ...super.theme(), bg: '#c0c0c0' };
  }
}

export class Seven extends Windows {
  head() {
    return '<link rel="stylesheet" href="/7.css/dist/7.css"><style>body{font:12px "Segoe UI","Open Sans","Noto Sans",sans-serif}.vt-plain-button{min-height:0}</style>';
  }

  theme() {
    return { ...super.theme(), bg: '#f0f0f0' };
  }
}
