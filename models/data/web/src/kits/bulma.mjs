import { esc, mark, range } from '../html.mjs';
import { NativeKit } from '../native.mjs';

export class Bulma extends NativeKit {
  static classes = {
    button: 'button', input: 'input', textarea: 'textarea', label: 'label', table: 'table is-fullwidth',
    styles: { primary: 'is-primary', secondary: 'is-light', outline: 'is-primary is-outlined', plain: 'is-text', danger: 'is-danger', key: 'is-medium' },
  };

  head() {
    const { hue } = this.look;
    return `<link rel="stylesheet" href="/bulma/css/bulma.min.css"><style>:root{--bulma-primary-h:${hue}deg;--bulma-primary-s:65%;--bulma-link-h:${hue}deg}
      .vt-label.label{font-size:14px;margin-bottom:4px}</style>`;
  }

  attributes() {
    return `data-theme="${this.look.dark ? 'dark' : 'light'}"`;
  }

  theme() {
    return { ...super.theme(), bg: 'var(--bulma-scheme-main)', fg: 'var(--bulma-text)', surface: 'var(--bulma-scheme-main-bis)', line: 'var(--bulma-border)', accent: 'var(--bulma-primary)' };
  }

  button(w) {
    const size = w.style === 'key' ? '' : ['', 'is-rounded', 'is-small', 'is-medium'][this.look.flavour % 4];
    return super.button(w).replace('vt-button', `vt-button ${size}`);
  }

  select(w) {
    return `<div class="select is-fullwidth">${super.select(w)}</div>`;
  }

  tabs(w) {
    const items = range(w.count).map((n) => `<li class="${n === w.selected ? 'is-active' : ''}"><a${mark(w, 'tab', `tab${n}`)} data-t="tab${n}">${esc(w.texts[`tab${n}`])}</a></li>`);
    return `<div class="tabs ${['', 'is-boxed', 'is-toggle'][this.look.flavour % 3]}"><ul>${items.join('')}</ul></div>`;
  }
}
