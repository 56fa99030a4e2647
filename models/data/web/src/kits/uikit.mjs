import { esc, mark, range } from '../html.mjs';
import { NativeKit } from '../native.mjs';

export class UIkit extends NativeKit {
  static classes = {
    button: 'uk-button', input: 'uk-input', textarea: 'uk-textarea', select: 'uk-select', checkbox: 'uk-checkbox', radio: 'uk-radio', range: 'uk-range',
    label: 'uk-form-label', table: 'uk-table uk-table-divider',
    styles: { primary: 'uk-button-primary', secondary: 'uk-button-secondary', outline: 'uk-button-default', plain: 'uk-button-text', danger: 'uk-button-danger', key: 'uk-button-default uk-button-large' },
  };

  head() {
    const colour = `hsl(${this.look.hue} 70% 45%)`;
    return `<link rel="stylesheet" href="/uikit/dist/css/uikit${this.look.rtl ? '-rtl' : ''}.min.css"><style>.uk-button-primary{background:${colour}}
      .uk-checkbox:checked,.uk-radio:checked{background-color:${colour}} .uk-button-large{padding:0 8px} body{background:var(--bg)}</style>`;
  }

  page(p) {
    return `<div class="${this.look.dark ? 'uk-light' : ''}" style="height:100%">${super.page(p)}</div>`;
  }

  tabs(w) {
    const items = range(w.count).map((n) => `<li class="${n === w.selected ? 'uk-active' : ''}"><a${mark(w, 'tab', `tab${n}`)} data-t="tab${n}">${esc(w.texts[`tab${n}`])}</a></li>`);
    return `<ul class="${this.look.flavour % 2 ? 'uk-tab' : 'uk-subnav uk-subnav-pill'}">${items.join('')}</ul>`;
  }
}
