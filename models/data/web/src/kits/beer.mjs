import { esc, mark, range } from '../html.mjs';
import { NativeKit } from '../native.mjs';

export class Beer extends NativeKit {
  static boxes = { ...NativeKit.boxes, text_field: '.field', dropdown: '.field', checkbox: 'span::before', radio: 'span::before', switch: '.switch', slider: '.slider' };
  static classes = {
    styles: { primary: '', secondary: 'secondary', outline: 'border', plain: 'transparent', danger: 'error', key: 'fill large' },
  };

  head() {
    const { hue, dark } = this.look;
    return `<link rel="stylesheet" href="/beercss/dist/cdn/beer.min.css"><style>:root,body{--primary:hsl(${hue} 60% ${dark ? 75 : 40}%);--font:Roboto,"Noto Sans",sans-serif}
      body{display:block!important}.vt-grid button{width:100%;margin:0} .field{margin:0!important} header.vt-bar,aside{inline-size:auto;block-size:auto} nav.vt-nav{inline-size:100%;block-size:auto;margin:0;position:static} .vt-grid{margin:0}
      aside.vt-side{inline-size:200px} main.vt-content{padding:12px}</style>`;
  }

  page(p) {
    return `${super.page(p)}<script>document.body.className='${this.look.dark ? 'dark' : 'light'}'</script>`;
  }

  theme() {
    const { dark } = this.look;
    return { ...super.theme(), bg: dark ? '#141218' : '#fef7ff', fg: dark ? '#e6e0e9' : '#1d1b20', surface: dark ? '#211f26' : '#f3edf7', line: dark ? '#49454f' : '#cac4d0' };
  }

  iconButton(w) {
    return `<button class="transparent circle"${mark(w, 'icon_button', 'icon')}>${this.glyph(w.icon)}</button>`;
  }

  wrapped(control, w) {
    const { label } = w.texts;
    return `<div class="field ${label ? 'label' : ''} ${['border', 'fill', 'border round'][this.look.flavour % 3]} ${w.icon ? 'prefix' : ''}">
      ${control}${label ? `<label class="active">${esc(label)}</label>` : ''}</div>`;
  }

  field(w) {
    return `<div class="vt-field"${mark(w, 'text_field')}>${w.icon ? `<div class="vt-pair">${this.icon(w)}` : ''}<div style="flex:1">${this.wrapped(this.input(w), { ...w, icon: '' })}</div>${w.icon ? '</div>' : ''}</div>`;
  }

  area(w) {
    return `<div${mark(w, 'text_field')}><div class="field textarea border label"><textarea>${esc(w.texts.value)}</textarea><label class="active">${esc(w.texts.label)}</label></div></div>`;
  }

  dropdown(w) {
    return `<div${mark(w, 'dropdown')}>${this.wrapped(`<select><option>${esc(w.texts.value)}</option></select>`, w)}</div>`;
  }

  tick(type, on, words, w, name = '') {
    return `<label class="${type}"><input type="${type}" name="${esc(name)}" ${on ? 'checked' : ''} ${w.disabled ? 'disabled' : ''}><span>${esc(words)}</span></label>`;
  }

  toggle(w) {
    return `<label class="switch"><input type="checkbox" ${w.on ? 'checked' : ''} ${w.disabled ? 'disabled' : ''}><span></span></label>`;
  }

  slider(w) {
    return `<div>${this.label(w)}<div${mark(w, 'slider')}><label class="slider"><input type="range" value="${w.value}" style="--_value1:${w.value}%"><span style="--_start:0%;--_end:${100 - w.value}%"></span></label></div></div>`;
  }

  tabs(w) {
    const items = range(w.count).map((n) => `<a class="${n === w.selected ? 'active' : ''}"${mark(w, 'tab', `tab${n}`)} data-t="tab${n}">${esc(w.texts[`tab${n}`])}</a>`);
    return `<div class="tabs">${items.join('')}</div>`;
  }
}
