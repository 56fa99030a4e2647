// Logical icon names drawn from public icon sets, as masks in the colour of the text.
import fs from 'node:fs';

const FOLDERS = {
  ionicons: '/ionicons/dist/svg',
  bootstrap: '/bootstrap-icons/icons',
  mdi: '/@mdi/svg/svg',
  lucide: '/lucide-static/icons',
  fontawesome: '/@fortawesome/fontawesome-free/svgs/solid',
};
export const ICON_SETS = [...Object.keys(FOLDERS), 'ionicons-outline'];

const [header, ...rows] = fs
  .readFileSync(new URL('./icons.tsv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split('\t'));
const TABLE = new Map(
  rows.map(([name, ...names]) => [name, new Map(names.map((n, i) => [header[i + 1], n]))]),
);

const MODULES = new URL('../node_modules/', import.meta.url);
const outlined = new Set();
let strangers;

/** Names in the icon set mdi of all that is no brand and no letter. */
function anyNames() {
  if (strangers) return strangers;
  const all = JSON.parse(fs.readFileSync(new URL('@mdi/svg/meta.json', MODULES), 'utf8'));
  for (const { name } of all) if (name.endsWith('-outline')) outlined.add(name);
  const plain = ({ name, tags, deprecated }) => !deprecated && !tags.includes('Brand / Logo') && !/^(alpha|numeric|roman|blank|border|circle-small)/.test(name);
  strangers = all.filter(plain).map(({ name }) => name);
  return strangers;
}

/** Name of logical icon `name` in icon set `set`; `any/NUMBER` is any icon, always of mdi. */
export function iconName(set, name) {
  if (name.startsWith('any/')) return anyNames()[Number(name.slice(4)) % anyNames().length];
  const row = TABLE.get(name);
  if (!row) throw new Error(`icon ${name} is not in icons.tsv`);
  if (set === 'ionicons-outline') return `${row.get('ionicons')}-outline`;
  if (set !== 'mdi-outline') return row.get(set);
  const outline = `${row.get('mdi')}-outline`;
  return anyNames() && outlined.has(outline) ? outline : row.get('mdi');
}

/** Path on the server of logical icon `name` in icon set `set`. */
export function iconPath(set, name) {
  const [file, variant] = iconName(set, name).split(':');
  const folder = FOLDERS[name.startsWith('any/') ? 'mdi' : set.replace('-outline', '')];
  return `${variant ? folder.replace('solid', variant) : folder}/${file}.svg`;
}
