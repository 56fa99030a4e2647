import { esc, mark, range } from '../html.mjs';
import { Shoelace } from './shoelace.mjs';

const STYLE = {
  primary: 'variant="brand"', secondary: 'variant="neutral"', outline: 'variant="brand" appearance="outlined"', plain: 'variant="brand" appearance="plain"',
  danger: 'variant="danger"', key: 'variant="neutral" appearance="filled"',
};

/** The successor of Shoelace: other names, other looks, the same ideas. */
export class WebAwesome extends Shoelace {
  static iconSets = ['fontawesome', 'lucide'];
  static ready = `[...document.querySelectorAll('wa-button,wa-input,wa-checkbox,wa-switch,wa-radio,wa-slider,wa-select,wa-tab,wa-textarea')]
    .every((e) => e.matches(':defined') && e.shadowRoot?.childElementCount && !e.isUpdatePending)`;
  static boxes = {
    button: '[part~=base]', text_field: '[part~=base]', checkbox: '[part~=control]', switch: '[part~=control]', radio: '[part~=control]',
    slider: '[part~=slider]', dropdown: '[part~=combobox]', tab: '[part~=base]',
  };

  head() {
    const { dark, hue } = this.look;
    const theme = ['default', 'awesome', 'shoelace'][this.look.flavour % 3];
    const shades = [95, 90, 80, 70, 60, 50, 40, 30, 20, 10].map((s) => `--wa-color-brand-${s}:hsl(${hue} 70% ${s}%)`).join(';');
    return `<link rel="stylesheet" href="/@awesome.me/webawesome/dist-cdn/styles/webawesome.css"><link rel="stylesheet" href="/@awesome.me/webawesome/dist-cdn/styles/themes/${theme}.css">
      <script type="module" src="/@awesome.me/webawesome/dist-cdn/webawesome.loader.js"></script><style>:root,.wa-dark,.wa-light{${shades};--wa-color-brand:hsl(${hue} 70% ${dark ? 60 : 45}%)}</style>`;
  }

  attributes() {
    return `class="wa-theme-${['default', 'awesome', 'shoelace'][this.look.flavour % 3]} ${this.look.dark ? 'wa-dark' : 'wa-light'}"`;
  }

  theme() {
    return { ...super.theme(), bg: 'var(--wa-color-surface-default)', fg: 'var(--wa-color-text-normal)', surface: 'var(--wa-color-surface-raised)', accent: 'var(--wa-color-brand-fill-loud)', line: 'var(--wa-color-surface-border)', muted: 'var(--wa-color-text-quiet)' };
  }

  button(w) {
    const size = ['small', 'medium', 'large'][this.look.flavour % 3];
    return `<wa-button ${STYLE[w.style]} size="${size}" ${this.look.flavour % 2 && w.style !== 'key' ? 'pill' : ''} ${w.disabled ? 'disabled' : ''}${mark(w, 'button')}>
      ${w.icon ? `<span slot="start" class="vt-button">${this.icon(w)}</span>` : ''}${esc(w.texts.text)}</wa-button>`;
  }

  iconButton(w) {
    return `<wa-button appearance="plain" style="color:inherit"${mark(w, 'icon_button', 'icon')}>${this.glyph(w.icon)}</wa-button>`;
  }

  renamed(markup) {
    return markup.replaceAll('<sl-', '<wa-').replaceAll('</sl-', '</wa-').replaceAll('slot="prefix"', 'slot="start"').replace(' filled ', ' appearance="filled" ');
  }

  field(w) {
    return this.renamed(super.field(w));
  }

  area(w) {
    return this.renamed(super.area(w));
  }

  checkbox(w) {
    return this.renamed(super.checkbox(w));
  }

  switch(w) {
    return this.renamed(super.switch(w));
  }

  radios(w) {
    return this.renamed(super.radios(w));
  }

  slider(w) {
    return `<div>${this.label(w)}<wa-slider value="${w.value}"${mark(w, 'slider')}></wa-slider></div>`;
  }

  dropdown(w) {
    return this.renamed(super.dropdown(w));
  }

  tabs(w) {
    const items = range(w.count).map((n) => `<wa-tab slot="nav" panel="p${n}"${mark(w, 'tab', `tab${n}`)} data-t="tab${n}">${esc(w.texts[`tab${n}`])}</wa-tab>`);
    return `<wa-tab-group active="p${w.selected}">${items.join('')}</wa-tab-group>`;
  }
}
