// What every kit shares: the page, its sections, and plain versions of structural widgets.
// A kit overrides what it has itself; controls (button, field, ...) have no plain version.
import { esc, mark, owner, range } from './html.mjs';
import { iconPath } from './icons.mjs';
import { picture } from './pictures.mjs';

export class Kit {
  /** Selectors, piercing shadow roots, of the box of each class inside its marked host. */
  static boxes = {};
  /** Expression that is true in the page once the kit has drawn everything. */
  static ready = 'true';
  static iconSets = ['mdi', 'lucide', 'bootstrap', 'fontawesome', 'ionicons', 'ionicons-outline'];

  constructor(look) {
    this.look = look;
    this.icons = this.constructor.iconSets[look.icons % this.constructor.iconSets.length];
  }

  /** Extra markup of <head>. */
  head() {
    return '';
  }

  /** Attributes of <html>. */
  attributes() {
    return '';
  }

  /** Markup at the end of <body>. */
  end() {
    return '';
  }

  /** Values of the CSS variables that base.css uses. */
  theme() {
    const { hue, dark } = this.look;
    return {
      bg: dark ? '#121316' : '#ffffff', fg: dark ? '#e8e8ea' : '#1b1c1f',
      muted: dark ? '#9a9ca3' : '#6a6d75', surface: dark ? '#1d1f24' : '#f6f7f9',
      line: dark ? '#34363d' : '#dcdee3', accent: `hsl(${hue} 65% ${dark ? 62 : 42}%)`,
      'on-accent': dark ? '#111' : '#fff', 'bar-bg': 'var(--surface)', 'bar-fg': 'var(--fg)',
    };
  }

  // ---- the page ----

  page(p) {
    const side = this.look.side && p.nav.length ? ' vt-has-side' : '';
    return `<div class="vt-screen vt-wide-${this.look.wide}${side}">${this.bar(p)}
      <div class="vt-middle">${side ? this.side(p) : ''}
      <main class="vt-content" data-scroll><div class="vt-sections">${this.sections(p)}</div></main></div>
      ${p.nav.length ? this.nav(p) : ''}${p.floating ? this.floating(p.floating) : ''}</div>
      ${p.overlay ? this.overlay(p.overlay) : ''}`;
  }

  bar(p) {
    const leading = p.leading ? this.iconButton(p.leading) : '';
    const actions = p.actions.map((w) => this.iconButton(w)).join('');
    return `<header class="vt-bar">${leading}<div class="vt-title"${owner(p.title)}>${esc(p.title.texts.text)}</div>${actions}</header>`;
  }

  sections(p) {
    return p.sections.map((s) => this.section(s)).join('');
  }

  section(s) {
    const title = s.title ? this.heading(s.title) : '';
    const widgets = s.widgets.map((w) => this.widget(w)).join('');
    const body =
      s.layout === 'list'
        ? this.list(widgets)
        : `<div class="vt-${s.layout}" style="--columns:${s.columns}">${widgets}</div>`;
    return `<section class="vt-section vt-of-${s.layout}">${title}${body}</section>`;
  }

  widget(w) {
    const draw = {
      heading: 'heading', text: 'text', link: 'link', button: 'button', icon_button: 'iconButton',
      field: 'field', area: 'area', checkbox: 'checkbox', switch: 'switch', radios: 'radios',
      slider: 'slider', dropdown: 'dropdown', row: 'row', card: 'card', tabs: 'tabs',
      chips: 'chips', image: 'image', bubble: 'bubble', table: 'table',
    }[w.kind];
    return this[draw](w);
  }

  nav(p) {
    const items = p.nav.map((w, n) => this.navItem(w, n === p.nav_selected)).join('');
    return `<nav class="vt-nav" data-over>${items}</nav>`;
  }

  side(p) {
    const items = p.nav.map((w, n) => this.navItem(w, n === p.nav_selected)).join('');
    return `<aside class="vt-side">${items}</aside>`;
  }

  navItem(w, on) {
    return `<div class="vt-nav-item${on ? ' vt-on' : ''}"${mark(w, 'tab', 'button', { self: true })}>${this.icon(w)}<span>${esc(w.texts.text)}</span></div>`;
  }

  floating(w) {
    return `<button class="vt-float" data-over${mark(w, 'icon_button', 'icon')}>${this.glyph(w.icon)}</button>`;
  }

  overlay(o) {
    const widgets = o.widgets.map((w) => this.widget(w)).join('');
    const buttons = o.buttons.map((w) => this.button(w)).join('');
    const foot = buttons ? `<div class="vt-panel-buttons">${buttons}</div>` : '';
    return `<div class="vt-scrim vt-${o.kind}" data-over><div class="vt-panel">${widgets}${foot}</div></div>`;
  }

  // ---- icons and pictures ----

  /** A bare glyph without identity. */
  glyph(name, attributes = '') {
    return `<i class="vt-icon vt-glyph"${attributes} style="--mask:url(${iconPath(this.icons, name)})"></i>`;
  }

