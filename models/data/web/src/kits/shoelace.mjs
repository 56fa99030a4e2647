import { Kit } from '../base.mjs';
import { esc, mark, range } from '../html.mjs';

const STYLE = { primary: 'primary', secondary: 'neutral', outline: 'default', plain: 'text', danger: 'danger', key: 'default' };
const SIZES = ['small', 'medium', 'large'];

export class Shoelace extends Kit {
  static iconSets = ['bootstrap', 'lucide'];
  static ready = `customElements.get('sl-button') &&
    [...document.querySelectorAll('sl-button,sl-input,sl-checkbox,sl-switch,sl-radio,sl-range,sl-select,sl-tab,sl-textarea')]
      .every((e) => e.shadowRoot?.querySelector('[part~=base],[part~=form-control]'))`;
  static boxes = {
    button: '[part~=base]', text_field: '.input,.textarea', checkbox: '[part~=control]', switch: '[part~=control]',
    radio: '[part~=control]', slider: '.range', dropdown: '.select__combobox', tab: '[part~=base]',
  };

  head() {
    const { hue, dark } = this.look;
    const shades = [50, 100, 200, 300, 400, 500, 600, 700, 800, 900, 950]
      .map((shade, n) => `--sl-color-primary-${shade}:hsl(${hue} 75% ${dark ? 10 + n * 8 : 96 - n * 8}%)`).join(';');
    return `<link rel="stylesheet" href="/@shoelace-style/shoelace/cdn/themes/${dark ? 'dark' : 'light'}.css">
      <script type="module" src="/@shoelace-style/shoelace/cdn/shoelace.js"></script>
      <style>:root,.sl-theme-dark{${shades}}body{font-family:var(--sl-font-sans)}sl-tab-group{--track-width:1px}</style>`;
  }

  attributes() {
    return this.look.dark ? 'class="sl-theme-dark"' : '';
  }

  theme() {
    return {
      ...super.theme(), bg: 'var(--sl-color-neutral-0)', fg: 'var(--sl-color-neutral-900)', accent: 'var(--sl-color-primary-600)',
      surface: 'var(--sl-panel-background-color)', line: 'var(--sl-color-neutral-200)', muted: 'var(--sl-color-neutral-600)',
    };
  }

  button(w) {
    const style = STYLE[w.style];
    return `<sl-button variant="${style}" size="${w.style === 'key' ? 'large' : SIZES[this.look.flavour % 3]}" ${this.look.flavour % 2 && w.style !== 'key' ? 'pill' : ''} ${w.disabled ? 'disabled' : ''}${mark(w, 'button')}>
      ${w.icon ? `<span slot="prefix" class="vt-button">${this.icon(w)}</span>` : ''}${esc(w.texts.text)}</sl-button>`;
  }

  iconButton(w) {
    return `<sl-button variant="text" size="medium" style="--sl-color-primary-600:currentColor;color:inherit"${mark(w, 'icon_button', 'icon')}>${this.glyph(w.icon, '')}</sl-button>`;
  }

  field(w) {
    const { label, value, placeholder } = w.texts;
    const look = this.look.flavour % 4 === 1 ? 'filled' : this.look.flavour % 4 === 2 ? 'pill' : '';
    return `<sl-input class="vt-field" ${look} size="${SIZES[this.look.flavour % 3]}" ${label ? `label="${esc(label)}"` : ''} type="${w.password ? 'password' : 'text'}"
      value="${esc(value ?? '')}" placeholder="${esc(placeholder ?? '')}"${mark(w, 'text_field')}>${w.icon ? `<span slot="prefix" class="vt-button">${this.icon(w)}</span>` : ''}</sl-input>`;
  }

  area(w) {
    return `<sl-textarea label="${esc(w.texts.label)}" value="${esc(w.texts.value)}"${mark(w, 'text_field')}></sl-textarea>`;
  }

  checkbox(w) {
    return `<sl-checkbox ${w.on ? 'checked' : ''}${mark(w, 'checkbox')}>${esc(w.texts.label)}</sl-checkbox>`;
  }

  switch(w) {
    return `<sl-switch style="flex:none" ${w.on ? 'checked' : ''} ${w.disabled ? 'disabled' : ''}${mark(w, 'switch')}>${esc(w.texts.label ?? '')}</sl-switch>`;
  }

  radios(w) {
    const items = range(w.count).map((n) => `<sl-radio value="${n}"${mark(w, 'radio', `radio${n}`)} data-t="option${n}">${esc(w.texts[`option${n}`])}</sl-radio>`);
    return `<div>${this.label(w)}<sl-radio-group value="${w.selected}">${items.join('')}</sl-radio-group></div>`;
  }

  slider(w) {
    return `<div>${this.label(w)}<sl-range tooltip="none" value="${w.value}"${mark(w, 'slider')}></sl-range></div>`;
  }

  dropdown(w) {
    return `<sl-select label="${esc(w.texts.label)}" value="a"${mark(w, 'dropdown')}><sl-option value="a">${esc(w.texts.value)}</sl-option></sl-select>`;
  }

  tabs(w) {
    const items = range(w.count).map((n) => `<sl-tab slot="nav" panel="p${n}" ${n === w.selected ? 'active' : ''}${mark(w, 'tab', `tab${n}`)} data-t="tab${n}">${esc(w.texts[`tab${n}`])}</sl-tab>`);
    return `<sl-tab-group>${items.join('')}</sl-tab-group>`;
  }
}
