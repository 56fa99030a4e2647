// One look of Android out of many: period, colours, distances and shapes, all from a seed.
import { pick, random } from '../../html.mjs';

const BARE = ['mdi', 'mdi', 'mdi-outline', 'mdi-outline', 'lucide', 'ionicons', 'ionicons-outline', 'bootstrap', 'fontawesome'];
const LIGHT = ['#ffffff', '#ffffff', '#fafafa', '#f3f3f3', '#eeeeee', 'tint'];
const DARK = ['#000000', '#121212', '#1c1b1f', '#303030', '#222222', 'tint'];
const FACES = ['Roboto', 'Roboto', 'Roboto', 'Open Sans', 'Lato', 'Inter', 'Noto Sans'];

/** Colours by the names that base.css and android.css use. */
function colours(rng, look, era) {
  const { hue, dark } = look;
  const strong = `${Math.round(35 + rng() * 60)}%`;
  const coloured = !dark && rng() < 0.1;
  const tint = dark ? `hsl(${hue} 25% 12%)` : `hsl(${hue} 40% 96%)`;
  const ground = coloured ? `hsl(${hue} 55% 32%)` : pick(rng, dark ? DARK : LIGHT).replace('tint', tint);
  const night = dark || coloured;
  const lightness = Math.round(night ? 58 + rng() * 24 : 30 + rng() * 24);
  const accent = coloured ? pick(rng, ['#ffffff', '#ffd54f', '#80deea']) : `hsl(${(hue + (rng() < 0.2 ? 150 : 0)) % 360} ${strong} ${lightness}%)`;
  const bars = { accent: [coloured ? ground : `hsl(${hue} ${strong} ${dark ? 26 : 40}%)`, '#fff'], ground: [ground, night ? '#f1f1f1' : '#333'], dark: ['#222', '#f3f3f3'], white: night ? ['#2a2a2c', '#eee'] : ['#fff', '#555'] };
  const kind = pick(rng, { holo: ['dark', 'ground', 'accent'], early: ['accent', 'accent', 'dark'], late: ['ground', 'ground', 'white', 'accent'] }[era]);
  const [barBg, barFg] = bars[kind];
  const grey = night ? pick(rng, ['#9e9e9e', '#bdbdbd', '#8a8d93']) : pick(rng, ['#757575', '#666', '#9e9e9e', '#5f6368']);
  return {
    bg: ground, fg: night ? pick(rng, ['#fff', '#e3e3e3', '#dedede']) : pick(rng, ['#000', '#212121', '#1f1f1f', '#333']), muted: coloured ? 'rgb(255 255 255 / .7)' : grey,
    surface: night ? pick(rng, ['rgb(255 255 255 / .08)', '#2b2b2e', '#424242']) : pick(rng, ['#fff', '#f5f5f5', `hsl(${hue} 30% 93%)`, '#fff']),
    panel: night ? pick(rng, ['#2b2b2e', '#424242', '#383838']) : pick(rng, ['#fff', '#fff', '#f7f2fa', '#eee']), 'panel-fg': night ? '#eee' : '#222',
    line: night ? 'rgb(255 255 255 / .14)' : pick(rng, ['#e0e0e0', '#ccc', '#eee']), accent, 'on-accent': night ? '#111' : '#fff', track: night ? '#666' : pick(rng, ['#bdbdbd', '#ccc', '#d6d6d6']),
    'bar-bg': barBg, 'bar-fg': barFg, ...(rng() < 0.6 ? { 'strip-bg': 'var(--bar-bg)', 'strip-fg': 'var(--bar-fg)' } : { 'strip-bg': 'var(--bg)', 'strip-fg': 'var(--fg)' }),
    'system-bg': pick(rng, ['#000', 'var(--bg)', '#000']), 'system-fg': '#fff', 'glyph': pick(rng, ['var(--fg)', 'var(--muted)', 'var(--muted)', 'var(--accent)', night ? '#777' : '#b0b0b0']),
  };
}

