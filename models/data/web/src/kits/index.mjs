import { Android } from './android.mjs';
import { Beer } from './beer.mjs';
import { Bootstrap } from './bootstrap.mjs';
import { Bulma } from './bulma.mjs';
import { ElementPlus } from './element-plus.mjs';
import { Fluent } from './fluent.mjs';
import { Framework7 } from './framework7.mjs';
import { Game } from './game.mjs';
import { Ionic } from './ionic.mjs';
import { JQueryUI } from './jquery-ui.mjs';
import { Materialize } from './materialize.mjs';
import { Onsen } from './onsen.mjs';
import { Pico } from './pico.mjs';
import { Quasar } from './quasar.mjs';
import { Shoelace } from './shoelace.mjs';
import { UIkit } from './uikit.mjs';
import { Vant } from './vant.mjs';
import { Vuetify } from './vuetify.mjs';
import { WebAwesome } from './webawesome.mjs';
import { NinetyEight, Seven, XP } from './windows.mjs';

export const KITS = {
  ionic: Ionic, bootstrap: Bootstrap, shoelace: Shoelace, vuetify: Vuetify, 'element-plus': ElementPlus,
  quasar: Quasar, onsen: Onsen, materialize: Materialize, bulma: Bulma, uikit: UIkit, pico: Pico, beer: Beer,
  fluent: Fluent, webawesome: WebAwesome, xp: XP, seven: Seven, 'jquery-ui': JQueryUI, game: Game, android: Android,
  framework7: Framework7, vant: Vant, '98.css': NinetyEight,
};
