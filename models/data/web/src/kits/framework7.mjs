// For evaluation only: never trained on.
import { Kit } from '../base.mjs';
import { esc, hex, mark, owner, range } from '../html.mjs';

const FILL = { primary: 'button-fill', secondary: 'button-tonal', outline: 'button-outline', plain: '', danger: 'button-fill color-red', key: 'button-tonal button-large' };

export class Framework7 extends Kit {
  static iconSets = ['ionicons', 'ionicons-outline', 'mdi'];
  static boxes = {
    text_field: '.item-input-wrap', dropdown: '.item-input-wrap', checkbox: '.icon-checkbox', radio: '.icon-radio',
    switch: '.toggle-icon', slider: '.range-slider',
  };

  head() {
    const { dark, hue, mode } = this.look;
    const primary = hex(hue, 75, dark ? 60 : 45);
    const names = ['theme-color', 'ios-primary', 'md-primary', `${mode}-primary`, `color-primary`];
    return `<link rel="stylesheet" href="/framework7/framework7-bundle.min.css">
      <style>:root,.ios,.md{${names.map((name) => `--f7-${name}:${primary}!important`).join(';')}}
      .navbar,.toolbar{position:relative!important;flex:none;z-index:1;transform:none!important;top:0!important;bottom:0!important}.list,.card,.block{margin:0}.vt-grid .button{width:100%}
      .vt-line .button{flex:none;width:auto} .framework7-root{display:contents}</style>`;
  }

  attributes() {
    return `class="${this.look.mode}${this.look.dark ? ' dark' : ''}"`;
  }

  theme() {
    return { ...super.theme(), accent: 'var(--f7-theme-color)', bg: this.look.dark ? '#000' : this.look.mode === 'ios' ? '#f2f2f7' : '#fdfbff' };
  }

  page(p) {
    return `<div class="framework7-root">${super.page(p)}</div>`;
  }

  bar(p) {
    const leading = p.leading ? `<div class="left">${this.iconButton(p.leading)}</div>` : '';
    const actions = p.actions.map((w) => this.iconButton(w)).join('');
    return `<div class="navbar"><div class="navbar-bg"></div><div class="navbar-inner">${leading}<div class="title"${owner(p.title)}>${esc(p.title.texts.text)}</div><div class="right">${actions}</div></div></div>`;
  }

  button(w) {
    const round = this.look.flavour % 2 ? 'button-round' : '';
    return `<button class="button ${FILL[w.style]} ${round} ${w.disabled ? 'disabled' : ''} vt-button"${mark(w, 'button')}>${this.icon(w)}&nbsp;${esc(w.texts.text)}</button>`;
  }

  iconButton(w) {
    return `<a class="link icon-only" style="padding:10px"${mark(w, 'icon_button', 'icon')}>${this.glyph(w.icon)}</a>`;
  }

  floating(w) {
    return `<div class="fab fab-right-bottom" style="position:absolute;bottom:76px" data-over><a${mark(w, 'icon_button', 'icon')}>${this.glyph(w.icon)}</a></div>`;
  }

  input(w, inner, cls) {
    const label = w.texts.label ? `<div class="item-title item-label">${esc(w.texts.label)}</div>` : '';
    const outline = this.look.flavour % 3 === 0 ? 'item-input-outline' : '';
    return `<div class="list list-strong inset vt-field" style="margin:0"${mark(w, cls)}><ul><li class="item-content item-input ${outline}">
      ${w.icon ? `<div class="item-media">${this.icon(w)}</div>` : ''}<div class="item-inner">${label}<div class="item-input-wrap ${cls === 'dropdown' ? 'input-dropdown-wrap' : ''}">${inner}</div></div></li></ul></div>`;
  }

  field(w) {
    const { value, placeholder } = w.texts;
    return this.input(w, `<input type="${w.password ? 'password' : 'text'}" value="${esc(value ?? '')}" placeholder="${esc(placeholder ?? '')}">`, 'text_field');
  }

