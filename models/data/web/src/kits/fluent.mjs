import { Kit } from '../base.mjs';
import { esc, hex, mark, range } from '../html.mjs';

const STYLE = { primary: 'accent', secondary: 'neutral', outline: 'outline', plain: 'stealth', danger: 'accent', key: 'neutral' };

export class Fluent extends Kit {
  static iconSets = ['lucide', 'mdi', 'bootstrap'];
  static ready = `customElements.get('fluent-button') && window.vtReady &&
    [...document.querySelectorAll('fluent-button,fluent-text-field,fluent-checkbox,fluent-select,fluent-slider')].every((e) => e.shadowRoot?.childElementCount)`;
  static boxes = {
    button: '.control', text_field: '.root,.control', checkbox: '.control', switch: '.switch', radio: '.control', slider: '.track & .thumb-container', dropdown: '.control',
  };

  head() {
    const { dark, hue } = this.look;
    return `<script type="module">import {provideFluentDesignSystem, allComponents, baseLayerLuminance, accentPalette, PaletteRGB, SwatchRGB} from '/@fluentui/web-components/dist/web-components.min.js';
      provideFluentDesignSystem().register(allComponents); baseLayerLuminance.setValueFor(document.body, ${dark ? 0.15 : 1});
      const c = [${[1, 3, 5].map((i) => parseInt(hex(hue, 70, 45).slice(i, i + 2), 16) / 255)}]; accentPalette.setValueFor(document.body, PaletteRGB.from(SwatchRGB.create(...c)));
      requestAnimationFrame(() => { window.vtReady = true; });</script><style>body{font:14px "Segoe UI","Noto Sans",sans-serif}.vt-grid fluent-button{width:100%}</style>`;
  }

  button(w) {
    return `<fluent-button class="vt-button" appearance="${STYLE[w.style]}" ${w.disabled ? 'disabled' : ''}${mark(w, 'button')}>${w.icon ? `<span slot="start">${this.icon(w)}</span>` : ''}${esc(w.texts.text)}</fluent-button>`;
  }

  iconButton(w) {
    return `<fluent-button appearance="stealth"${mark(w, 'icon_button', 'icon')}>${this.glyph(w.icon)}</fluent-button>`;
  }

  field(w) {
    const { label, value, placeholder } = w.texts;
    return `<fluent-text-field class="vt-field" style="width:100%" appearance="${this.look.flavour % 2 ? 'filled' : 'outline'}" type="${w.password ? 'password' : 'text'}" value="${esc(value ?? '')}" placeholder="${esc(placeholder ?? '')}"${mark(w, 'text_field')}>
      ${w.icon ? `<span slot="start" class="vt-button">${this.icon(w)}</span>` : ''}${esc(label ?? '')}</fluent-text-field>`;
  }

  area(w) {
    return `<fluent-text-area style="width:100%" value="${esc(w.texts.value)}" rows="4"${mark(w, 'text_field')}>${esc(w.texts.label)}</fluent-text-area>`;
  }

  checkbox(w) {
    return `<fluent-checkbox ${w.on ? 'checked' : ''}${mark(w, 'checkbox')}>${esc(w.texts.label)}</fluent-checkbox>`;
  }

  switch(w) {
    return `<fluent-switch style="flex:none" ${w.on ? 'checked' : ''} ${w.disabled ? 'disabled' : ''}${mark(w, 'switch')}>${esc(w.texts.label ?? '')}</fluent-switch>`;
  }

  radios(w) {
    const items = range(w.count).map((n) => `<fluent-radio value="${n}" ${n === w.selected ? 'checked' : ''}${mark(w, 'radio', `radio${n}`)} data-t="option${n}">${esc(w.texts[`option${n}`])}</fluent-radio>`);
    return `<div>${this.label(w)}<fluent-radio-group orientation="vertical" value="${w.selected}">${items.join('')}</fluent-radio-group></div>`;
  }

  slider(w) {
    return `<div>${this.label(w)}<fluent-slider min="0" max="100" value="${w.value}"${mark(w, 'slider')}></fluent-slider></div>`;
  }

  dropdown(w) {
    return `<div>${this.label(w)}<fluent-select style="width:100%"${mark(w, 'dropdown')} data-t="value"><fluent-option value="a">${esc(w.texts.value)}</fluent-option></fluent-select></div>`;
  }

  tabs(w) {
    const items = range(w.count).map((n) => `<fluent-tab id="t${n}"${mark(w, 'tab', `tab${n}`)} data-t="tab${n}">${esc(w.texts[`tab${n}`])}</fluent-tab>`);
    return `<fluent-tabs activeid="t${w.selected}">${items.join('')}</fluent-tabs>`;
  }
}
