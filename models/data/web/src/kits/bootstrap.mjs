import { Kit } from '../base.mjs';
import { esc, mark, owner, range } from '../html.mjs';

const STYLE = { primary: 'primary', secondary: 'secondary', outline: 'outline-primary', plain: 'link', danger: 'danger', key: 'outline-secondary' };

export class Bootstrap extends Kit {
  static boxes = { checkbox: 'input', switch: 'input', radio: 'input', slider: 'input', text_field: 'input,textarea', dropdown: 'select' };

  head() {
    const { hue, dark } = this.look;
    const colour = `hsl(${hue} 70% ${dark ? 55 : 42}%)`;
    return `<link rel="stylesheet" href="/bootstrap/dist/css/bootstrap.min.css"><style>
      :root,[data-bs-theme=dark]{--bs-primary:${colour};--bs-link-color:${colour}}
      .btn-primary{--bs-btn-bg:${colour};--bs-btn-border-color:${colour}}
      .btn-outline-primary{--bs-btn-color:${colour};--bs-btn-border-color:${colour}}
      .btn-link{--bs-btn-color:${colour}} .nav{--bs-nav-link-color:var(--fg)}
      .form-check-input:checked{background-color:${colour};border-color:${colour}}</style>`;
  }

  attributes() {
    return this.look.dark ? 'data-bs-theme="dark"' : '';
  }

  theme() {
    const strong = this.look.flavour % 2 === 0;
    return {
      ...super.theme(), accent: 'var(--bs-primary)', 'on-accent': '#fff', bg: 'var(--bs-body-bg)', fg: 'var(--bs-body-color)',
      surface: 'var(--bs-body-bg)', line: 'var(--bs-border-color)', corner: '6px',
      'bar-bg': strong ? 'var(--bs-primary)' : 'var(--bs-tertiary-bg)', 'bar-fg': strong ? '#fff' : 'inherit',
    };
  }

  button(w) {
    const size = ['', 'btn-sm', 'btn-lg'][this.look.flavour % 3];
    return `<button class="btn btn-${STYLE[w.style]} ${w.style === 'key' ? 'btn-lg' : size} vt-button" ${w.disabled ? 'disabled' : ''}${mark(w, 'button')}>${this.icon(w)} ${esc(w.texts.text)}</button>`;
  }

  iconButton(w) {
    return `<button class="btn" style="color:inherit"${mark(w, 'icon_button', 'icon')}>${this.glyph(w.icon)}</button>`;
  }

  field(w) {
    const { label, value, placeholder } = w.texts;
    const input = `type="${w.password ? 'password' : 'text'}" class="form-control" value="${esc(value ?? '')}"`;
    if (label && value && !w.icon && this.look.flavour % 2) {
      return `<div class="form-floating vt-field"${mark(w, 'text_field')}><input ${input} placeholder=" "><label>${esc(label)}</label></div>`;
    }
    return `<div class="vt-field"${mark(w, 'text_field')}>${label ? `<label class="form-label">${esc(label)}</label>` : ''}<div style="display:flex;align-items:center;gap:8px">
      ${this.icon(w)}<input ${input} placeholder="${esc(placeholder ?? '')}"></div></div>`;
  }

  area(w) {
    return `<div${mark(w, 'text_field')}><label class="form-label">${esc(w.texts.label)}</label><textarea class="form-control" rows="4">${esc(w.texts.value)}</textarea></div>`;
  }

  check(w, cls, type, on, part, text, name = '') {
    return `<div class="form-check ${cls === 'switch' ? 'form-switch' : ''}"${mark(w, cls, part)}${text ? ` data-t="${text}"` : ''} style="flex:none">
      <input class="form-check-input" type="${type}" name="${esc(name)}" ${on ? 'checked' : ''} ${w.disabled ? 'disabled' : ''}>${w.texts[text] ? `<label class="form-check-label">${esc(w.texts[text])}</label>` : ''}</div>`;
  }

  checkbox(w) {
    return this.check(w, 'checkbox', 'checkbox', w.on, 'checkbox', 'label');
  }

  switch(w) {
    return this.check(w, 'switch', 'checkbox', w.on, 'switch', 'label');
  }

  radios(w) {
    const items = range(w.count).map((n) => this.check(w, 'radio', 'radio', n === w.selected, `radio${n}`, `option${n}`, w.id));
    return `<div>${this.label(w)}${items.join('')}</div>`;
  }

  slider(w) {
    return `<div>${this.label(w)}<div${mark(w, 'slider')}><input type="range" class="form-range" value="${w.value}"></div></div>`;
  }

  dropdown(w) {
    return `<div${mark(w, 'dropdown')}><label class="form-label">${esc(w.texts.label)}</label><select class="form-select"><option>${esc(w.texts.value)}</option></select></div>`;
  }

  list(rows) {
    return `<div class="list-group">${rows}</div>`;
  }

  row(w) {
    return `<div class="list-group-item list-group-item-action d-flex align-items-center" style="gap:14px"${mark(w, 'list_item', 'row')}>${this.lead(w)}${this.words(w)}${this.trail(w)}</div>`;
  }

  cardWords(w) {
    const children = w.children.map((child) => this.widget(child)).join('');
    return `<h5 class="card-title">${esc(w.texts.title)}</h5><p class="card-text">${esc(w.texts.body)}</p>${children}`;
  }

  tabs(w) {
    const kind = ['tabs', 'pills', 'underline'][this.look.flavour % 3];
    const items = range(w.count).map((n) => `<li class="nav-item"><a class="nav-link ${n === w.selected ? 'active' : ''}"${mark(w, 'tab', `tab${n}`)} data-t="tab${n}">${esc(w.texts[`tab${n}`])}</a></li>`);
    return `<ul class="nav nav-${kind}">${items.join('')}</ul>`;
  }

  table(w) {
    const row = (parts, tag) => `<tr>${parts.map((part) => `<${tag} data-t="${part}">${esc(w.texts[part])}</${tag}>`).join('')}</tr>`;
    const columns = range(w.columns);
    return `<table class="table ${this.look.flavour % 2 ? 'table-striped' : ''}"${owner(w)}><thead>${row(columns.map((c) => `head${c}`), 'th')}</thead>
      <tbody>${range(w.rows).map((r) => row(columns.map((c) => `r${r}c${c}`), 'td')).join('')}</tbody></table>`;
  }
}
