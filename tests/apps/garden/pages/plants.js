// All plants, filtered by kind and name; a long press selects.
import { icon } from '../icons.js';
import { save, store } from '../store.js';
import { dialog, element, escaped, header, iconButton, identifier, pressable, toast } from '../widgets.js';

const KINDS = ['All', 'Herb', 'Tree', 'Vegetable'];
const PICTURES = { Herb: 'plant', Tree: 'tree', Vegetable: 'carrot' };

export function show(main, { act, go }) {
  const state = { kind: 'All', words: '', searching: false, selected: new Set() };
  const bar = element('<div></div>');
  const chips = element('<div class="chips"></div>');
  const grid = element('<div class="grid"></div>');
  const scroll = element('<div class="scroll" id="list"></div>');
  scroll.append(chips, grid);
  const add = element(`<button class="fab" id="add">${icon('add')}Add plant</button>`);
  add.onclick = () => { act('Add plant', 'tap'); go('form/new'); };
  const holder = element('<div class="holder"></div>');
  holder.append(bar, scroll, add);
  main.append(holder);

  function draw() {
    drawBar();
    chips.replaceChildren(...KINDS.map((kind) => {
      const chip = element(`<button class="chip ${kind === state.kind ? 'on' : ''}" id="kind-${kind}">${kind === 'All' ? kind : `${kind}s`}</button>`);
      chip.onclick = () => { state.kind = kind; act(chip.textContent, 'tap'); draw(); };
      return chip;
    }));
    drawGrid();
  }

  function drawGrid() {
    const shown = store.plants.filter((plant) => (state.kind === 'All' || plant.kind === state.kind)
      && plant.name.toLowerCase().includes(state.words.toLowerCase()));
    grid.replaceChildren(...shown.map(card));
  }

  function card(plant) {
    const made = element(`<button class="card ${state.selected.has(plant.name) ? 'selected' : ''}" id="plant-${identifier(plant.name)}">
      <i class="leaf" style="background:${plant.colour}">${icon(PICTURES[plant.kind])}</i>
      <span class="grow"><b>${escaped(plant.name)}</b><small>${plant.kind} · ${plant.rhythm}</small></span></button>`);
    const water = element(`<span class="round" id="water-${identifier(plant.name)}">${icon('drop')}</span>`);
    made.append(water);
    pressable(made, (event) => tapped(plant, water.contains(event.target)), () => select(plant));
    return made;
  }

  function tapped(plant, watering) {
    if (state.selected.size) { select(plant); return; }
    act(plant.name, watering ? 'water' : 'tap');
    if (!watering) { go(`plant/${encodeURIComponent(plant.name)}`); return; }
    plant.watered += 1;
    save();
    toast(`${plant.name} was watered`);
  }

  function select(plant) {
    const chosen = !state.selected.delete(plant.name);
    if (chosen) state.selected.add(plant.name);
    act(plant.name, 'select', chosen);
    draw();
  }

  function drawBar() {
    if (state.selected.size) bar.replaceChildren(selection());
    else if (state.searching) { if (!bar.querySelector('input')) bar.replaceChildren(search()); }
    else bar.replaceChildren(header('My garden', { actions: [['search', 'Search', () => { state.searching = true; act('Search', 'tap'); draw(); bar.querySelector('input').focus(); }]] }));
  }

  function selection() {
    const end = () => { state.selected.clear(); act('Selection', 'close'); draw(); };
    const made = header(`${state.selected.size} selected`, { back: end });
    made.append(iconButton('bin', 'Delete', () => {
      act('Delete', 'tap');
      dialog('Delete plants?', 'They are removed from the garden for good.', [['Keep', ''], ['Delete them', 'danger']], (answer) => {
        act(answer, 'tap');
        if (answer === 'Keep') return;
        store.plants = store.plants.filter((plant) => !state.selected.has(plant.name));
        state.selected.clear();
        save();
        draw();
      });
    }));
    return made;
  }

  function search() {
    const made = header('', { back: () => { state.searching = false; state.words = ''; act('Search', 'close'); draw(); } });
    const input = element('<input class="search" id="words" placeholder="Search plants" autocapitalize="none" autocomplete="off" spellcheck="false">');
    input.oninput = () => { state.words = input.value; act('Search plants', 'type', input.value); drawGrid(); };
    input.onkeydown = (event) => { if (event.key === 'Enter') input.blur(); };
    made.querySelector('h1').replaceWith(input);
    return made;
  }

  draw();
}
