// One plant, with tabs.
import { icon } from '../icons.js';
import { save, store } from '../store.js';
import { button, dialog, element, escaped, header, toast, toggle } from '../widgets.js';

const TABS = ['Overview', 'Care', 'History'];
const CARE = [['Feed', 'Once a month in summer'], ['Prune', 'After the first frost'], ['Check for snails', 'Every evening']];

export function show(main, { act, go, back, argument }) {
  const plant = store.plants.find(({ name }) => name === argument) ?? store.plants[0];
  let tab = TABS[0];
  const tabs = element('<div class="tabs"></div>');
  const body = element('<div class="scroll"><div class="wide"></div></div>');
  main.append(header(plant.name, {
    back: () => { act('Back', 'tap'); back(); },
    actions: [['pen', 'Edit', () => { act('Edit', 'tap'); go(`form/${encodeURIComponent(plant.name)}`); }], ['bin', 'Remove', remove]],
  }), tabs, body);

  function draw() {
    tabs.replaceChildren(...TABS.map((name) => {
      const made = element(`<button class="${name === tab ? 'on' : ''}" id="tab-${name}">${name}</button>`);
      made.onclick = () => { tab = name; act(name, 'tap'); draw(); };
      return made;
    }));
    body.firstElementChild.replaceChildren(...{ Overview: overview, Care: care, History: history }[tab]());
  }

  function overview() {
    const bar = element('<div class="bar"></div>');
    bar.append(button('Water now', 'filled', () => {
      plant.watered += 1;
      save();
      act('Water now', 'tap', plant.watered);
      toast(`Watered ${plant.watered} times`);
      draw();
    }), button('Remind me', 'outlined', () => { act('Remind me', 'tap'); toast('You will be reminded'); }));
    return [
      element(`<div class="picture" style="background:${plant.colour}">${icon('plant')}</div>`),
      element(`<div class="row"><span class="grow"><b>Kind</b><small>${escaped(plant.kind)}</small></span></div>`),
      element(`<div class="row"><span class="grow"><b>Water</b><small>${escaped(plant.rhythm)}</small></span></div>`),
      element(`<div class="row"><span class="grow"><b>Notes</b><small>${escaped(plant.notes || 'None yet')}</small></span></div>`),
      bar,
    ];
  }

  const care = () => CARE.map(([name, note]) => toggle('box', name, note, false, (value) => act(name, 'check', value)));

  const history = () => [element(`<div class="row"><span class="grow"><b>Watered</b><small>${plant.watered} times this year</small></span></div>`)];

  function remove() {
    act('Remove', 'tap');
    dialog(`Remove ${plant.name}?`, 'Its history is removed as well.', [['Cancel', ''], ['Remove', 'danger']], (answer) => {
      act(answer, 'answer');
      if (answer === 'Cancel') return;
      store.plants = store.plants.filter((other) => other !== plant);
      save();
      back();
    });
  }

  draw();
}
