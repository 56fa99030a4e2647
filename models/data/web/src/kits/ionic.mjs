import { Kit } from '../base.mjs';
import { esc, mark, owner, range } from '../html.mjs';
import { iconName } from '../icons.mjs';

const FILL = { primary: 'solid', secondary: 'solid', outline: 'outline', plain: 'clear', danger: 'solid', key: 'outline' };
const COLOUR = { danger: 'danger', secondary: 'medium', key: 'medium' };

export class Ionic extends Kit {
  static iconSets = ['ionicons', 'ionicons-outline'];
  static ready = `document.querySelector('ion-app.hydrated') &&
    [...document.querySelectorAll('ion-icon,ion-button,ion-checkbox,ion-toggle,ion-range,ion-select,ion-input,ion-item')]
      .every((e) => e.classList.contains('hydrated')) &&
    [...document.querySelectorAll('ion-icon')].every((e) => e.shadowRoot.querySelector('svg'))`;
  static boxes = {
    icon: 'ion-icon:not(.close-icon)', icon_button: '.button-native', button: '.button-native, ion-chip',
    text_field: '.input-wrapper, .textarea-wrapper, .searchbar-input-container',
    checkbox: '.native-wrapper', switch: '.native-wrapper', radio: '.native-wrapper',
    slider: '.range-slider', dropdown: '.select-wrapper',
  };

  head() {
    const { dark, hue } = this.look;
    const palette = dark ? '<link rel="stylesheet" href="/@ionic/core/css/palettes/dark.always.css">' : '';
    return `<link rel="stylesheet" href="/@ionic/core/css/ionic.bundle.css">${palette}
      <style>:root{--ion-color-primary:hsl(${hue} 70% ${dark ? 62 : 45}%);--ion-color-primary-contrast:${dark ? '#000' : '#fff'}}
      ion-content{--padding-start:0;--padding-end:0} ion-button.key{width:100%}</style>
      <script type="module" src="/@ionic/core/dist/ionic/ionic.esm.js"></script>`;
  }

  attributes() {
    return `mode="${this.look.mode}"`;
  }

  theme() {
    const inset = this.look.mode === 'ios' && !this.look.dark ? '#f2f2f7' : 'var(--ion-background-color, #fff)';
    return {
      ...super.theme(), accent: 'var(--ion-color-primary)', surface: 'var(--ion-item-background, var(--ion-background-color, #fff))',
      fg: 'var(--ion-text-color, #000)', bg: inset,
    };
  }

  page(p) {
    const fab = p.floating ? `<ion-fab slot="fixed" vertical="bottom" horizontal="end" data-over>${this.floating(p.floating)}</ion-fab>` : '';
    return `<ion-app>${this.bar(p)}<ion-content style="--background:var(--bg)"><div class="vt-wide-${this.look.wide}" style="padding:12px">
      <div class="vt-sections">${this.sections(p)}</div></div>${fab}</ion-content>
      ${p.nav.length ? this.nav(p) : ''}</ion-app>${p.overlay ? this.overlay(p.overlay) : ''}`;
  }

  bar(p) {
    const leading = p.leading ? `<ion-buttons slot="start">${this.iconButton(p.leading)}</ion-buttons>` : '';
    const actions = p.actions.length ? `<ion-buttons slot="end">${p.actions.map((w) => this.iconButton(w)).join('')}</ion-buttons>` : '';
    const colour = this.look.flavour % 3 === 0 ? 'color="primary"' : '';
    return `<ion-header><ion-toolbar ${colour}>${leading}<ion-title${owner(p.title)}>${esc(p.title.texts.text)}</ion-title>${actions}</ion-toolbar></ion-header>`;
  }

  nav(p) {
    const items = p.nav.map((w, n) => `<ion-tab-button ${n === p.nav_selected ? 'class="tab-selected"' : ''}${mark(w, 'tab', 'button')}>
      ${this.icon(w)}<ion-label>${esc(w.texts.text)}</ion-label></ion-tab-button>`);
    return `<ion-footer><ion-tab-bar>${items.join('')}</ion-tab-bar></ion-footer>`;
  }

  floating(w) {
    return `<ion-fab-button${mark(w, 'icon_button', 'icon')}>${this.glyph(w.icon)}</ion-fab-button>`;
  }

  glyph(name, attributes = '') {
    return `<ion-icon name="${iconName(this.icons, name)}"${attributes}></ion-icon>`;
  }

  icon(w, slot = '') {
    return w.icon ? this.glyph(w.icon, `${mark(w, 'icon')}${slot ? ` slot="${slot}"` : ''}`) : '';
  }

