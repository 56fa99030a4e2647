// No toolkit: what a game paints by itself. Odd shapes, outlined letters, glossy or flat or pixelled.
import { esc, mark, owner, pick, random } from '../html.mjs';
import { NativeKit } from '../native.mjs';
import { picture } from '../pictures.mjs';

const SHAPES = ['border-radius:999px', 'border-radius:14px', 'clip-path:polygon(6% 0,94% 0,100% 50%,94% 100%,6% 100%,0 50%)', 'border-radius:4px', 'transform:skewX(-8deg)', 'border-radius:30px 8px'];
const FONTS = ['Lato', 'Roboto', 'Noto Serif', 'DejaVu Sans Mono', 'Inter', 'Noto Sans'];

export class Game extends NativeKit {
  constructor(look) {
    super(look);
    this.rng = random(look.hue * 31 + look.flavour * 7 + look.icons);
    this.shape = pick(this.rng, SHAPES);
    this.gloss = this.rng() < 0.5;
    this.outline = this.rng() < 0.6;
    this.font = pick(this.rng, FONTS);
  }

  head() {
    const gloss = this.gloss ? 'background-image:linear-gradient(rgb(255 255 255 / .45),transparent 50%,rgb(0 0 0 / .2));box-shadow:0 4px 0 rgb(0 0 0 / .4);' : '';
    const letters = this.outline ? '-webkit-text-stroke:.6px #000;text-shadow:0 2px 2px rgb(0 0 0 / .6);' : '';
    const scene = picture(this.look.hue + this.look.flavour * 400);
    return `<style>
      .vt-screen{background:url("${scene}") center/cover!important;font-family:"${this.font}","Noto Sans",sans-serif;font-weight:800}
      .g-key{${this.shape};${gloss}border:${Math.floor(this.rng() * 4)}px solid rgb(255 255 255 / .7);color:#fff;font:inherit;font-size:${16 + Math.floor(this.rng() * 14)}px;padding:10px 22px;${letters}}
      .g-cell{display:flex;align-items:center;justify-content:center;aspect-ratio:1;min-width:40px;border-radius:${pick(this.rng, ['6px', '50%', '0', '16px'])};background:rgb(${this.rng() < 0.5 ? '0 0 0' : '255 255 255'} / .35);--icon:${22 + Math.floor(this.rng() * 20)}px}
      .vt-heading,.g-count,.g-title{color:#fff;${letters}} .g-title{text-align:center;font-size:${28 + Math.floor(this.rng() * 30)}px;margin:14px 0}
      .g-count{background:rgb(0 0 0 / .45);border-radius:99px;padding:4px 14px}.vt-form{align-items:${pick(this.rng, ['center', 'stretch', 'flex-start'])}} .vt-card,.vt-pair,.vt-label{background:rgb(0 0 0 / .5)!important;color:#fff;border-radius:10px;padding:4px 8px}
      .vt-muted{color:#ffd24a}.vt-line{justify-content:${pick(this.rng, ['center', 'space-between', 'flex-start', 'space-around'])}} .vt-line .vt-picture{width:${60 + Math.floor(this.rng() * 50)}px;border-radius:${pick(this.rng, ['50%', '12px', '0'])}}</style>`;
  }

  bar(p) {
    return `<div class="g-title"${owner(p.title)}>${esc(p.title.texts.text)}</div>`;
  }

  colour(style) {
    const hue = { primary: this.look.hue, secondary: this.look.hue + 140, danger: 5 }[style] ?? this.look.hue + 60;
    return `hsl(${hue} 75% 45%)`;
  }

  button(w) {
    return `<button class="g-key vt-button" style="background-color:${this.colour(w.style)}"${mark(w, 'button')}>${this.icon(w)} ${esc(w.texts.text)}</button>`;
  }

  iconButton(w) {
    const hue = [...w.icon].reduce((sum, letter) => sum * 7 + letter.charCodeAt(0), this.look.hue) % 360;
    return `<div class="g-cell"${mark(w, 'icon_button', 'icon')} style="color:hsl(${hue} 80% 60%)">${this.glyph(w.icon)}</div>`;
  }

  text(w) {
    return `<div class="g-count"${owner(w)}>${esc(w.texts.text)}</div>`;
  }
}
