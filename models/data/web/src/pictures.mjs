// Pictures from a seed: crops of photos, or made-up ones of gradients, noise and shapes.
import fs from 'node:fs';
import { pick, random } from './html.mjs';

const PHOTOS = new URL('../photos/', import.meta.url);
const photos = fs.existsSync(PHOTOS) ? fs.readdirSync(PHOTOS).filter((name) => name.endsWith('.jpg')).sort() : [];

/** The address of a picture. */
export function picture(seed) {
  const rng = random(seed * 7919 + 13);
  return photos.length && rng() < 0.5 ? `/photos/${pick(rng, photos)}` : drawing(rng);
}

/** A data URI of an SVG picture. */
function drawing(rng) {
  const colour = () =>
    `hsl(${Math.floor(rng() * 360)} ${20 + Math.floor(rng() * 70)}% ${15 + Math.floor(rng() * 70)}%)`;
  const matrix = Array.from({ length: 20 }, () => (rng() * 1.6 - 0.4).toFixed(1)).join(' ');
  const frequency = (0.01 + rng() * 0.08).toFixed(3);
  const shapes = Array.from({ length: Math.floor(rng() * 6) }, () => {
    const [x, y, r] = [rng() * 100, rng() * 100, rng() * 35].map((v) => v.toFixed(0));
    return rng() < 0.5
      ? `<circle cx='${x}' cy='${y}' r='${r}' fill='${colour()}' opacity='${rng().toFixed(2)}'/>`
      : `<path d='M${x} ${y}l${r} ${x}l-${y} ${r}z' fill='${colour()}' opacity='${rng().toFixed(2)}'/>`;
  });
  const noise = rng() < 0.6 ? "<rect width='100' height='100' filter='url(#f)' opacity='.6'/>" : '';
  const svg =
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 100' preserveAspectRatio='none'>" +
    `<filter id='f'><feTurbulence type='fractalNoise' baseFrequency='${frequency}' numOctaves='3'` +
    ` seed='${Math.floor(rng() * 999)}'/><feColorMatrix values='${matrix}'/></filter>` +
    `<linearGradient id='g' x2='${rng().toFixed(1)}' y2='1'><stop stop-color='${colour()}'/>` +
    `<stop offset='1' stop-color='${colour()}'/></linearGradient>` +
    `<rect width='100' height='100' fill='url(#g)'/>${noise}${shapes.join('')}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`.replace(/'/g, '%27');
}