/** Lengths in dp, by name. */
function lengths(rng, era) {
  const some = (low, high) => `${Math.round(low + rng() * (high - low))}px`;
  const corner = { holo: ['0px', '2px'], early: ['2px', '2px', '4px'], late: ['8px', '12px', '20px', '99px', '4px'] }[era];
  const round = { holo: '2px', early: '3px', late: some(8, 24) }[era];
  return {
    body: some(13, 17), 'bar-height': some(46, 64), 'bar-title': some(16, 22), 'bar-icon': some(20, 28), 'bar-pad': some(0, 12),
    'row-height': some(44, 82), 'row-pad': some(6, 24), 'row-gap': some(10, 32), 'row-icon': pick(rng, ['20px', '24px', '24px', '28px', '32px', '40px']), 'row-title': some(14, 18), 'row-sub': some(11, 14),
    avatar: some(34, 60), icon: pick(rng, ['24px', '24px', '22px', '28px', '20px']), gap: some(6, 20), edge: some(8, 24), corner: round, 'button-corner': pick(rng, corner), 'button-height': some(34, 54), 'button-pad': some(12, 28),
    'button-size': some(13, 16), 'field-corner': pick(rng, corner), float: some(48, 64), 'float-corner': era === 'late' ? pick(rng, ['16px', '50%', '28px']) : '50%', 'tile-gap': pick(rng, ['1px', '2px', '4px', '8px', '12px']), 'tile-corner': pick(rng, ['0', '0', '4px', '12px']),
    tile: some(84, 180), nav: some(50, 80), 'nav-icon': some(20, 28), key: some(18, 34), 'key-height': some(44, 84), 'chip-corner': pick(rng, ['4px', '8px', '99px', '99px']), 'strip-height': some(36, 52), spacing: rng() < 0.5 ? '.04em' : '0', veil: (0.3 + rng() * 0.35).toFixed(2),
  };
}

/** What the kit chooses between: names end up in classes `a-NAME-VALUE` of the page. */
function shapes(rng, era) {
  const by = (holo, early, late) => pick(rng, { holo, early, late }[era]);
  return {
    field: by(['line', 'line'], ['line', 'line', 'bare'], ['filled', 'outlined', 'bare', 'boxed']), rule: by(['full', 'full', 'none'], ['none', 'inset', 'full'], ['none', 'none', 'none', 'card']),
    fill: by(['boxed', 'flat'], ['raised', 'raised', 'flat'], ['flat', 'gradient', 'raised']), key: pick(rng, ['bare', 'bare', 'ruled', 'round', 'boxed']), case: by(['as-is'], ['upper'], ['as-is', 'upper', 'as-is']),
    toggle: by(['holo', 'thin'], ['thin', 'thin', 'solid'], ['wide', 'solid', 'thin']), range: by(['holo', 'thin'], ['thin'], ['thick', 'thin', 'bar']), strip: by(['line', 'line'], ['line'], ['line', 'pill', 'plain']),
    title: pick(rng, ['start', 'start', 'start', 'centre']), lift: by(['line', 'none'], ['shadow', 'shadow', 'none'], ['none', 'none', 'shadow', 'line']), card: by(['line'], ['shadow', 'shadow', 'bare'], ['shadow', 'line', 'bare', 'tonal']),
    seat: pick(rng, ['none', 'none', 'none', 'disc', 'square', 'tints']), face: pick(rng, ['round', 'round', 'round', 'square']), shell: pick(rng, ['none', 'none', 'none', 'disc', 'ring']), nav: by(['plain'], ['plain'], ['plain', 'pill', 'plain']),
    chip: pick(rng, ['line', 'tonal', 'solid']), head: pick(rng, ['accent', 'accent', 'muted', 'bold', 'upper']), tick: pick(rng, ['box', 'box', 'round']),
  };
}

export function design(look) {
  const rng = random(look.hue * 31 + look.flavour * 7 + look.icons + 5);
  const era = pick(rng, ['holo', 'early', 'early', 'late', 'late']);
  const family = pick(rng, FACES);
  const face = `"${family}","Noto Sans","Noto Sans CJK SC",sans-serif`;
  return { family, icons: pick(rng, BARE), shapes: shapes(rng, era), theme: { ...colours(rng, look, era), ...lengths(rng, era), face } };
}
