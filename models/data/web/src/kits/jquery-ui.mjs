import { esc, mark, range } from '../html.mjs';
import { NativeKit } from '../native.mjs';

export class JQueryUI extends NativeKit {
  static ready = 'window.vtReady';
  static boxes = {
    ...NativeKit.boxes, button: '.ui-button', checkbox: '.ui-checkboxradio-icon', radio: '.ui-checkboxradio-icon',
    slider: '.ui-slider', dropdown: '.ui-selectmenu-button',
  };

  head() {
    const { hue, dark } = this.look;
    const accent = `hsl(${hue} 65% 42%)`;
    const night = dark ? `.ui-widget-content{background:#1d1f24;color:#e8e8ea;border-color:#444}.ui-button,.ui-state-default,.ui-widget-header{background:#2c2f36!important;color:#e8e8ea!important;border-color:#555!important}` : '';
    return `<link rel="stylesheet" href="/jquery-ui-dist/jquery-ui.min.css"><style>.ui-state-active{background:${accent}!important;border-color:${accent}!important;color:#fff!important}${night}
      body{font:14px Arial,"Noto Sans",sans-serif}.ui-slider{margin:8px}.ui-tabs-anchor{color:inherit!important}.vt-check-label{background:none!important;border:0!important;color:inherit!important;text-align:start!important;padding:4px 0!important}
      input.ui-widget-content{padding:7px;border-radius:3px}</style>
      <script src="/jquery-ui-dist/external/jquery/jquery.js"></script><script src="/jquery-ui-dist/jquery-ui.min.js"></script>`;
  }

  end() {
    return `<script>$('.vt-tick').checkboxradio();$('.vt-slider').each(function(){$(this).slider({value:+this.dataset.value})});
      $('.vt-select').selectmenu({width:260});$('.vt-tabset').tabs();window.vtReady=true</script>`;
  }

  button(w) {
    const state = w.style === 'primary' || w.style === 'danger' ? 'ui-state-active' : '';
    return `<button class="vt-button ui-button ui-widget ui-corner-all ${state}" ${w.disabled ? 'disabled' : ''}${mark(w, 'button')}>${this.icon(w)} ${esc(w.texts.text)}</button>`;
  }

  input(w) {
    return super.input(w).replace('class=""', 'class="ui-widget ui-widget-content"');
  }

  tick(type, on, words, w, name = '') {
    const id = `i${this.serial = (this.serial ?? 0) + 1}`;
    return `<label for="${id}" class="vt-check-label">${esc(words)}</label><input class="vt-tick" type="${type}" id="${id}" name="${esc(name || id)}" ${on ? 'checked' : ''}>`;
  }

  slider(w) {
    return `<div>${this.label(w)}<div${mark(w, 'slider')}><div class="vt-slider" data-value="${w.value}"></div></div></div>`;
  }

  select(w) {
    return `<select class="vt-select"><option>${esc(w.texts.value)}</option></select>`;
  }

  tabs(w) {
    const items = range(w.count).map((n) => `<li class="ui-tabs-tab ui-corner-top ui-state-default ui-tab ${n === w.selected ? 'ui-tabs-active ui-state-active' : ''}"${mark(w, 'tab', `tab${n}`)} data-t="tab${n}"><a class="ui-tabs-anchor">${esc(w.texts[`tab${n}`])}</a></li>`);
    return `<div class="ui-tabs ui-widget ui-widget-content"><ul class="ui-tabs-nav ui-helper-reset ui-helper-clearfix ui-widget-header">${items.join('')}</ul></div>`;
  }
}