  area(w) {
    return this.input(w, `<textarea style="height:100px">${esc(w.texts.value)}</textarea>`, 'text_field');
  }

  dropdown(w) {
    return this.input(w, `<select><option>${esc(w.texts.value)}</option></select>`, 'dropdown');
  }

  checkbox(w) {
    return `<div class="vt-pair"${mark(w, 'checkbox')}><label class="checkbox"><input type="checkbox" ${w.on ? 'checked' : ''}><i class="icon-checkbox"></i></label><span>${esc(w.texts.label)}</span></div>`;
  }

  radios(w) {
    const items = range(w.count).map((n) => `<div class="vt-pair" style="padding:4px 0"${mark(w, 'radio', `radio${n}`)} data-t="option${n}"><label class="radio"><input type="radio" name="${esc(w.id)}" ${n === w.selected ? 'checked' : ''}><i class="icon-radio"></i></label><span>${esc(w.texts[`option${n}`])}</span></div>`);
    return `<div>${this.label(w)}${items.join('')}</div>`;
  }

  switch(w) {
    const words = w.texts.label ? `<span>${esc(w.texts.label)}</span>` : '';
    return `<div class="vt-pair vt-spread" style="flex:none"${mark(w, 'switch')}>${words}<label class="toggle"><input type="checkbox" ${w.on ? 'checked' : ''} ${w.disabled ? 'disabled' : ''}><span class="toggle-icon"></span></label></div>`;
  }

  slider(w) {
    return `<div>${this.label(w)}<div style="padding:0 16px"${mark(w, 'slider')}><div class="range-slider range-slider-horizontal"><div class="range-bar"><div class="range-bar-active" style="width:${w.value}%"></div></div>
      <div class="range-knob-wrap" style="inset-inline-start:${w.value}%"><div class="range-knob"></div></div></div></div></div>`;
  }

  list(rows) {
    return `<div class="list list-strong inset list-dividers"><ul>${rows}</ul></div>`;
  }

  row(w) {
    const lead = this.lead(w);
    const { title, subtitle, trail } = w.texts;
    const children = w.children.map((child) => this.widget(child)).join('');
    return `<li${mark(w, 'list_item', 'row', { self: true })}><a class="item-content ${w.chevron ? 'item-link' : ''}">${lead ? `<div class="item-media">${lead}</div>` : ''}
      <div class="item-inner"><div class="item-title">${esc(title)}${subtitle ? `<div class="item-footer">${esc(subtitle)}</div>` : ''}</div><div class="item-after">${trail ? esc(trail) : ''}${children}</div></div></a></li>`;
  }

  tabs(w) {
    const items = range(w.count).map((n) => `<button class="button ${n === w.selected ? 'button-active' : ''}"${mark(w, 'tab', `tab${n}`, { self: true })} data-t="tab${n}">${esc(w.texts[`tab${n}`])}</button>`);
    return `<div class="segmented segmented-strong">${items.join('')}</div>`;
  }

  chips(w) {
    const items = range(w.count).map((n) => `<div class="chip ${n === w.selected ? '' : 'chip-outline'}"${mark(w, 'button', `chip${n}`, { self: true })} data-t="chip${n}"><div class="chip-label">${esc(w.texts[`chip${n}`])}</div></div>`);
    return `<div class="vt-chips">${items.join('')}</div>`;
  }

  nav(p) {
    const items = p.nav.map((w, n) => `<a class="tab-link ${n === p.nav_selected ? 'tab-link-active' : ''}"${mark(w, 'tab', 'button', { self: true })}>${this.icon(w)}<span class="tabbar-label">${esc(w.texts.text)}</span></a>`);
    return `<div class="toolbar toolbar-bottom tabbar tabbar-icons vt-nav" data-over><div class="toolbar-inner">${items.join('')}</div></div>`;
  }
}
