// Screens as Android applications of many years and makers draw them, by nobody's toolkit.
import { Kit } from '../base.mjs';
import { esc, mark, owner, range } from '../html.mjs';
import { picture } from '../pictures.mjs';
import { design } from './android/design.mjs';
import { arranged } from './android/parts.mjs';
import { launcherArt, streets } from './android/scenes.mjs';

export class Android extends Kit {
  static boxes = { text_field: '.a-frame', dropdown: '.a-frame', checkbox: '.a-box', radio: '.a-dot', switch: '.a-toggle', slider: '.a-range' };

  constructor(look) {
    super(look);
    this.design = design(look);
    this.icons = this.design.icons;
  }

  head() {
    const folder = this.design.family.toLowerCase().replace(' ', '-');
    const faces = folder === 'noto-sans' ? [] : folder === 'roboto' ? [300, 400, 500, 700] : [400, 700];
    return `${faces.map((weight) => `<link rel="stylesheet" href="/@fontsource/${folder}/${weight}.css">`).join('')}<link rel="stylesheet" href="/src/kits/android/android.css">`;
  }

  attributes() {
    return `class="${Object.entries(this.design.shapes).map(([name, value]) => `a-${name}-${value}`).join(' ')}"`;
  }

  theme() {
    return this.design.theme;
  }

  // ---- the page ----

  page(p) {
    const at = (place) => p.sections.filter((s) => s.place === place).map((s) => this.section(s)).join('');
    const [kind, seed] = p.backdrop.split(':');
    const ground = { '': ['', ''], photo: [' a-papered a-scene', picture(Number(seed))], map: [' a-papered a-map', streets(Number(seed), this.look.dark)] }[kind];
    const side = at('side');
    const above = p.nav.length ? 'var(--nav)' : '0px';
    return `<div class="vt-screen a-screen${ground[0]}" style="--paper:url(&quot;${ground[1]}&quot;);--above-nav:${above}">${this.bar(p)}${at('top')}
      <div class="a-panes">${side ? `<aside class="a-side">${side}</aside>` : ''}<main class="vt-content a-main" data-scroll>${at('content')}</main></div>${at('bottom')}${p.nav.length ? this.nav(p) : ''}${at('over')}
      ${p.floating ? this.floating(p.floating) : ''}</div>${p.overlay ? this.overlay(p.overlay) : ''}`;
  }

  bar(p) {
    if (p.bar === 'none') return '';
    const leading = p.leading ? this.iconButton(p.leading) : '';
    const title = `<div class="a-bar-title"${owner(p.title)}>${esc(p.title.texts.text ?? '')}</div>`;
    const row = (middle) => `<header class="a-bar">${leading}${middle}${p.actions.map((w) => this.iconButton(w)).join('')}</header>`;
    if (p.bar === 'large') return `${row('<div class="a-bar-title"></div>')}<div class="a-bar-large"${owner(p.title)}>${esc(p.title.texts.text)}</div>`;
    if (p.bar === 'photo') return `<div class="a-bar-photo" style="--photo:url(&quot;${picture(p.title.photo)}&quot;)">${row('<div class="a-bar-title"></div>')}${title}</div>`;
    return row(title);
  }

  section(s) {
    const over = s.place === 'over' ? ' data-over' : '';
    const dock = s.place === 'bottom' ? ' a-dock' : '';
    const title = s.title ? this.heading(s.title) : '';
    return `<section class="a-part a-part-${s.arrangement}${dock}"${over}>${title}${arranged(this, s)}</section>`;
  }

  navItem(w, on) {
    const words = w.texts.text ? `<span>${esc(w.texts.text)}</span>` : '';
    return `<div class="a-cell${on ? ' a-on' : ''}"${mark(w, 'tab', 'button', { self: true })}>${this.icon(w)}${words}</div>`;
  }

  nav(p) {
    return `<nav class="a-nav" data-over>${p.nav.map((w, n) => this.navItem(w, n === p.nav_selected)).join('')}</nav>`;
  }