  button(w) {
    const colour = COLOUR[w.style] ?? 'primary';
    const shape = this.look.flavour % 2 ? 'shape="round"' : '';
    return `<ion-button class="${w.style}" fill="${FILL[w.style]}" color="${colour}" ${w.style === 'key' ? '' : shape} ${w.disabled ? 'disabled' : ''}${mark(w, 'button')}>
      ${this.icon(w, 'start')}${esc(w.texts.text)}</ion-button>`;
  }

  iconButton(w) {
    return `<ion-button fill="clear"${mark(w, 'icon_button', 'icon')}>${this.glyph(w.icon, ' slot="icon-only"')}</ion-button>`;
  }

  field(w) {
    const { label, value, placeholder } = w.texts;
    if (w.icon && !label) {
      return `<ion-searchbar class="vt-field" data-icon=".searchbar-search-icon"${mark(w, 'text_field')} placeholder="${esc(placeholder ?? '')}" value="${esc(value ?? '')}"></ion-searchbar>`;
    }
    const placement = label ? `label="${esc(label)}" label-placement="stacked"` : 'aria-label="-"';
    return `<ion-input class="vt-field" fill="${this.look.mode === 'md' ? ['solid', 'outline'][this.look.flavour % 2] : 'outline'}"
      ${placement} type="${w.password ? 'password' : 'text'}" value="${esc(value ?? '')}" placeholder="${esc(placeholder ?? '')}"${mark(w, 'text_field')}>${this.icon(w, 'start')}</ion-input>`;
  }

  area(w) {
    return `<ion-textarea fill="outline" label="${esc(w.texts.label)}" label-placement="stacked" rows="4" value="${esc(w.texts.value)}"${mark(w, 'text_field')}></ion-textarea>`;
  }

  checkbox(w) {
    return `<ion-checkbox label-placement="end" justify="start" ${w.on ? 'checked' : ''}${mark(w, 'checkbox')}>${esc(w.texts.label)}</ion-checkbox>`;
  }

  switch(w) {
    const toggle = `<ion-toggle ${w.on ? 'checked' : ''} ${w.disabled ? 'disabled' : ''} ${w.texts.label ? 'justify="space-between"' : 'aria-label="-" style="flex:none"'}${mark(w, 'switch')}>${esc(w.texts.label ?? '')}</ion-toggle>`;
    return w.texts.label ? `<ion-item lines="none">${toggle}</ion-item>` : toggle;
  }

  radios(w) {
    const items = range(w.count).map((n) => `<ion-item><ion-radio value="${n}"${mark(w, 'radio', `radio${n}`)} data-t="option${n}">${esc(w.texts[`option${n}`])}</ion-radio></ion-item>`);
    return `<div>${this.label(w)}<ion-radio-group value="${w.selected}">${items.join('')}</ion-radio-group></div>`;
  }

  slider(w) {
    return `<div>${this.label(w)}<ion-range aria-label="-" value="${w.value}"${mark(w, 'slider')}></ion-range></div>`;
  }

  dropdown(w) {
    return `<ion-select fill="outline" label="${esc(w.texts.label)}" label-placement="stacked" value="a"${mark(w, 'dropdown')}>
      <ion-select-option value="a">${esc(w.texts.value)}</ion-select-option></ion-select>`;
  }

  list(rows) {
    return `<ion-list ${this.look.flavour % 4 === 3 ? 'lines="none"' : ''} style="border-radius:10px">${rows}</ion-list>`;
  }

  row(w) {
    const lead = w.icon ? this.icon(w, 'start') : w.picture === undefined ? '' : `<ion-avatar slot="start">${this.avatar(w)}</ion-avatar>`;
    const { title, subtitle, trail } = w.texts;
    const children = w.children.map((c) => `<div slot="end">${this.widget(c)}</div>`).join('');
    return `<ion-item button detail="${Boolean(w.chevron)}"${mark(w, 'list_item', 'row')}>${lead}<ion-label><h3>${esc(title)}</h3>${subtitle ? `<p>${esc(subtitle)}</p>` : ''}</ion-label>
      ${trail ? `<ion-note slot="end">${esc(trail)}</ion-note>` : ''}${children}</ion-item>`;
  }

  tabs(w) {
    const items = range(w.count).map((n) => `<ion-segment-button value="${n}"${mark(w, 'tab', `tab${n}`)} data-t="tab${n}"><ion-label>${esc(w.texts[`tab${n}`])}</ion-label></ion-segment-button>`);
    return `<ion-segment value="${w.selected}">${items.join('')}</ion-segment>`;
  }

  chips(w) {
    return `<div>${range(w.count).map((n) => `<ion-chip ${n === w.selected ? 'color="primary"' : 'outline'}${mark(w, 'button', `chip${n}`)} data-t="chip${n}">${esc(w.texts[`chip${n}`])}</ion-chip>`).join('')}</div>`;
  }
}
