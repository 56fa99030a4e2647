// A new plant, or one that is changed.
import { icon } from '../icons.js';
import { save, store } from '../store.js';
import { button, element, header, menu, slider, textField, toast, toggle } from '../widgets.js';

const RHYTHMS = ['Daily', 'Every 2 days', 'Every 4 days', 'Every 10 days', 'Never'];
const KINDS = ['Herb', 'Tree', 'Vegetable'];

export function show(main, { act, back, argument }) {
  const known = store.plants.find(({ name }) => name === argument);
  const draft = known ? { ...known } : { name: '', kind: 'Herb', rhythm: 'Daily', notes: '', colour: '#4c7f8a', watered: 0, amount: 30 };
  const wide = element('<div class="wide"></div>');
  const problem = element('<div class="problem" id="problem"></div>');
  const select = element(`<button class="select" id="rhythm"><span>${draft.rhythm}</span>${icon('down')}</button>`);
  select.onclick = () => {
    act('Watering', 'tap');
    menu(select, RHYTHMS, draft.rhythm, (choice) => {
      draft.rhythm = choice;
      select.firstElementChild.textContent = choice;
      act('Watering', 'choose', choice);
    });
  };
  const kinds = KINDS.map((kind) => toggle('dot', kind, '', kind === draft.kind, () => {
    draft.kind = kind;
    for (const row of kinds) row.classList.toggle('on', row.textContent.trim() === kind);
    act(kind, 'choose');
  }));
  const field = element('<div class="field"></div>');
  field.append(element('<h2>Watering</h2>'), select);
  const bar = element('<div class="bar"></div>');
  bar.append(button('Save', 'filled', store_), button('Cancel', 'outlined', () => { act('Cancel', 'tap'); back(); }));
  wide.append(
    textField('Name', draft.name, { run: (value) => { draft.name = value; act('Name', 'type', value); } }),
    problem,
    textField('Notes', draft.notes, { long: true, run: (value) => { draft.notes = value; act('Notes', 'type', value); } }),
    field, element('<h2>Kind</h2>'), ...kinds, element('<h2>Amount of water</h2>'),
    slider('Amount of water', draft.amount ?? 30, (value) => { draft.amount = value; act('Amount of water', 'slide', value); }),
    toggle('box', 'Stands indoors', '', Boolean(draft.indoors), (value) => { draft.indoors = value; act('Stands indoors', 'check', value); }),
    bar,
  );
  const scroll = element('<div class="scroll"></div>');
  scroll.append(wide);
  main.append(header(known ? `Edit ${known.name}` : 'New plant', { back: () => { act('Back', 'tap'); back(); } }), scroll);

  function store_() {
    act('Save', 'tap', draft.name);
    if (!draft.name.trim()) { problem.textContent = 'A plant needs a name'; return; }
    if (known) Object.assign(known, draft); else store.plants.unshift(draft);
    save();
    toast(`${draft.name} was saved`);
    back();
  }
}
