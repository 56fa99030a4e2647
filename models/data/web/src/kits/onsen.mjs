import { Kit } from '../base.mjs';
import { esc, mark, owner, range } from '../html.mjs';
import { NativeKit } from '../native.mjs';

const STYLE = { primary: '', secondary: '', outline: 'outline', plain: 'quiet', danger: 'cta', key: 'outline' };
const MATERIAL_STYLE = { primary: '', secondary: '', outline: 'flat', plain: 'flat', danger: '', key: 'flat' };

export class Onsen extends NativeKit {
  static iconSets = ['ionicons', 'ionicons-outline', 'mdi'];
  static boxes = {
    ...NativeKit.boxes, checkbox: '[class*=__checkmark]', radio: '[class*=__checkmark]', switch: '[class*=__toggle]', slider: '.range', dropdown: '.select-input',
    text_field: '.text-input,.textarea',
  };

  head() {
    const { dark, hue } = this.look;
    return `<link rel="stylesheet" href="/onsenui/css/onsenui-core.min.css"><link rel="stylesheet" href="/onsenui/css/${dark ? 'dark-' : ''}onsen-css-components.min.css">
      <style>:root{--highlight-color:hsl(${hue} 80% ${dark ? 60 : 45}%)!important;--button-background-color:var(--highlight-color)!important;--select-color:var(--highlight-color)}
      body{position:static}.toolbar,.tabbar{position:static}.vt-line .button{flex:none} .tabbar{display:flex;width:100%;border-top:1px solid var(--line);height:auto}.vt-grid .button{width:100%} .list{width:100%}</style>`;
  }

  theme() {
    return { ...super.theme(), bg: this.look.dark ? '#0d0d0d' : '#efeff4', surface: this.look.dark ? '#1b1b1b' : '#fff', accent: 'var(--highlight-color)', 'bar-bg': 'var(--surface)' };
  }

  /** The class name with the mode's variant beside it. */
  cls(name, element = '') {
    const plain = `${name}${element}`;
    return this.look.mode === 'md' ? `${plain} ${name}--material${element}` : plain;
  }

  button(w) {
    const style = (this.look.mode === 'md' ? MATERIAL_STYLE : STYLE)[w.style];
    const name = this.look.mode === 'md' ? `button--material${style ? `--${style}` : ''}` : style ? `button--${style}` : '';
    return `<button class="button ${name} vt-button" ${w.disabled ? 'disabled' : ''}${mark(w, 'button')}>${this.icon(w)} ${esc(w.texts.text)}</button>`;
  }

  iconButton(w) {
    return `<button class="${this.cls('toolbar-button')}" style="border:0;background:none"${mark(w, 'icon_button', 'icon')}>${this.glyph(w.icon)}</button>`;
  }

  input(w) {
    const { value, placeholder } = w.texts;
    const line = this.look.flavour % 2 ? 'text-input--underbar' : '';
    return `<input class="${this.cls('text-input')} ${line}" style="width:100%" type="${w.password ? 'password' : 'text'}" value="${esc(value ?? '')}" placeholder="${esc(placeholder ?? '')}">`;
  }

  area(w) {
    return super.area(w).replace('class=""', 'class="textarea"');
  }

  select(w) {
    return `<div class="select" style="width:100%"><select class="${this.cls('select-input')}" style="width:100%"><option>${esc(w.texts.value)}</option></select></div>`;
  }

  tick(type, on, words, w, name = '') {
    const block = type === 'radio' ? 'radio-button' : 'checkbox';
    return `<label class="vt-pair"><span class="${this.cls(block)}"><input type="${type}" class="${this.cls(block, '__input')}" name="${esc(name)}" ${on ? 'checked' : ''}>
      <span class="${this.cls(block, '__checkmark')}" style="display:inline-block"></span></span><span>${esc(words)}</span></label>`;
  }

  toggle(w) {
    return `<label class="${this.cls('switch')}"><input type="checkbox" class="${this.cls('switch', '__input')}" ${w.on ? 'checked' : ''}>
      <div class="${this.cls('switch', '__toggle')}"><div class="${this.cls('switch', '__handle')}"></div></div></label>`;
  }

  slider(w) {
    return `<div>${this.label(w)}<div${mark(w, 'slider')}><div class="${this.cls('range')}" style="width:100%"><input type="range" class="${this.cls('range', '__input')}" value="${w.value}"></div></div></div>`;
  }

  list(rows) {
    return `<ul class="${this.cls('list')} ${this.look.flavour % 2 ? 'list--inset' : ''}" style="box-sizing:border-box;width:auto">${rows}</ul>`;
  }

  row(w) {
    const lead = this.lead(w);
    return `<li class="${this.cls('list-item')}"${mark(w, 'list_item', 'row')}>${lead ? `<div class="${this.cls('list-item', '__left')}">${lead}</div>` : ''}
      <div class="${this.cls('list-item', '__center')}">${this.words(w)}</div><div class="${this.cls('list-item', '__right')}" style="gap:8px;padding-inline-end:12px">${this.trail(w)}</div></li>`;
  }

  nav(p) {
    const items = p.nav.map((w, n) => `<div class="${this.cls('tabbar', '__item')}"><button class="${this.cls('tabbar', '__button')}" style="width:100%;display:flex;flex-direction:column;align-items:center;padding:6px 0;${n === p.nav_selected ? 'color:var(--accent)' : ''}"${mark(w, 'tab', 'button')}>
      ${this.icon(w)}<div style="font-size:11px;line-height:1.4">${esc(w.texts.text)}</div></button></div>`);
    return `<div class="${this.cls('tabbar')}" data-over style="flex:none">${items.join('')}</div>`;
  }

  tabs(w) {
    if (this.look.mode === 'md') return Kit.prototype.tabs.call(this, w);
    const items = range(w.count).map((n) => `<div class="segment__item"${mark(w, 'tab', `tab${n}`)} data-t="tab${n}"><input type="radio" class="segment__input" name="${esc(w.id)}" ${n === w.selected ? 'checked' : ''}><div class="segment__button">${esc(w.texts[`tab${n}`])}</div></div>`);
    return `<div class="segment" style="width:100%">${items.join('')}</div>`;
  }

  cardWords(w) {
    const children = w.children.map((child) => this.widget(child)).join('');
    return `<div class="${this.cls('card', '__title')}"${owner(w)}>${esc(w.texts.title)}</div><div class="${this.cls('card', '__content')}">${esc(w.texts.body)}</div>${children}`;
  }
}
