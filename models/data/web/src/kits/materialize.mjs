import { esc, mark, range } from '../html.mjs';
import { NativeKit } from '../native.mjs';

export class Materialize extends NativeKit {
  static boxes = { ...NativeKit.boxes, checkbox: 'input::before', radio: 'span::before', switch: '.lever' };
  static classes = {
    button: 'btn', textarea: 'materialize-textarea',
    styles: { primary: 'filled', secondary: 'tonal', outline: 'outlined', plain: 'text', danger: 'filled red', key: 'tonal btn-large' },
  };

  head() {
    const { hue, dark } = this.look;
    return `<link rel="stylesheet" href="/@materializecss/materialize/dist/css/materialize.min.css">
      <style>:root,[theme]{--md-sys-color-primary:hsl(${hue} 60% ${dark ? 70 : 40}%)!important}body{font-family:Roboto,sans-serif}
      .vt-field{margin-top:6px}.input-field{margin:4px 0 0!important;width:100%;float:none!important} textarea.materialize-textarea{min-height:110px}</style>`;
  }

  attributes() {
    return `theme="${this.look.dark ? 'dark' : 'light'}"`;
  }

  theme() {
    return { ...super.theme(), bg: 'var(--md-sys-color-background)', fg: 'var(--md-sys-color-on-background)', surface: 'var(--md-sys-color-surface)', accent: 'var(--md-sys-color-primary)', 'on-accent': 'var(--md-sys-color-on-primary)', line: 'var(--md-sys-color-outline-variant)' };
  }

  field(w) {
    if (!w.texts.label) return super.field(w);
    const kind = this.look.flavour % 2 ? 'outlined' : '';
    return `<div class="vt-field"${mark(w, 'text_field')}><div class="vt-pair">${this.icon(w)}<div class="input-field ${kind}">
      ${this.input({ ...w, texts: { ...w.texts, placeholder: w.texts.placeholder ?? ' ' } })}<label class="active">${esc(w.texts.label)}</label></div></div></div>`;
  }

  select(w) {
    return `<select class="browser-default" style="width:100%"><option>${esc(w.texts.value)}</option></select>`;
  }

  tick(type, on, words, w, name = '') {
    return `<label><input type="${type}" name="${esc(name)}" ${on ? 'checked' : ''} ${w.disabled ? 'disabled' : ''} class="${this.look.flavour % 2 ? 'filled-in' : ''}"><span>${esc(words)}</span></label>`;
  }

  toggle(w) {
    return `<span class="switch"><label><input type="checkbox" ${w.on ? 'checked' : ''} ${w.disabled ? 'disabled' : ''}><span class="lever"></span></label></span>`;
  }

  tabs(w) {
    const items = range(w.count).map((n) => `<li class="tab"><a class="${n === w.selected ? 'active' : ''}"${mark(w, 'tab', `tab${n}`)} data-t="tab${n}">${esc(w.texts[`tab${n}`])}</a></li>`);
    return `<ul class="tabs">${items.join('')}</ul>`;
  }
}
