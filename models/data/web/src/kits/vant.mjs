// For evaluation only: never trained on.
import { Kit } from '../base.mjs';
import { esc, hex, mark, owner, range } from '../html.mjs';

const STYLE = { primary: 'type="primary"', secondary: 'type="default"', outline: 'type="primary" plain', plain: 'type="default" plain', danger: 'type="danger"', key: 'type="default" size="large"' };

export class Vant extends Kit {
  static ready = 'window.vtMounted';
  static boxes = {
    text_field: '.van-field__value', dropdown: '.van-cell__value & .van-cell__right-icon', checkbox: '.van-checkbox__icon',
    radio: '.van-radio__icon', switch: '.van-switch', slider: '.van-slider & .van-slider__button',
  };

  head() {
    const { dark, hue } = this.look;
    return `<link rel="stylesheet" href="/vant/lib/index.css"><style>:root{--van-primary-color:${hex(hue, 75, dark ? 60 : 48)}!important}
      body{font:14px Roboto,"Noto Sans",sans-serif}.vt-grid .van-button{width:100%}.van-tabbar{position:relative;flex:none}</style>
      <script src="/vue/dist/vue.global.prod.js"></script><script src="/vant/lib/vant.min.js"></script>`;
  }

  attributes() {
    return this.look.dark ? 'class="van-theme-dark"' : '';
  }

  theme() {
    return {
      ...super.theme(), bg: 'var(--van-background)', surface: 'var(--van-background-2)', fg: 'var(--van-text-color)',
      muted: 'var(--van-text-color-2)', line: 'var(--van-border-color)', accent: 'var(--van-primary-color)', icon: '20px', '--bar-height': '46px',
    };
  }

  page(p) {
    return `<div id="app">${super.page(p)}</div>`;
  }

  end() {
    return `<script>Vue.createApp({}).use(vant).mount('#app');window.vtMounted=true</script>`;
  }

  bar(p) {
    const leading = p.leading ? `<div class="van-nav-bar__left">${this.iconButton(p.leading)}</div>` : '';
    const actions = p.actions.map((w) => this.iconButton(w)).join('');
    return `<div class="van-nav-bar van-hairline--bottom" style="flex:none"><div class="van-nav-bar__content">${leading}<div class="van-nav-bar__title van-ellipsis"${owner(p.title)}>${esc(p.title.texts.text)}</div><div class="van-nav-bar__right">${actions}</div></div></div>`;
  }

  button(w) {
    const round = this.look.flavour % 2 && w.style !== 'key' ? 'round' : '';
    return `<van-button class="vt-button" ${STYLE[w.style]} ${round} ${w.disabled ? 'disabled' : ''}${mark(w, 'button')}>${this.icon(w)}&nbsp;${esc(w.texts.text)}</van-button>`;
  }

  iconButton(w) {
    return `<button class="vt-plain-button"${mark(w, 'icon_button', 'icon')}>${this.glyph(w.icon)}</button>`;
  }

  field(w) {
    const { label, value, placeholder } = w.texts;
    return `<div class="vt-field"${mark(w, 'text_field')}><van-field type="${w.password ? 'password' : 'text'}" ${label ? `label="${esc(label)}" label-align="${this.look.flavour % 2 ? 'top' : 'left'}"` : ''}
      model-value="${esc(value ?? '')}" placeholder="${esc(placeholder ?? '')}" ${w.disabled ? 'disabled' : ''}>${w.icon ? `<template #left-icon>${this.icon(w)}</template>` : ''}</van-field></div>`;
  }

  area(w) {
    return `<div${mark(w, 'text_field')}><van-field type="textarea" rows="4" label-align="top" label="${esc(w.texts.label)}" model-value="${esc(w.texts.value)}"></van-field></div>`;
  }

  dropdown(w) {
    return `<div${mark(w, 'dropdown')}><van-field is-link readonly label-align="top" label="${esc(w.texts.label)}" model-value="${esc(w.texts.value)}"></van-field></div>`;
  }

  checkbox(w) {
    const shape = this.look.flavour % 2 ? 'square' : 'round';
    return `<div${mark(w, 'checkbox')}><van-checkbox shape="${shape}" :model-value="${w.on}">${esc(w.texts.label)}</van-checkbox></div>`;
  }

  radios(w) {
    const items = range(w.count).map((n) => `<div style="padding:4px 0"${mark(w, 'radio', `radio${n}`)} data-t="option${n}"><van-radio :model-value="${w.selected}" :name="${n}">${esc(w.texts[`option${n}`])}</van-radio></div>`);
    return `<div>${this.label(w)}${items.join('')}</div>`;
  }

  switch(w) {
    const words = w.texts.label ? `<span>${esc(w.texts.label)}</span>` : '';
    return `<div class="vt-pair" style="flex:none"${mark(w, 'switch')}><van-switch :model-value="${w.on}" ${w.disabled ? 'disabled' : ''}></van-switch>${words}</div>`;
  }

  slider(w) {
    return `<div>${this.label(w)}<div style="padding:12px"${mark(w, 'slider')}><van-slider :model-value="${w.value}"></van-slider></div></div>`;
  }

  list(rows) {
    return `<van-cell-group inset style="margin:0">${rows}</van-cell-group>`;
  }

  row(w) {
    const lead = this.lead(w);
    const { title, subtitle, trail } = w.texts;
    const children = w.children.map((child) => this.widget(child)).join('');
    return `<van-cell title="${esc(title)}" ${subtitle ? `label="${esc(subtitle)}"` : ''} ${w.chevron ? 'is-link' : ''} center${mark(w, 'list_item', 'row', { self: true })}>
      ${lead ? `<template #icon><span style="margin-inline-end:10px;display:flex">${lead}</span></template>` : ''}${trail || children ? `<template #value><span>${esc(trail ?? '')}</span>${children}</template>` : ''}</van-cell>`;
  }

  tabs(w) {
    const items = range(w.count).map((n) => `<div class="van-tab van-tab--line ${n === w.selected ? 'van-tab--active' : ''}" style="${n === w.selected ? 'box-shadow:inset 0 -3px var(--van-primary-color)' : ''}"${mark(w, 'tab', `tab${n}`, { self: true })} data-t="tab${n}"><span class="van-tab__text">${esc(w.texts[`tab${n}`])}</span></div>`);
    return `<div class="van-tabs van-tabs--line"><div class="van-tabs__wrap"><div class="van-tabs__nav van-tabs__nav--line">${items.join('')}</div></div></div>`;
  }

  chips(w) {
    const items = range(w.count).map((n) => `<van-tag size="large" round type="primary" ${n === w.selected ? '' : 'plain'}${mark(w, 'button', `chip${n}`, { self: true })} data-t="chip${n}">${esc(w.texts[`chip${n}`])}</van-tag>`);
    return `<div class="vt-chips">${items.join('')}</div>`;
  }

  nav(p) {
    const items = p.nav.map((w, n) => `<div class="van-tabbar-item ${n === p.nav_selected ? 'van-tabbar-item--active' : ''}"${mark(w, 'tab', 'button', { self: true })}><div class="van-tabbar-item__icon">${this.icon(w)}</div><div class="van-tabbar-item__text">${esc(w.texts.text)}</div></div>`);
    return `<div class="van-tabbar van-hairline--top-bottom vt-nav" data-over>${items.join('')}</div>`;
  }
}
