import { esc, hex, mark, range } from '../html.mjs';
import { Kit } from '../base.mjs';

const STYLE = { primary: 'color="primary"', secondary: 'color="grey-7"', outline: 'outline color="primary"', plain: 'flat color="primary"', danger: 'color="negative"', key: 'outline size="lg"' };
const FIELDS = ['filled', 'outlined', 'standout', ''];

export class Quasar extends Kit {
  static ready = 'window.vtMounted';
  static boxes = {
    text_field: '.q-field__control', dropdown: '.q-field__control', checkbox: '.q-checkbox__bg', radio: '.q-radio__bg',
    switch: '.q-toggle__track & .q-toggle__thumb', slider: '.q-slider__track-container',
  };

  head() {
    const { hue } = this.look;
    return `<link rel="stylesheet" href="/quasar/dist/quasar${this.look.rtl ? '.rtl' : ''}.prod.css">
      <style>:root{--q-primary:${hex(hue, 70, 42)}}.vt-grid .q-btn{width:100%}</style>`;
  }

  page(p) {
    return `<div id="app">${super.page(p)}</div>`;
  }

  end() {
    return `<script src="/vue/dist/vue.global.prod.js"></script><script src="/quasar/dist/quasar.umd.prod.js"></script>
      <script>Vue.createApp({}).use(Quasar,{config:{dark:${this.look.dark}}}).mount('#app');window.vtMounted=true</script>`;
  }

  theme() {
    const strong = this.look.flavour % 2 === 0;
    return { ...super.theme(), bg: this.look.dark ? '#121212' : '#fff', surface: this.look.dark ? '#1d1d1d' : '#fff', accent: 'var(--q-primary)', 'on-accent': '#fff', 'bar-bg': strong ? 'var(--q-primary)' : 'var(--surface)', 'bar-fg': strong ? '#fff' : 'var(--fg)' };
  }

  button(w) {
    const shape = w.style === 'key' ? '' : ['', 'rounded', 'unelevated', 'no-caps'][this.look.flavour % 4];
    return `<q-btn class="vt-button" ${STYLE[w.style]} ${shape} ${w.disabled ? 'disable' : ''}${mark(w, 'button')}>${this.icon(w)}&nbsp;${esc(w.texts.text)}</q-btn>`;
  }

  iconButton(w) {
    return `<q-btn flat round${mark(w, 'icon_button', 'icon')}>${this.glyph(w.icon)}</q-btn>`;
  }

  field(w) {
    const { label, value, placeholder } = w.texts;
    return `<div class="vt-field"${mark(w, 'text_field')}><q-input ${FIELDS[this.look.flavour % 4]} ${this.look.flavour % 3 ? '' : 'dense'} ${label ? `label="${esc(label)}" stack-label` : ''}
      type="${w.password ? 'password' : 'text'}" model-value="${esc(value ?? '')}" placeholder="${esc(placeholder ?? '')}">${w.icon ? `<template v-slot:prepend>${this.icon(w)}</template>` : ''}</q-input></div>`;
  }

  area(w) {
    return `<div${mark(w, 'text_field')}><q-input type="textarea" ${FIELDS[this.look.flavour % 2]} label="${esc(w.texts.label)}" stack-label model-value="${esc(w.texts.value)}"></q-input></div>`;
  }

  checkbox(w) {
    return `<div${mark(w, 'checkbox')}><q-checkbox :model-value="${w.on}" label="${esc(w.texts.label)}"></q-checkbox></div>`;
  }

  switch(w) {
    return `<div style="flex:none"${mark(w, 'switch')}><q-toggle :model-value="${w.on}" ${w.disabled ? 'disable' : ''} ${w.texts.label ? `label="${esc(w.texts.label)}"` : ''} ${this.look.flavour % 2 && w.texts.label ? 'left-label' : ''}></q-toggle></div>`;
  }

  radios(w) {
    const items = range(w.count).map((n) => `<div${mark(w, 'radio', `radio${n}`)} data-t="option${n}"><q-radio :model-value="${w.selected}" :val="${n}" label="${esc(w.texts[`option${n}`])}"></q-radio></div>`);
    return `<div>${this.label(w)}${items.join('')}</div>`;
  }

  slider(w) {
    return `<div style="padding-inline:8px">${this.label(w)}<div${mark(w, 'slider')}><q-slider :model-value="${w.value}" :min="0" :max="100"></q-slider></div></div>`;
  }

  dropdown(w) {
    return `<div${mark(w, 'dropdown')}><q-select ${FIELDS[this.look.flavour % 4]} label="${esc(w.texts.label)}" model-value="${esc(w.texts.value)}" :options="[]" dropdown-icon="img:/ionicons/dist/svg/caret-down.svg"></q-select></div>`;
  }

  list(rows) {
    return `<q-list ${this.look.flavour % 2 ? 'bordered separator' : 'separator'}>${rows}</q-list>`;
  }

  row(w) {
    const lead = this.lead(w);
    const { title, subtitle } = w.texts;
    const trail = this.trail(w);
    return `<q-item clickable${mark(w, 'list_item', 'row')}>${lead ? `<q-item-section avatar>${lead}</q-item-section>` : ''}
      <q-item-section><q-item-label>${esc(title)}</q-item-label>${subtitle ? `<q-item-label caption>${esc(subtitle)}</q-item-label>` : ''}</q-item-section>
      ${trail ? `<q-item-section side><div class="vt-pair">${trail}</div></q-item-section>` : ''}</q-item>`;
  }

  tabs(w) {
    const items = range(w.count).map((n) => `<q-tab name="${n}" label="${esc(w.texts[`tab${n}`])}"${mark(w, 'tab', `tab${n}`)} data-t="tab${n}"></q-tab>`);
    return `<q-tabs model-value="${w.selected}" ${this.look.flavour % 2 ? 'active-color="primary"' : 'class="text-primary"'}>${items.join('')}</q-tabs>`;
  }

  chips(w) {
    return `<div>${range(w.count).map((n) => `<q-chip clickable ${n === w.selected ? 'color="primary" text-color="white"' : 'outline'}${mark(w, 'button', `chip${n}`, { self: true })} data-t="chip${n}">${esc(w.texts[`chip${n}`])}</q-chip>`).join('')}</div>`;
  }
}
