// Runs in the page: finds the box of every marked object and of every line of text.
// Evaluates to a function of {boxes, widgets}; widgets: id -> {texts, required}.
(() => {
  const MIN_VISIBLE = 0.5; // of its area; a smaller rest is not worth a label
  const SLIDER_HEIGHT = 18; // dp
  const PROBES = [[0.5, 0.5], [0.2, 0.5], [0.8, 0.5], [0.5, 0.25], [0.5, 0.75]];
  const NO_TEXT = new Set(['SCRIPT', 'STYLE', 'OPTION', 'NOSCRIPT', 'TEMPLATE', 'TITLE', 'TEXTAREA', 'SELECT']);

  const round = (v) => Math.round(v * 100) / 100;
  const flatParent = (n) => n.assignedSlot ?? (n.parentNode instanceof ShadowRoot ? n.parentNode.host : n.parentNode);

  /** Nearest flat-tree ancestor (or self) that satisfies `test`. */
  function climb(node, test) {
    for (let n = node; n && n !== document; n = flatParent(n)) {
      if (n.nodeType === 1 && test(n)) return n;
    }
    return null;
  }

  const inside = (outer, node) => climb(node, (n) => n === outer) !== null;

  // Stencil components replace these on their hosts, to hide what they draw themselves.
  const native = (prototype, name) => Object.getOwnPropertyDescriptor(prototype, name).get;
  const childrenOf = (n) => (n instanceof Element ? native(Element.prototype, 'children').call(n) : n.children);
  const childNodesOf = (n) => native(Node.prototype, 'childNodes').call(n);

  /** All elements below `root`, open shadow trees included, in document order. */
  function* deep(root) {
    const children = root.shadowRoot ? [...root.shadowRoot.children, ...childrenOf(root)] : childrenOf(root);
    for (const child of children) {
      yield child;
      yield* deep(child);
    }
  }

  function find(host, selector) {
    if (host.matches(selector)) return host;
    for (const element of deep(host)) if (element.matches(selector)) return element;
    return null;
  }

  /** Around the boxes of all `parts` of a host: selectors joined by " & ". */
  function union(host, selector) {
    const rects = selector.split(' & ').map((part) => find(host, part)?.getBoundingClientRect());
    const box = (side, best) => best(...rects.map((r) => r[side]));
    const [left, top] = [box('left', Math.min), box('top', Math.min)];
    const [right, bottom] = [box('right', Math.max), box('bottom', Math.max)];
    return { left, top, right, bottom, width: right - left, height: bottom - top };
  }

  /** A slider reaches to the edges of its thumb, which browsers draw outside a thin track. */
  function withThumb(rect) {
    const more = Math.max(0, (SLIDER_HEIGHT - rect.height) / 2);
    return { left: rect.left, right: rect.right, top: rect.top - more, bottom: rect.bottom + more, width: rect.width, height: rect.height + 2 * more };
  }

  /** Rect of `element`, or of its ::before or ::after box if the kit draws with that. */
  function rectOf(element, pseudo) {
    const rect = element.getBoundingClientRect();
    if (!pseudo) return rect;
    const style = getComputedStyle(element, pseudo);
    const px = (name) => parseFloat(style[name]) || 0;
    const border = style.boxSizing === 'border-box' ? 0 : 1;
    const width = px('width') + border * (px('paddingLeft') + px('paddingRight') + px('borderLeftWidth') + px('borderRightWidth'));
    const height = px('height') + border * (px('paddingTop') + px('paddingBottom') + px('borderTopWidth') + px('borderBottomWidth'));
    let left = style.direction === 'rtl' ? rect.right - width : rect.left;
    let top = (rect.top + rect.bottom - height) / 2;
    if (style.position === 'absolute') {
      const frame = climb(element, (n) => getComputedStyle(n).position !== 'static' || n === document.body);
      const outer = frame.getBoundingClientRect();
      left = outer.left + frame.clientLeft + px('left') + px('marginLeft');
      top = outer.top + frame.clientTop + px('top') + px('marginTop');
    }
    return { left, top, right: left + width, bottom: top + height, width, height };
  }

  const shown = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true });

  function topAt(x, y) {
    let element = document.elementFromPoint(x, y);
    while (element?.shadowRoot) {
      const inner = element.shadowRoot.elementFromPoint(x, y);
      if (!inner || inner === element) break;
      element = inner;
    }
    return element;
  }

  const intersect = (a, b) => ({
    left: Math.max(a.left, b.left), top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right), bottom: Math.min(a.bottom, b.bottom),
  });
  const area = (r) => Math.max(0, r.right - r.left) * Math.max(0, r.bottom - r.top);

  /** The part of `rect` that no scrolling or clipping ancestor of `node` hides. */
  function clip(rect, node) {
    let seen = intersect(rect, { left: 0, top: 0, right: innerWidth, bottom: innerHeight });
    let position = getComputedStyle(node).position;
    for (let n = flatParent(node); n && n.nodeType === 1 && position !== 'fixed'; n = flatParent(n)) {
      const style = getComputedStyle(n);
      if (style.display !== 'contents' && (style.overflowX !== 'visible' || style.overflowY !== 'visible') &&
          n !== document.body && n !== document.documentElement &&
          !(position === 'absolute' && style.position === 'static')) {
        seen = intersect(seen, n.getBoundingClientRect());
      }
      if (style.position !== 'static') position = style.position;
    }
    return seen;
  }

  /** The part of a line of text that the element it stands in shows: the rest ends in an ellipsis. */
  function shownLine(rect, element) {
    const { display, overflowX, overflowY } = getComputedStyle(element);
    const cut = display !== 'inline' && (overflowX !== 'visible' || overflowY !== 'visible');
    return cut ? intersect(rect, element.getBoundingClientRect()) : rect;
  }

  /**
   * What lies over `rect`: '' if enough of it can be touched, else a word on what covers it.
   * `owner` is the whole control: a kit may lay a transparent input over its parts.
   */
  function cover(rect, owner, node) {
    let free = 0;
    let other = null;
    for (const [fx, fy] of PROBES) {
      const top = topAt(rect.left + (rect.right - rect.left) * fx, rect.top + (rect.bottom - rect.top) * fy);
      if (top && (inside(owner, top) || inside(top, node))) free += 1;
      else other = top;
    }
    if (free >= 3) return '';
    if (other && climb(other, (n) => n.hasAttribute('data-over'))) return 'over';
    return other ? `${other.tagName.toLowerCase()}.${String(other.className)}` : 'nothing';
  }

  const painted = (style) => {
    const colour = /rgba?\(([^)]+)\)/.exec(style.backgroundColor)?.[1].split(/[,/ ]+/).filter(Boolean);
    const alpha = colour ? (colour.length > 3 ? parseFloat(colour[3]) : 1) : 1;
    return alpha > 0.06 || style.boxShadow !== 'none' || style.backgroundImage !== 'none' ||
      (style.borderStyle !== 'none' && parseFloat(style.borderTopWidth) > 0 && !/, 0\)$/.test(style.borderTopColor));
  };

  // ---- text ----

  const pen = document.createElement('canvas').getContext('2d');

  function metrics(words, style) {
    pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    pen.letterSpacing = style.letterSpacing === 'normal' ? '0px' : style.letterSpacing;
    return pen.measureText(words);
  }

  const cased = (words, style) =>
    style.textTransform === 'uppercase' ? words.toLocaleUpperCase()
      : style.textTransform === 'lowercase' ? words.toLocaleLowerCase()
        : style.textTransform === 'capitalize' ? words.replace(/(^|\s)\p{L}/gu, (c) => c.toLocaleUpperCase()) : words;

  /** Shrinks the rect of a text run from font height to ink height. */
  function inkTight(rect, words, style) {
    const m = metrics(words, style);
    const scale = (rect.bottom - rect.top) / (m.fontBoundingBoxAscent + m.fontBoundingBoxDescent);
    const baseline = rect.top + m.fontBoundingBoxAscent * scale;
    return {
      left: rect.left, right: rect.right,
      top: baseline - m.actualBoundingBoxAscent * scale,
      bottom: baseline + m.actualBoundingBoxDescent * scale,
    };
  }

  /** Lines of a text node: [{words, rect}], rects in font height. */
  function lines(node) {
    const range = document.createRange();
    const found = [];
    const text = node.data;
    for (const match of text.matchAll(/[\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]|[^\s\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]+/gu)) {
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      for (const rect of range.getClientRects()) {
        if (rect.width === 0) continue;
        const last = found.at(-1);
        if (last && Math.abs(last.rect.top - rect.top) < rect.height / 2) {
          last.end = match.index + match[0].length;
          last.rect = {
            left: Math.min(last.rect.left, rect.left), right: Math.max(last.rect.right, rect.right),
            top: Math.min(last.rect.top, rect.top), bottom: Math.max(last.rect.bottom, rect.bottom),
          };
        } else {
          found.push({ start: match.index, end: match.index + match[0].length, rect });
        }
      }
    }
    return found.map(({ start, end, rect }) => ({ words: text.slice(start, end).replace(/\s+/g, ' '), rect }));
  }

  /** The lines of what an input shows, by drawing it again in a copy that can be measured. */
  function inputLines(input) {
    const style = getComputedStyle(input);
    const rect = input.getBoundingClientRect();
    const text = input.tagName === 'SELECT' ? input.selectedOptions[0]?.text ?? ''
      : input.value ? (input.type === 'password' ? '•'.repeat(input.value.length) : input.value) : input.placeholder;
    if (!text?.trim() || rect.width < 2) return [];
    const copy = document.createElement('div');
    for (const name of ['font', 'letterSpacing', 'wordSpacing', 'textAlign', 'textTransform', 'direction', 'textIndent',
      'paddingTop', 'paddingRight', 'paddingBottom', 'paddingLeft', 'borderTopWidth', 'borderRightWidth',
      'borderBottomWidth', 'borderLeftWidth']) copy.style[name] = style[name];
    const many = input.tagName === 'TEXTAREA';
    Object.assign(copy.style, {
      position: 'fixed', left: `${rect.left}px`, top: `${rect.top}px`, width: `${rect.width}px`,
      height: `${rect.height}px`, boxSizing: 'border-box', borderStyle: 'solid', borderColor: 'transparent',
      whiteSpace: many ? 'pre-wrap' : 'pre', overflow: 'visible', lineHeight: many ? style.lineHeight : 'normal',
      display: many ? 'block' : 'flex', alignItems: 'center', margin: '0', zIndex: -1,
      justifyContent: { center: 'center', right: 'flex-end', end: 'flex-end' }[style.textAlign] ?? 'flex-start',
      overflowWrap: 'break-word',
    });
    copy.textContent = text;
    document.body.append(copy);
    const found = lines(copy.firstChild);
    copy.remove();
    const inner = {
      left: rect.left + parseFloat(style.paddingLeft), right: rect.right - parseFloat(style.paddingRight),
      top: rect.top, bottom: rect.bottom,
    };
    return found.map(({ words, rect: r }) => ({ words, rect: intersect(r, inner) }));
  }

  const plain = (words) => words.replace(/\s+/g, ' ').trim().toLocaleLowerCase();

  /** Name of the text part of `widget` that `words` are (a piece) of. */
  function partOf(words, widget) {
    const wanted = plain(words);
    const parts = Object.entries(widget.texts);
    return (parts.find(([, text]) => plain(text) === wanted) ?? parts.find(([, text]) => plain(text).includes(wanted)))?.[0];
  }

  function* textNodes(root) {
    for (const element of [root, ...deep(root)]) {
      const roots = element.shadowRoot ? [element, element.shadowRoot] : [element];
      if (NO_TEXT.has(element.tagName)) continue;
      for (const parent of roots) {
        for (const node of childNodesOf(parent)) if (node.nodeType === 3 && node.data.trim()) yield node;
      }
    }
  }

  // ---- the whole page ----

  return ({ boxes, widgets }) => {
    const elements = [];
    const behind = [];
    const problems = [];
    const drawn = new Set();

    function add(base, rect, owner, node) {
      const seen = clip(rect, node);
      if (area(seen) < MIN_VISIBLE * area(rect) || seen.right - seen.left < 3 || seen.bottom - seen.top < 2) return;
      const box = [seen.left, seen.top, seen.right, seen.bottom].map(round);
      const covered = cover(seen, owner, node);
      if (covered === 'over') behind.push({ class: base.class, box });
      else if (covered) problems.push(`${base.id} ${base.part} is covered by ${covered}`);
      else elements.push({ ...base, box });
    }

    /** A glyph that the kit draws by itself inside a control: data-icon says which. */
    function ownIcon(host) {
      const id = host.dataset.w;
      const glyph = find(host, host.dataset.icon);
      if (!glyph) return void problems.push(`${id} icon: nothing matches ${host.dataset.icon}`);
      drawn.add(`${id} icon`);
      if (shown(glyph)) add({ id, part: 'icon', class: 'icon', text: '', clickable: false }, glyph.getBoundingClientRect(), host, glyph);
    }

    function control(host, cls) {
      const id = host.dataset.w;
      const part = host.dataset.p;
      if (host.dataset.icon) ownIcon(host);
      drawn.add(`${id} ${part}`);
      const [selector, pseudo] = (host.hasAttribute('data-self') ? '' : boxes[cls] ?? '').split('::');
      const node = selector ? find(host, selector.split(' & ')[0])
        : getComputedStyle(host).display === 'contents' ? host.firstElementChild : host;
      if (!node) return void problems.push(`${id} ${part}: nothing matches ${selector}`);
      if (!shown(node)) return;
      let rect = selector.includes(' & ') ? union(host, selector) : rectOf(node, pseudo && `::${pseudo}`);
      if (cls === 'slider' && rect.height > 1) rect = withThumb(rect);
      if (rect.width < 2 || rect.height < 2) return void problems.push(`${id} ${part} has no size`);
      const target = host.getBoundingClientRect();
      const base = { id, part, class: cls, text: '', clickable: true };
      if (cls === 'icon' || cls === 'image') base.clickable = host.hasAttribute('data-k');
      if (base.clickable && area(target) > 1.2 * area(rect)) {
        base.target = [target.left, target.top, target.right, target.bottom].map(round);
      }
      add(base, rect, host, node);
    }

    /** An icon that is a button: the glyph, and its shell if that can be seen. */
    function iconButton(host) {
      const id = host.dataset.w;
      drawn.add(`${id} icon`);
      const own = host.hasAttribute('data-self');
      const shell = !own && boxes.icon_button ? find(host, boxes.icon_button) : host;
      const glyph = (!own && boxes.icon && find(host, boxes.icon)) || find(host, '.vt-glyph');
      if (!shell || !glyph) return void problems.push(`${id}: no ${shell ? 'glyph' : 'shell'} in this icon button`);
      if (!shown(glyph)) return;
      const outer = shell.getBoundingClientRect();
      const target = [outer.left, outer.top, outer.right, outer.bottom].map(round);
      const rect = glyph.getBoundingClientRect();
      if (rect.width < 2 || rect.height < 2) return void problems.push(`${id} icon has no size`);
      add({ id, part: 'icon', class: 'icon', text: '', clickable: true, target }, rect, host, glyph);
      if (painted(getComputedStyle(shell))) {
        add({ id, part: 'button', class: 'button', text: '', clickable: true }, outer, host, shell);
      }
    }

    function texts() {
      const runs = [];
      for (const node of textNodes(document.body)) {
        const parent = node.parentNode instanceof ShadowRoot ? node.parentNode.host : node.parentElement;
        if (parent.classList.contains('vt-ligature')) continue;
        runs.push({ node: parent, style: getComputedStyle(parent), lines: () => lines(node), whole: node.data });
      }
      for (const input of deep(document.body)) {
        if (!['INPUT', 'TEXTAREA', 'SELECT'].includes(input.tagName)) continue;
        if (['checkbox', 'radio', 'range', 'hidden', 'file', 'color'].includes(input.type)) continue;
        const style = getComputedStyle(input);
        const words = input.tagName === 'SELECT' ? input.selectedOptions[0]?.text : input.value || input.placeholder;
        runs.push({ node: input, style, lines: () => inputLines(input), whole: words ?? '' });
      }
      for (const run of runs) text(run);
    }

    const count = new Map();
    function text(run) {
      if (!plain(run.whole)) return;
      const host = climb(run.node, (n) => n.hasAttribute('data-w'));
      const id = host?.dataset.w ?? '';
      let part = '';
      if (host) {
        part = climb(run.node, (n) => n.hasAttribute('data-t') || n === host)?.dataset.t ?? '';
        const widget = widgets[id];
        part ||= widget ? partOf(run.whole, widget) : undefined;
        if (!part && !shown(run.node)) return;
        if (!part) return void problems.push(`text ${JSON.stringify(run.whole.trim())} belongs to no part of ${id}`);
        drawn.add(`${id} text.${part}`);
      }
      if (!shown(run.node)) return;
      const clickable = climb(run.node, (n) => n.hasAttribute('data-k') || n === host)?.hasAttribute('data-k') ?? false;
      for (const { words, rect } of run.lines()) {
        const name = `${id} ${part}`;
        const line = (count.get(name) ?? 0) + 1;
        count.set(name, line);
        const shownWords = cased(words, run.style);
        const full = inkTight(rect, shownWords, run.style);
        const onShow = shownLine(full, run.node);
        const base = {
          id, part: host ? `text.${part}${line > 1 ? `#${line}` : ''}` : '', class: 'text',
          text: visibleWords(shownWords, full, clip(onShow, run.node)), clickable,
        };
        add(base, onShow, host ?? run.node, run.node);
      }
    }

    /** The words that are not cut off, by share of the width. */
    function visibleWords(words, full, seen) {
      const share = (seen.right - seen.left) / Math.max(1, full.right - full.left);
      if (share > 0.97) return words;
      return `${words.slice(0, Math.max(0, Math.floor(words.length * share) - 1))}…`;
    }

    /** What can be read in an object: the lines of its own widget whose centre is in its box. */
    function readInside() {
      const written = elements.filter((e) => e.class === 'text');
      for (const element of elements) {
        if (element.class === 'text' || !element.id) continue;
        const [left, top, right, bottom] = element.box;
        element.text = written
          .filter((e) => e.id === element.id)
          .filter(({ box: [x0, y0, x1, y1] }) => x0 + x1 > 2 * left && x0 + x1 < 2 * right && y0 + y1 > 2 * top && y0 + y1 < 2 * bottom)
          .map((e) => e.text).join('\n');
      }
    }

    for (const host of [...deep(document.body)].filter((e) => e.hasAttribute('data-c'))) {
      if (host.dataset.c === 'icon_button') iconButton(host);
      else control(host, host.dataset.c);
    }
    texts();
    readInside();
    for (const [id, { required }] of Object.entries(widgets)) {
      for (const part of required) if (!drawn.has(`${id} ${part}`)) problems.push(`${id} ${part} was never drawn`);
    }
    return { elements, behind, problems };
  };
})()
