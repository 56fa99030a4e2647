// What the gardener has: kept by the browser until the application's data are cleared.

const KEY = 'garden';

const plants = [
  ['Rosemary', 'Herb', 'Every 4 days', '#5b7f95'], ['Apple tree', 'Tree', 'Every 10 days', '#8f4b3a'], ['Runner beans', 'Vegetable', 'Daily', '#4f8a3d'],
  ['Lemon balm', 'Herb', 'Every 2 days', '#b39a2a'], ['Hazel', 'Tree', 'Every 14 days', '#7a5c3e'], ['Pumpkin', 'Vegetable', 'Daily', '#d07a1f'],
  ['Sage', 'Herb', 'Every 5 days', '#6f8f7a'], ['Leek', 'Vegetable', 'Every 3 days', '#5f9e8f'], ['Pear tree', 'Tree', 'Every 10 days', '#a0a23a'],
  ['Thyme', 'Herb', 'Every 6 days', '#7d6a9c'], ['Kohlrabi', 'Vegetable', 'Every 2 days', '#8c5fa8'], ['Walnut', 'Tree', 'Every 20 days', '#5a4a3a'],
].map(([name, kind, rhythm, colour]) => ({ name, kind, rhythm, colour, watered: 0, notes: '' }));

const fresh = () => ({
  plants: structuredClone(plants), stars: [], pins: [],
  settings: { reminders: true, frost: false, metric: true, sounds: false, autumn: false, share: true, brightness: 40, language: 'English' },
});

const stored = localStorage.getItem(KEY);
export const store = stored ? JSON.parse(stored) : fresh();
export const save = () => localStorage.setItem(KEY, JSON.stringify(store));

export function forget() {
  Object.assign(store, fresh());
  save();
}

const WORK = ['Pruned the apple tree', 'Sowed radishes', 'Turned the compost', 'Planted leeks', 'Mended the fence', 'Picked gooseberries', 'Cleaned the gutters', 'Tied up the beans', 'Counted the bees', 'Mulched the roses', 'Sharpened the shears', 'Watered the seedlings', 'Dug out the dahlias', 'Painted the shed'];
const PLACES = ['front bed', 'orchard', 'greenhouse', 'south wall', 'pond', 'old bed', 'terrace'];
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** 96 entries, no two of them alike. */
export const journal = Array.from({ length: 96 }, (_, index) => ({
  title: WORK[(index * 5 + Math.floor(index / 14)) % WORK.length],
  date: `${(index * 11) % 28 + 1} ${MONTHS[11 - Math.floor(index / 8)]}`,
  place: PLACES[(index * 3) % PLACES.length],
}));
