// Kits that are a style sheet for the browser's own controls. Such a kit names its classes and
// overrides what it builds differently.
import { Kit } from './base.mjs';
import { esc, mark, owner, range } from './html.mjs';

export class NativeKit extends Kit {
  static boxes = {
    text_field: 'input,textarea', dropdown: 'select', checkbox: 'input', radio: 'input', slider: 'input',
    switch: '.vt-track,input',
  };
  /** Class names by control; `button` also by style. */
  static classes = {};

  named(control) {
    return this.constructor.classes[control] ?? '';
  }

  button(w) {
    const style = this.constructor.classes.styles?.[w.style] ?? '';
    return `<button class="vt-button ${this.named('button')} ${style}" ${w.disabled ? 'disabled' : ''}${mark(w, 'button')}>${this.icon(w)} ${esc(w.texts.text)}</button>`;
  }

  iconButton(w) {
    return `<button class="vt-plain-button"${mark(w, 'icon_button', 'icon')}>${this.glyph(w.icon)}</button>`;
  }

  /** A caption above a control. */
  caption(w) {
    return w.texts.label ? `<label class="vt-label ${this.named('label')}">${esc(w.texts.label)}</label>` : '';
  }

  input(w) {
    const { value, placeholder } = w.texts;
    return `<input class="${this.named('input')}" style="width:100%;box-sizing:border-box" type="${w.password ? 'password' : 'text'}" value="${esc(value ?? '')}"
      placeholder="${esc(placeholder ?? '')}" ${w.disabled ? 'disabled' : ''} ${w.focused ? 'autofocus' : ''}>`;
  }

  field(w) {
    return `<div class="vt-field"${mark(w, 'text_field')}>${this.caption(w)}<div class="vt-pair">${this.icon(w)}${this.input(w)}</div></div>`;
  }

  area(w) {
    return `<div${mark(w, 'text_field')}>${this.caption(w)}<textarea class="${this.named('textarea')}" style="width:100%;box-sizing:border-box" rows="4">${esc(w.texts.value)}</textarea></div>`;
  }

  dropdown(w) {
    return `<div${mark(w, 'dropdown')}>${this.caption(w)}${this.select(w)}</div>`;
  }

  select(w) {
    return `<select class="${this.named('select')}" style="width:100%" ${w.disabled ? 'disabled' : ''}><option>${esc(w.texts.value)}</option></select>`;
  }

  /** A check box or radio button with its caption, as markup without marks. */
  tick(type, on, words, w, name = '') {
    const id = `i${this.serial = (this.serial ?? 0) + 1}`;
    return `<span class="vt-pair"><input id="${id}" type="${type}" class="${this.named(type)}" name="${esc(name)}" ${on ? 'checked' : ''} ${w.disabled ? 'disabled' : ''}>
      <label for="${id}">${esc(words)}</label></span>`;
  }

  checkbox(w) {
    return `<div${mark(w, 'checkbox')}>${this.tick('checkbox', w.on, w.texts.label, w)}</div>`;
  }

  radios(w) {
    const items = range(w.count).map((n) => `<div${mark(w, 'radio', `radio${n}`)} data-t="option${n}">${this.tick('radio', n === w.selected, w.texts[`option${n}`], w, w.id)}</div>`);
    return `<div>${this.label(w)}${items.join('')}</div>`;
  }

  switch(w) {
    const words = w.texts.label ? `<span>${esc(w.texts.label)}</span>` : '';
    return `<div class="vt-pair ${this.look.flavour % 2 && words ? 'vt-spread vt-reverse' : ''}" style="flex:none"${mark(w, 'switch')}>${this.toggle(w)}${words}</div>`;
  }

  toggle(w) {
    return `<span class="vt-track vt-track-${this.look.flavour % 4}${w.on ? ' vt-on' : ''}"><span></span></span>`;
  }

  slider(w) {
    return `<div>${this.label(w)}<div${mark(w, 'slider')}><input type="range" class="${this.named('range')}" style="width:100%;margin:4px 0" ${w.disabled ? 'disabled' : ''} value="${w.value}"></div></div>`;
  }

  /** A table of the browser with the kit's class. */
  table(w) {
    const row = (parts, tag) => `<tr>${parts.map((part) => `<${tag} data-t="${part}">${esc(w.texts[part])}</${tag}>`).join('')}</tr>`;
    const columns = range(w.columns);
    return `<table class="${this.named('table')}" style="width:100%"${owner(w)}><thead>${row(columns.map((c) => `head${c}`), 'th')}</thead>
      <tbody>${range(w.rows).map((r) => row(columns.map((c) => `r${r}c${c}`), 'td')).join('')}</tbody></table>`;
  }
}
