import { Kit } from '../base.mjs';
import { esc, hex, mark, owner, range } from '../html.mjs';
import { iconName } from '../icons.mjs';

const STYLE = {
  primary: 'variant="flat" color="primary"', secondary: 'variant="tonal" color="primary"', outline: 'variant="outlined" color="primary"',
  plain: 'variant="text" color="primary"', danger: 'variant="flat" color="error"', key: 'variant="tonal" size="large"',
};
const FIELDS = ['filled', 'outlined', 'underlined', 'solo'];

export class Vuetify extends Kit {
  static iconSets = ['mdi'];
  static ready = 'window.vtMounted';
  static boxes = {
    icon: '.vt-glyph', text_field: '.v-field', dropdown: '.v-field', checkbox: '.v-selection-control__input > .v-icon',
    switch: '.v-switch__track', radio: '.v-selection-control__input > .v-icon', slider: '.v-slider__container',
  };

  head() {
    return `<link rel="stylesheet" href="/vuetify/dist/vuetify.min.css"><link rel="stylesheet" href="/@mdi/font/css/materialdesignicons.min.css">
      <script>window.process={env:{NODE_ENV:'production'}}</script><script src="/vue/dist/vue.global.prod.js"></script><script src="/vuetify/dist/vuetify.min.js"></script>
      <style>.v-application,.v-application__wrap{min-height:0!important;height:100%}</style>`;
  }

  end() {
    const { dark, hue } = this.look;
    const colours = `{primary:'${hex(hue, 65, dark ? 65 : 42)}'}`;
    return `<script>Vue.createApp({}).use(Vuetify.createVuetify({theme:{defaultTheme:'${dark ? 'dark' : 'light'}',
      themes:{light:{colors:${colours}},dark:{dark:true,colors:${colours}}}}})).mount('#app');window.vtMounted=true</script>`;
  }

  theme() {
    const strong = this.look.flavour % 2 === 0;
    return {
      ...super.theme(), bg: 'rgb(var(--v-theme-background))', fg: 'rgb(var(--v-theme-on-background))', surface: 'rgb(var(--v-theme-surface))',
      accent: 'rgb(var(--v-theme-primary))', 'bar-bg': strong ? 'rgb(var(--v-theme-primary))' : 'rgb(var(--v-theme-surface))',
      'bar-fg': strong ? 'rgb(var(--v-theme-on-primary))' : 'inherit',
    };
  }

  page(p) {
    return `<div id="app"><v-app style="font-family:Roboto,sans-serif">${super.page(p)}</v-app></div>`;
  }

  glyph(name, attributes = '') {
    return `<v-icon class="vt-glyph" icon="mdi-${iconName('mdi', name)}"${attributes}></v-icon>`;
  }

  button(w) {
    const rounded = ['0', 'md', 'xl'][this.look.flavour % 3];
    return `<v-btn rounded="${rounded}" ${STYLE[w.style]} ${w.disabled ? 'disabled' : ''}${mark(w, 'button')}>${this.icon(w)}${esc(w.texts.text)}</v-btn>`;
  }

  iconButton(w) {
    return `<v-btn icon size="small" variant="text"${mark(w, 'icon_button', 'icon')}>${this.glyph(w.icon)}</v-btn>`;
  }

  floating(w) {
    return `<div data-over style="position:absolute;bottom:76px;inset-inline-end:20px;z-index:5"><v-btn icon color="primary"${mark(w, 'icon_button', 'icon')}>${this.glyph(w.icon)}</v-btn></div>`;
  }

  field(w) {
    const { label, value, placeholder } = w.texts;
    const prefix = w.icon ? `<template v-slot:prepend-inner>${this.icon(w)}</template>` : '';
    return `<div class="vt-field"${mark(w, 'text_field')}><v-text-field hide-details ${label ? `label="${esc(label)}"` : ''} type="${w.password ? 'password' : 'text'}"
      ${value ? `model-value="${esc(value)}"` : ''} ${placeholder ? `placeholder="${esc(placeholder)}" persistent-placeholder` : ''}
      variant="${FIELDS[this.look.flavour % 4]}" density="${['default', 'comfortable', 'compact'][this.look.flavour % 3]}">${prefix}</v-text-field></div>`;
  }

