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

/** Name of logical icon `name` in icon set `set`. */
export function iconName(set, name) {
  const row = TABLE.get(name);
  if (!row) throw new Error(`icon ${name} is not in icons.tsv`);
  return set === 'ionicons-outline' ? `${row.get('ionicons')}-outline` : row.get(set);
}

/** Path on the server of logical icon `name` in icon set `set`. */
export function iconPath(set, name) {
  const [file, variant] = iconName(set, name).split(':');
  const folder = FOLDERS[set.replace('-outline', '')];
  return `${variant ? folder.replace('solid', variant) : folder}/${file}.svg`;
}
