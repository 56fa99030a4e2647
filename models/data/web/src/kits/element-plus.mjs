import { Kit } from '../base.mjs';
import { esc, hex, mark, range } from '../html.mjs';

const STYLE = { primary: 'type="primary"', secondary: 'type="info"', outline: 'type="primary" plain', plain: 'type="primary" text', danger: 'type="danger"', key: 'size="large"' };

export class ElementPlus extends Kit {
  static ready = 'window.vtMounted';
  static boxes = {
    text_field: '.el-input__wrapper,textarea', dropdown: '.el-select__wrapper', checkbox: '.el-checkbox__inner',
    switch: '.el-switch__core', radio: '.el-radio__inner', slider: '.el-slider__runway',
  };

  head() {
    const { dark, hue } = this.look;
    return `<link rel="stylesheet" href="/element-plus/dist/index.css">${dark ? '<link rel="stylesheet" href="/element-plus/theme-chalk/dark/css-vars.css">' : ''}
      <style>:root{--el-color-primary:${hex(hue, 75, dark ? 62 : 48)}!important;--el-color-primary-light-9:${hex(hue, 60, dark ? 15 : 95)}!important;
      --el-color-primary-light-5:${hex(hue, 60, dark ? 35 : 75)}!important}.el-button+.el-button{margin-left:0}body{font-family:var(--el-font-family);font-size:14px}
      .vt-grid .el-button{width:100%}</style>
      <script src="/vue/dist/vue.global.prod.js"></script><script src="/element-plus/dist/index.full.min.js"></script>`;
  }

  attributes() {
    return this.look.dark ? 'class="dark"' : '';
  }

  theme() {
    return {
      ...super.theme(), bg: 'var(--el-bg-color-page)', surface: 'var(--el-bg-color)', fg: 'var(--el-text-color-primary)',
      muted: 'var(--el-text-color-secondary)', line: 'var(--el-border-color-light)', accent: 'var(--el-color-primary)', corner: '4px', icon: '20px',
    };
  }

  page(p) {
    return `<div id="app">${super.page(p)}</div>`;
  }

  end() {
    return `<script>Vue.createApp({}).use(ElementPlus).mount('#app');window.vtMounted=true</script>`;
  }

  button(w) {
    const round = this.look.flavour % 2 && w.style !== 'key' ? 'round' : '';
    return `<el-button class="vt-button" ${STYLE[w.style]} ${round} ${w.disabled ? 'disabled' : ''}${mark(w, 'button')}>${this.icon(w)}&nbsp;${esc(w.texts.text)}</el-button>`;
  }

  iconButton(w) {
    const look = this.look.flavour % 3 === 0 ? 'circle' : 'text';
    return `<el-button ${look}${mark(w, 'icon_button', 'icon')}><i class="vt-glyph" style="display:inline-flex">${this.glyph(w.icon)}</i></el-button>`;
  }

  field(w) {
    const { label, value, placeholder } = w.texts;
    return `<div class="vt-field"${mark(w, 'text_field')}>${label ? `<span class="vt-label">${esc(label)}</span>` : ''}<el-input type="${w.password ? 'password' : 'text'}"
      model-value="${esc(value ?? '')}" placeholder="${esc(placeholder ?? '')}" size="${['default', 'large', 'small'][this.look.flavour % 3]}">
      ${w.icon ? `<template #prefix>${this.icon(w)}</template>` : ''}</el-input></div>`;
  }

  area(w) {
    return `<div${mark(w, 'text_field')}><span class="vt-label">${esc(w.texts.label)}</span><el-input type="textarea" :rows="4" model-value="${esc(w.texts.value)}"></el-input></div>`;
  }

  checkbox(w) {
    return `<div${mark(w, 'checkbox')}><el-checkbox :model-value="${w.on}">${esc(w.texts.label)}</el-checkbox></div>`;
  }

  switch(w) {
    const label = w.texts.label ? `<span>${esc(w.texts.label)}</span>` : '';
    return `<div class="vt-pair"${mark(w, 'switch')}><el-switch :model-value="${w.on}" ${w.disabled ? 'disabled' : ''}></el-switch>${label}</div>`;
  }

  radios(w) {
    const items = range(w.count).map((n) => `<div style="display:inline-block;margin-inline-end:20px"${mark(w, 'radio', `radio${n}`)} data-t="option${n}">
      <el-radio :model-value="${w.selected}" :value="${n}">${esc(w.texts[`option${n}`])}</el-radio></div>`);
    return `<div>${this.label(w)}${items.join('')}</div>`;
  }

  slider(w) {
    return `<div style="padding-inline:10px">${this.label(w)}<div${mark(w, 'slider')}><el-slider :model-value="${w.value}" :show-tooltip="false"></el-slider></div></div>`;
  }

  dropdown(w) {
    return `<div${mark(w, 'dropdown')}><span class="vt-label">${esc(w.texts.label)}</span><el-select model-value="a"><el-option value="a" label="${esc(w.texts.value)}"></el-option></el-select></div>`;
  }

  tabs(w) {
    const items = range(w.count).map((n) => `<el-tab-pane name="${n}"><template #label><span${mark(w, 'tab', `tab${n}`)} data-t="tab${n}">${esc(w.texts[`tab${n}`])}</span></template></el-tab-pane>`);
    return `<el-tabs model-value="${w.selected}" ${this.look.flavour % 2 ? 'type="card"' : ''}>${items.join('')}</el-tabs>`;
  }
}
