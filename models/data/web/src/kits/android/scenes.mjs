// Drawings that Android screens are full of: street maps, and launcher icons of many colours.
import { pick, random, range } from '../../html.mjs';

const uri = (svg) => `data:image/svg+xml,${encodeURIComponent(svg)}`.replace(/'/g, '%27');

/** A street map from a seed. */
export function streets(seed, dark) {
  const rng = random(seed * 31 + 7);
  const at = () => Math.floor(rng() * 800 - 40);
  const [land, park, water, road, main] = dark ? ['#242f3e', '#263c3f', '#17263c', '#38414e', '#746855'] : [pick(rng, ['#f1efe9', '#e8eaed', '#f5f3ee']), '#c8e6c0', '#a8d4f0', '#ffffff', '#fbd87f'];
  const patch = (colour) => `<path d="M${at()} ${at()}L${at()} ${at()}L${at()} ${at()}L${at()} ${at()}z" fill="${colour}"/>`;
  const way = (colour, width) => `<path d="M-40 ${at()}Q${at()} ${at()} 840 ${at()}" fill="none" stroke="${colour}" stroke-width="${width}"/>`;
  const grid = range(14).map((n) => `<path d="M${n * 60 - 30} -40l${Math.floor(rng() * 160 - 80)} 900M-40 ${n * 62 - 20}l900 ${Math.floor(rng() * 160 - 80)}" stroke="${road}" stroke-width="${2 + rng() * 6}"/>`);
  return uri(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 720" preserveAspectRatio="xMidYMid slice"><rect width="720" height="720" fill="${land}"/>${range(3).map(() => patch(park)).join('')}${patch(water)}${grid.join('')}${way(main, 12)}${way(main, 8)}${way(road, 10)}</svg>`);
}

/** An application's icon from a seed: a ground of some shape, and one to three shapes on it. */
export function launcherArt(seed) {
  const rng = random(seed * 101 + 3);
  const hue = Math.floor(rng() * 360);
  const colour = (turn) => `hsl(${(hue + turn) % 360} ${50 + Math.floor(rng() * 50)}% ${35 + Math.floor(rng() * 35)}%)`;
  const ground = pick(rng, ['<circle cx="48" cy="48" r="46" fill="url(#g)"/>', '<rect x="4" y="4" width="88" height="88" rx="22" fill="url(#g)"/>', '<rect x="6" y="6" width="84" height="84" rx="8" fill="url(#g)"/>', '<path d="M48 4L92 36 76 90H20L4 36z" fill="url(#g)"/>', '']);
  const shape = () => pick(rng, [
    () => `<circle cx="${30 + rng() * 36}" cy="${30 + rng() * 36}" r="${10 + rng() * 18}" fill="${pick(rng, ['#fff', colour(180), colour(40)])}"/>`,
    () => `<rect x="${18 + rng() * 20}" y="${18 + rng() * 24}" width="${20 + rng() * 36}" height="${14 + rng() * 36}" rx="${rng() * 10}" fill="${pick(rng, ['#fff', colour(120), colour(200)])}"/>`,
    () => `<path d="M48 ${14 + rng() * 12}L${70 + rng() * 12} ${66 + rng() * 14}H${14 + rng() * 14}z" fill="${pick(rng, ['#fff', colour(90), colour(300)])}"/>`,
    () => `<path d="M24 ${30 + rng() * 20}h48M24 ${56 + rng() * 14}h${20 + rng() * 28}" stroke="#fff" stroke-width="${4 + rng() * 6}" stroke-linecap="round"/>`,
  ])();
  return uri(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><linearGradient id="g" x2="0" y2="1"><stop stop-color="${colour(0)}"/><stop offset="1" stop-color="${colour(30)}"/></linearGradient>${ground}${range(1 + Math.floor(rng() * 3)).map(shape).join('')}</svg>`);
}