  floating(w) {
    if (w.kind === 'button') return `<div class="a-float a-float-long" data-over${mark(w, 'button')}>${this.icon(w)}${esc(w.texts.text)}</div>`;
    return `<div class="a-float" data-over${mark(w, 'icon_button', 'icon')}>${this.glyph(w.icon)}</div>`;
  }

  overlay(o) {
    const lines = o.widgets.map((w) => (w.kind === 'row' || w.style === 'drawer' ? this.widget(w) : `<div class="a-part">${this.widget(w)}</div>`)).join('');
    const foot = o.buttons.length ? `<div class="a-ends-row">${o.buttons.map((w) => this.button(w)).join('')}</div>` : '';
    return `<div class="a-veil a-veil-${o.kind}" data-over><div class="a-panel">${lines}${foot}</div></div>`;
  }

  // ---- words, icons and pictures ----

  heading(w) {
    return `<div class="a-head"${owner(w)}>${esc(w.texts.text)}</div>`;
  }

  text(w) {
    const stars = w.rating ? this.stars(w) : '';
    const drawer = w.style === 'drawer' ? ` style="--photo:url(&quot;${picture(w.photo)}&quot;)"` : '';
    return `<div class="a-${drawer ? 'drawer-head' : w.style}"${owner(w)}${drawer}>${stars}${this.icon(w)}${esc(w.texts.text)}</div>`;
  }

  stars(w) {
    const star = (n) => this.glyph('star', mark(w, 'icon', `star${n}`, { self: true }));
    return `<span class="a-stars">${range(w.rating).map(star).join('')}</span> `;
  }

  iconButton(w) {
    const shell = w.plate ?? (this.design.shapes.shell === 'none' ? '' : this.design.shapes.shell);
    const size = w.size ? ` style="--icon:${w.size}px;min-width:${w.size + 16}px;height:${w.size + 16}px"` : '';
    return `<div class="a-shell${shell ? ` a-${shell}` : ''}"${mark(w, 'icon_button', 'icon')}${size}>${this.glyph(w.icon)}</div>`;
  }

  image(w) {
    const round = w.round ? ' a-picture-round' : '';
    const width = w.size ? `width:${w.size}px;--round:none;margin:0;` : '';
    return `<img class="a-picture${round}"${mark(w, 'image')}${w.tap ? ' data-k' : ''} style="${width}aspect-ratio:${w.ratio}" src="${picture(w.picture)}" alt="">`;
  }

  /** A thumbnail with what is written below or on it. */
  tile(w) {
    const { caption, sub } = w.texts;
    const words = [['caption', caption, 'a-tile-name'], ['sub', sub, 'a-muted']].filter(([, text]) => text).map(([part, text, name]) => `<span class="${name}" data-t="${part}">${esc(text)}</span>`).join('');
    if (w.over) return `<div class="a-tile a-over-words"${mark(w, 'image', 'image', { self: true })} data-k style="background:url(&quot;${picture(w.picture)}&quot;) center/cover;aspect-ratio:${w.ratio};border-radius:var(--tile-corner)">${words ? `<div class="a-tile-words"${owner(w)}>${words}</div>` : ''}</div>`;
    return `<div class="a-tile"${owner(w)}><img${mark(w, 'image')} data-k style="aspect-ratio:${w.ratio}" src="${picture(w.picture)}" alt="">${words}</div>`;
  }

  /** An icon of many colours with its name below. */
  app(w) {
    const name = w.texts.caption ? `<span data-t="caption">${esc(w.texts.caption)}</span>` : '';
    return `<div class="a-app"${owner(w)}><div class="a-launch"${mark(w, 'icon', 'image', { self: true })} data-k style="--art:url(&quot;${launcherArt(w.picture)}&quot;)"></div>${name}</div>`;
  }

