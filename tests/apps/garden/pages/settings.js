// Switches, a slider, a menu, and a question before everything is forgotten.
import { icon } from '../icons.js';
import { forget, save, store } from '../store.js';
import { dialog, element, header, menu, slider, toast, toggle } from '../widgets.js';

const SWITCHES = [
  ['reminders', 'Watering reminders', 'In the morning, at eight'], ['frost', 'Frost warnings', 'When the night gets cold'],
  ['metric', 'Litres and metres', 'Otherwise gallons and feet'], ['sounds', 'Sounds', ''], ['autumn', 'Autumn colours', 'From September on'],
  ['share', 'Share with neighbours', 'They see your harvest'],
];
const LANGUAGES = ['English', 'Deutsch', 'Français', 'Ελληνικά', 'Polski'];

export function show(main, { act }) {
  const wide = element('<div class="wide"></div>');
  const { settings } = store;
  const change = (name, value) => { settings[name] = value; save(); };
  const language = element(`<button class="row" id="language"><span class="grow"><b>Language</b><small>${settings.language}</small></span>${icon('down')}</button>`);
  language.onclick = () => {
    act('Language', 'tap');
    menu(language, LANGUAGES, settings.language, (choice) => {
      change('language', choice);
      language.querySelector('small').textContent = choice;
      act('Language', 'choose', choice);
    });
  };
  const brightness = element('<div class="row"><span><b>Brightness</b></span></div>');
  brightness.append(slider('Brightness', settings.brightness, (value) => { change('brightness', value); act('Brightness', 'slide', value); }));
  const reset = element('<button class="row" id="reset"><span class="grow"><b>Forget everything</b><small>Plants, pins and settings</small></span></button>');
  reset.onclick = () => {
    act('Forget everything', 'tap');
    dialog('Forget everything?', 'The garden starts anew.', [['Cancel', ''], ['Forget', 'danger']], (answer) => {
      act(answer, 'answer');
      if (answer === 'Cancel') return;
      forget();
      toast('The garden starts anew');
      main.replaceChildren();
      show(main, { act });
    });
  };
  wide.append(
    element('<h2>Notifications and display</h2>'),
    ...SWITCHES.map(([name, label, note]) => toggle('switch', label, note, settings[name], (value) => { change(name, value); act(label, 'switch', value); })),
    element('<h2>General</h2>'), brightness, language, reset,
    element('<div class="row"><span class="grow"><b>About</b><small>Garden 2.4</small></span></div>'),
  );
  const scroll = element('<div class="scroll"></div>');
  scroll.append(wide);
  main.append(header('Settings'), scroll);
}
