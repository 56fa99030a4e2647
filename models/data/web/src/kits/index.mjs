import { Bootstrap } from './bootstrap.mjs';
import { ElementPlus } from './element-plus.mjs';
import { Ionic } from './ionic.mjs';
import { Shoelace } from './shoelace.mjs';
import { Vuetify } from './vuetify.mjs';

export const KITS = {
  ionic: Ionic,
  bootstrap: Bootstrap,
  shoelace: Shoelace,
  vuetify: Vuetify,
  'element-plus': ElementPlus,
};