  area(w) {
    return `<div${mark(w, 'text_field')}><v-textarea hide-details rows="4" label="${esc(w.texts.label)}" model-value="${esc(w.texts.value)}" variant="${FIELDS[this.look.flavour % 2]}"></v-textarea></div>`;
  }

  checkbox(w) {
    return `<div${mark(w, 'checkbox')}><v-checkbox hide-details density="compact" color="primary" :model-value="${w.on}" label="${esc(w.texts.label)}"></v-checkbox></div>`;
  }

  switch(w) {
    return `<div${mark(w, 'switch')}><v-switch hide-details density="compact" color="primary" ${this.look.flavour % 2 ? 'inset' : ''} ${w.disabled ? 'disabled' : ''}
      :model-value="${w.on}" ${w.texts.label ? `label="${esc(w.texts.label)}"` : ''}></v-switch></div>`;
  }

  radios(w) {
    const items = range(w.count).map((n) => `<div${mark(w, 'radio', `radio${n}`)} data-t="option${n}"><v-radio :value="${n}" density="compact" label="${esc(w.texts[`option${n}`])}"></v-radio></div>`);
    return `<div>${this.label(w)}<v-radio-group hide-details :model-value="${w.selected}" color="primary">${items.join('')}</v-radio-group></div>`;
  }

  slider(w) {
    return `<div>${this.label(w)}<div${mark(w, 'slider')}><v-slider hide-details color="primary" :model-value="${w.value}"></v-slider></div></div>`;
  }

  dropdown(w) {
    return `<div${mark(w, 'dropdown')}><v-select hide-details label="${esc(w.texts.label)}" model-value="${esc(w.texts.value)}" variant="${FIELDS[this.look.flavour % 4]}"></v-select></div>`;
  }

  list(rows) {
    return `<v-list rounded="lg" ${this.look.flavour % 2 ? 'elevation="1"' : ''}>${rows}</v-list>`;
  }

  row(w) {
    const lead = this.lead(w);
    const { title, subtitle } = w.texts;
    return `<v-list-item link title="${esc(title)}" ${subtitle ? `subtitle="${esc(subtitle)}"` : ''}${mark(w, 'list_item', 'row')}>
      ${lead ? `<template v-slot:prepend><div style="margin-inline-end:16px">${lead}</div></template>` : ''}
      <template v-slot:append><div style="display:flex;align-items:center;gap:12px">${this.trail(w)}</div></template></v-list-item>`;
  }

  tabs(w) {
    const items = range(w.count).map((n) => `<v-tab :value="${n}"${mark(w, 'tab', `tab${n}`)} data-t="tab${n}">${esc(w.texts[`tab${n}`])}</v-tab>`);
    return `<v-tabs :model-value="${w.selected}" color="primary" grow>${items.join('')}</v-tabs>`;
  }

  chips(w) {
    return `<div class="vt-chips">${range(w.count).map((n) => `<v-chip ${n === w.selected ? 'color="primary" variant="flat"' : 'variant="outlined"'}${mark(w, 'button', `chip${n}`)} data-t="chip${n}">${esc(w.texts[`chip${n}`])}</v-chip>`).join('')}</div>`;
  }

  table(w) {
    const row = (parts, tag) => `<tr>${parts.map((part) => `<${tag} data-t="${part}">${esc(w.texts[part])}</${tag}>`).join('')}</tr>`;
    const columns = range(w.columns);
    return `<div class="v-table v-theme--${this.look.dark ? 'dark' : 'light'} v-table--density-default"${owner(w)}><div class="v-table__wrapper"><table><thead>${row(columns.map((c) => `head${c}`), 'th')}</thead><tbody>${range(w.rows).map((r) => row(columns.map((c) => `r${r}c${c}`), 'td')).join('')}</tbody></table></div></div>`;
  }
}