  bubble(w) {
    return `<div class="a-bubble${w.mine ? ' a-mine' : ''}"${owner(w)}>${esc(w.texts.text)}</div>`;
  }

  // ---- controls ----

  button(w) {
    const style = w.style === 'key' ? 'secondary' : w.style;
    return `<div class="a-button a-${style}${w.disabled ? ' a-off' : ''}"${mark(w, 'button')}>${this.icon(w)}<span>${esc(w.texts.text)}</span></div>`;
  }

  /** A key of a keypad; a bare one is a button that has no shape. */
  keypad(w) {
    if (w.kind === 'icon_button') return `<div class="a-key"${mark(w, 'icon_button', 'icon')}>${this.glyph(w.icon)}</div>`;
    const small = w.texts.small ? `<small data-t="small">${esc(w.texts.small)}</small>` : '';
    return `<div class="a-key${w.style === 'primary' ? ' a-strong' : ''}"${mark(w, 'button')}><span data-t="text">${esc(w.texts.text)}</span>${small}</div>`;
  }

  field(w) {
    const { label, value, placeholder } = w.texts;
    const [part, words] = value ? ['value', w.password ? '•'.repeat(value.length) : value] : ['placeholder', placeholder ?? ''];
    const eye = w.password && w.eye ? this.glyph('eye', `${mark(w, 'icon', 'eye', { self: true })} data-k`) : '';
    const above = label ? `<span class="a-label" data-t="label">${esc(label)}</span>` : '';
    const hint = part === 'placeholder' ? ' a-hint' : '';
    return `<div class="a-field"${mark(w, 'text_field')}>${above}<div class="a-frame${w.focused ? ' a-focus' : ''}">${this.icon(w)}<span class="a-value${hint}" data-t="${part}">${esc(words)}</span>${eye}</div></div>`;
  }

  area(w) {
    return `<div class="a-field"${mark(w, 'text_field')}><span class="a-label" data-t="label">${esc(w.texts.label)}</span><div class="a-frame a-tall"><span data-t="value">${esc(w.texts.value)}</span></div></div>`;
  }

  dropdown(w) {
    const label = w.texts.label ? `<span class="a-label" data-t="label">${esc(w.texts.label)}</span>` : '';
    return `<div class="a-field"${mark(w, 'dropdown')}>${label}<div class="a-frame"><span class="a-value" data-t="value">${esc(w.texts.value)}</span><i class="a-caret"></i></div></div>`;
  }

  choice(w, cls, part, glyph, words, name) {
    const ends = this.look.flavour % 3 === 0 && words ? ' a-ends' : '';
    return `<div class="a-choice${ends}${w.disabled ? ' a-off' : ''}"${mark(w, cls, part)} data-t="${name}">${glyph}${words ? `<span>${esc(words)}</span>` : ''}</div>`;
  }

  checkbox(w) {
    return this.choice(w, 'checkbox', 'checkbox', `<i class="a-box${w.on ? ' a-on' : ''}"></i>`, w.texts.label, 'label');
  }

  switch(w) {
    return this.choice(w, 'switch', 'switch', `<i class="a-toggle${w.on ? ' a-on' : ''}"></i>`, w.texts.label, 'label');
  }

  radios(w) {
    const one = (n) => this.choice(w, 'radio', `radio${n}`, `<i class="a-dot${n === w.selected ? ' a-on' : ''}"></i>`, w.texts[`option${n}`], `option${n}`);
    return `<div>${this.label(w)}${range(w.count).map(one).join('')}</div>`;
  }

  slider(w) {
    return `<div style="flex:1;min-width:80px">${this.label(w)}<div${mark(w, 'slider')}><div class="a-range" style="--at:${w.value}%"></div></div></div>`;
  }

  tabs(w) {
    const inner = (n) => (w.icons ? this.glyph(w.icons.split(',')[n], mark(w, 'icon', `icon${n}`, { self: true })) : esc(w.texts[`tab${n}`]));
    const one = (n) => `<div class="a-tab${n === w.selected ? ' a-on' : ''}"${mark(w, 'tab', `tab${n}`, { self: true })} data-t="tab${n}">${inner(n)}</div>`;
    return `<div class="a-strip">${range(w.count).map(one).join('')}</div>`;
  }

