import { NativeKit } from '../native.mjs';

const HUES = ['blue', 'green', 'orange', 'pink', 'purple', 'red', 'slate', 'violet', 'indigo', 'jade', 'lime', 'amber'];

export class Pico extends NativeKit {
  static classes = {
    styles: { primary: '', secondary: 'secondary', outline: 'outline', plain: 'contrast outline', danger: 'contrast', key: 'secondary outline' },
  };

  head() {
    const colour = HUES[Math.floor((this.look.hue / 360) * HUES.length)];
    return `<link rel="stylesheet" href="/@picocss/pico/css/pico.${colour}.min.css"><style>:root{--pico-font-size:${[87, 100, 106][this.look.flavour % 3]}%!important;--pico-form-element-spacing-vertical:.5rem}
      input,select,textarea,button,label,fieldset,table{margin-bottom:0!important} .vt-plain-button{background:none;border:0;color:inherit;box-shadow:none;--pico-color:inherit}</style>`;
  }

  attributes() {
    return `data-theme="${this.look.dark ? 'dark' : 'light'}"`;
  }

  theme() {
    return { ...super.theme(), bg: 'var(--pico-background-color)', fg: 'var(--pico-color)', surface: 'var(--pico-card-background-color)', line: 'var(--pico-muted-border-color)', accent: 'var(--pico-primary)', muted: 'var(--pico-muted-color)' };
  }

  toggle(w) {
    return `<input type="checkbox" role="switch" ${w.on ? 'checked' : ''} ${w.disabled ? 'disabled' : ''}>`;
  }
}