  /** The glyph that is part `icon` of a widget; empty if it has none. */
  icon(w) {
    return w.icon ? this.glyph(w.icon, mark(w, 'icon')) : '';
  }

  avatar(w) {
    return `<img class="vt-avatar"${mark(w, 'image')} src="${picture(w.picture)}" alt="">`;
  }

  image(w) {
    const ratio = w.ratio;
    return `<img class="vt-picture"${mark(w, 'image')} style="aspect-ratio:${ratio};max-height:${ratio > 1.2 ? 180 : 240}px;max-width:${ratio > 1.2 ? 460 : 300}px;margin:0 auto" src="${picture(w.picture)}" alt="">`;
  }

  // ---- structural widgets ----

  heading(w) {
    return `<div class="vt-heading"${owner(w)}>${esc(w.texts.text)}</div>`;
  }

  text(w) {
    return `<div${owner(w)}>${esc(w.texts.text)}</div>`;
  }

  link(w) {
    return `<div${owner(w)}><a href="#" data-k style="color:var(--accent)">${esc(w.texts.text)}</a></div>`;
  }

  list(rows) {
    const bare = this.look.flavour % 4 === 3 ? ' vt-bare' : '';
    return `<div class="vt-list${bare}">${rows}</div>`;
  }

  /** What stands before the words of a row. */
  lead(w) {
    return w.icon ? this.icon(w) : w.picture === undefined ? '' : this.avatar(w);
  }

  row(w) {
    return `<div class="vt-row"${mark(w, 'list_item', 'row', { self: true })}>${this.lead(w)}${this.words(w)}${this.trail(w)}</div>`;
  }

  words(w) {
    const { title, subtitle } = w.texts;
    const sub = subtitle ? `<span class="vt-sub">${esc(subtitle)}</span>` : '';
    return `<span class="vt-words"><span>${esc(title)}</span>${sub}</span>`;
  }

  trail(w) {
    const words = w.texts.trail ? `<span class="vt-trail">${esc(w.texts.trail)}</span>` : '';
    const children = w.children.map((child) => this.widget(child)).join('');
    return `${words}${children}${w.chevron ? '<span class="vt-chevron"></span>' : ''}`;
  }

  card(w) {
    const top = w.picture === undefined ? '' : `<img class="vt-picture"${mark(w, 'image')} src="${picture(w.picture)}" alt="">`;
    return `<div class="vt-card">${top}<div class="vt-card-body"${owner(w)}>${this.cardWords(w)}</div></div>`;
  }

  cardWords(w) {
    const children = w.children.map((child) => this.widget(child)).join('');
    return `<div class="vt-card-title">${esc(w.texts.title)}</div><div class="vt-muted">${esc(w.texts.body)}</div>${children}`;
  }

  tabs(w) {
    const items = range(w.count).map(
      (n) => `<div class="vt-tab${n === w.selected ? ' vt-on' : ''}"${mark(w, 'tab', `tab${n}`, { self: true })} data-t="tab${n}">${esc(w.texts[`tab${n}`])}</div>`,
    );
    return `<div class="vt-tabs">${items.join('')}</div>`;
  }

  chips(w) {
    const items = range(w.count).map(
      (n) => `<div class="vt-chip${n === w.selected ? ' vt-on' : ''}"${mark(w, 'button', `chip${n}`, { self: true })} data-t="chip${n}">${esc(w.texts[`chip${n}`])}</div>`,
    );
    return `<div class="vt-chips">${items.join('')}</div>`;
  }

  bubble(w) {
    return `<div class="vt-bubble${w.mine ? ' vt-mine' : ''}"${owner(w)}>${esc(w.texts.text)}</div>`;
  }

  table(w) {
    const cell = (part, extra = '') => `<div class="vt-cell${extra}" data-t="${part}">${esc(w.texts[part])}</div>`;
    const head = range(w.columns).map((c) => cell(`head${c}`, ' vt-head'));
    const body = range(w.rows).flatMap((r) => range(w.columns).map((c) => cell(`r${r}c${c}`)));
    return `<div class="vt-table"${owner(w)} style="--columns:${w.columns}">${[...head, ...body].join('')}</div>`;
  }

  /** A label of a widget, above or beside its control. */
  label(w, part = 'label') {
    return w.texts[part] ? `<span class="vt-label"${owner(w, part)}>${esc(w.texts[part])}</span>` : '';
  }
}

/** Parts that a drawn widget must have marked, whatever the kit. */
export function requiredParts(w) {
  const numbered = (name) => range(w.count).map((n) => `${name}${n}`);
  const parts = {
    button: ['button'], icon_button: ['icon'], field: ['text_field'], area: ['text_field'],
    checkbox: ['checkbox'], switch: ['switch'], radios: numbered('radio'), slider: ['slider'],
    dropdown: ['dropdown'], row: ['row'], tabs: numbered('tab'), chips: numbered('chip'),
    image: ['image'],
  }[w.kind] ?? [];
  if (w.icon && w.kind !== 'icon_button') parts.push('icon');
  if (w.picture !== undefined && w.kind !== 'image') parts.push('image');
  return parts;
}