  chips(w) {
    const one = (n) => `<div class="a-chip${n === w.selected ? ' a-on' : ''}"${mark(w, 'button', `chip${n}`, { self: true })} data-t="chip${n}">${esc(w.texts[`chip${n}`])}</div>`;
    return `<div class="a-chips">${range(w.count).map(one).join('')}</div>`;
  }

  // ---- rows and cards ----

  lead(w) {
    const tint = this.design.shapes.seat === 'tints' && w.icon ? ` style="color:hsl(${(w.icon.length * 67 + this.look.hue) % 360} 60% 50%)"` : '';
    if (w.icon) return `<span class="a-lead"${tint}>${this.icon(w)}</span>`;
    if (w.texts.letter) return `<span class="a-avatar"${mark(w, 'image', 'image', { self: true })} data-t="letter" style="--tone:hsl(${w.tone} 45% 45%)">${esc(w.texts.letter)}</span>`;
    return w.picture === undefined ? '' : this.avatar(w);
  }

  avatar(w) {
    return `<img class="${w.thumb ? 'a-thumb' : 'a-avatar'}"${mark(w, 'image')} src="${picture(w.picture)}" alt="">`;
  }

  row(w) {
    const manner = ['bold', 'wrap', 'large'].filter((name) => w[name]).map((name) => ` a-row-${name}`).join('');
    return `<div class="a-row${manner}"${mark(w, 'list_item', 'row', { self: true })}>${this.drawn(w, true)}${this.lead(w)}${this.words(w)}${this.trail(w)}</div>`;
  }

  words(w) {
    const line = (part, name) => (w.texts[part] ? `<span class="${name}" data-t="${part}">${esc(w.texts[part])}</span>` : '');
    const stars = w.rating ? `<span>${this.stars(w)}</span>` : '';
    const bar = w.value === undefined ? '' : `<span class="a-range" style="--at:${w.value}%;pointer-events:none"></span>`;
    return `<span class="a-words">${line('title', 'a-name')}${line('subtitle', 'a-sub')}${line('body', 'a-sub')}${stars}${bar}</span>`;
  }

  trail(w) {
    const middle = w.texts.subtitle ? '' : ' a-trail-mid';
    const words = w.texts.trail ? `<span class="a-trail${middle}" data-t="trail">${esc(w.texts.trail)}</span>` : '';
    return `${words}${this.drawn(w, false)}`;
  }

  /** The controls before the words of a row, or those after them. */
  drawn(w, first) {
    return w.children.filter((child) => Boolean(child.first) === first).map((child) => this.widget(child)).join('');
  }

  card(w) {
    const photo = w.picture === undefined ? '' : `<img class="a-card-photo"${mark(w, 'image')} data-k style="--photo-height:${w.tall ?? 170}px" src="${picture(w.picture)}" alt="">`;
    const stars = w.rating ? `<div>${this.stars(w)}</div>` : '';
    const line = (part, name) => (w.texts[part] ? `<div class="${name}" data-t="${part}">${esc(w.texts[part])}</div>` : '');
    const tone = (w.tone ?? null) === null ? '' : ` style="background:hsl(${w.tone} 60% ${this.look.dark ? 22 : 86}%);color:${this.look.dark ? '#eee' : '#222'}"`;
    const keys = w.children.length ? `<div class="a-card-row">${w.children.map((child) => this.widget(child)).join('')}</div>` : '';
    return `<article class="a-card"${owner(w)}${tone}><div class="${w.side ? 'a-card-side' : ''}">${photo}<div class="a-card-body">${line('title', 'a-card-title')}${line('meta', 'a-muted')}${line('body', '')}${stars}</div></div>${keys}</article>`;
  }
}
