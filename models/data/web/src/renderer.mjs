// Reads jobs from standard input, one JSON object a line, draws them and answers one line each.
// Job: {id, page, look, views: [{width, height, density, scroll, png}]}
// Answer: {id, views: [{elements, behind, size}]} or {id, error}
import fs from 'node:fs';
import readline from 'node:readline';
import { chromium } from 'playwright-core';
import { requiredParts } from './base.mjs';
import { device } from './chrome.mjs';
import { esc } from './html.mjs';
import { KITS } from './kits/index.mjs';
import { startServer } from './server.mjs';

const LABEL = fs.readFileSync(new URL('./label.js', import.meta.url), 'utf8').trim().replace(/;$/, '');
const READY_MS = 15000;

function* widgetsOf(page) {
  const tops = [page.leading, page.title, ...page.actions];
  for (const section of page.sections) tops.push(section.title, ...section.widgets);
  tops.push(...page.nav, page.floating, ...(page.overlay ? [...page.overlay.widgets, ...page.overlay.buttons] : []));
  function* walk(w) {
    yield w;
    for (const child of w.children) yield* walk(child);
  }
  for (const top of tops) if (top) yield* walk(top);
}

/** What the labels are checked against: the texts and parts of every widget. */
function expectations(page) {
  const found = {};
  for (const w of widgetsOf(page)) {
    const texts = Object.keys(w.texts).map((part) => `text.${part}`);
    found[w.id] = { texts: w.texts, required: [...requiredParts(w), ...texts] };
  }
  return found;
}

function html(kit, page, look) {
  const theme = Object.entries(kit.theme()).map(([name, value]) => `--${name}:${value}`).join(';');
  const font = look.font ? `<style>@import url(/@fontsource/${look.font}/index.css);</style>` : '';
  const family = look.font ? `body,body *:not(i){font-family:"${look.font_family}",sans-serif}` : '';
  return `<!doctype html><html lang="${esc(look.language)}" dir="${look.rtl ? 'rtl' : 'ltr'}" ${kit.attributes()}>
    <head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">${font}
    ${kit.head()}<link rel="stylesheet" href="/src/base.css"><style>:root{${theme}}${family}</style></head>
    <body>${device(kit.page(page), look)}${kit.end()}</body></html>`;
}

const settle = () =>
  Promise.all([document.fonts.ready, ...[...document.images].map((i) => i.decode().catch(() => {}))])
    .then(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

/** Scrolls whatever scrolls by a share of its range. */
const scrollTo = (share) => {
  const visit = (root) => {
    for (const e of root.querySelectorAll('*')) {
      if (e.shadowRoot) visit(e.shadowRoot);
      if (e.scrollHeight > e.clientHeight + 20 && /auto|scroll/.test(getComputedStyle(e).overflowY) && e.tagName !== 'TEXTAREA') {
        e.scrollTop = share * (e.scrollHeight - e.clientHeight);
      }
    }
  };
  visit(document);
  document.scrollingElement.scrollTop = share * (document.scrollingElement.scrollHeight - innerHeight);
};

class Renderer {
  async open() {
    this.server = await startServer();
    this.browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none', '--hide-scrollbars', '--disable-lcd-text'],
    });
    await this.renew();
  }

  /** A fresh tab: one that failed may have left anything behind. */
  async renew() {
    await this.context?.close();
    this.context = await this.browser.newContext();
    this.tab = await this.context.newPage();
    this.tab.on('pageerror', (error) => this.errors.push(String(error)));
    this.devtools = await this.context.newCDPSession(this.tab);
  }

  async close() {
    await this.browser.close();
    this.server.close();
  }

  async draw(job) {
    const Kit = KITS[job.look.kit];
    if (!Kit) throw new Error(`there is no kit ${job.look.kit}; kits: ${Object.keys(KITS).join(', ')}`);
    const kit = new Kit(job.look);
    this.errors = [];
    this.server.state.missing = [];
    this.server.state.html = html(kit, job.page, job.look);
    await this.tab.emulateMedia({ colorScheme: job.look.dark ? 'dark' : 'light', reducedMotion: 'reduce' });
    await this.size(job.views[0]);
    await this.tab.goto(`${this.server.origin}/page`, { waitUntil: 'load' });
    await this.tab.waitForFunction(Kit.ready, null, { timeout: READY_MS, polling: 20 }).catch((error) => {
      throw new Error(`${job.look.kit} is not ready: ${this.errors[0] ?? error.message}`);
    });
    const views = [];
    for (const view of job.views) views.push(await this.view(view, Kit, job));
    if (this.server.state.missing.length) throw new Error(`not found: ${this.server.state.missing.join(', ')}`);
    if (this.errors.length) throw new Error(this.errors[0]);
    return views;
  }

  size({ width, height, density }) {
    return this.devtools.send('Emulation.setDeviceMetricsOverride', {
      width, height, deviceScaleFactor: density, mobile: false,
    });
  }

  async view(view, Kit, job) {
    await this.size(view);
    await this.tab.evaluate(settle);
    await this.tab.evaluate(scrollTo, view.scroll);
    await this.tab.evaluate(settle);
    const argument = JSON.stringify({ boxes: Kit.boxes, widgets: expectations(job.page) });
    const { elements, behind, problems } = await this.tab.evaluate(`(${LABEL})(${argument})`);
    if (problems.length) {
      throw new Error(`${job.look.kit}: ${problems.slice(0, 4).join('; ')} (${problems.length} in all)`);
    }
    const shot = await this.devtools.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true });
    fs.writeFileSync(view.png, Buffer.from(shot.data, 'base64'));
    return { elements, behind };
  }
}

const renderer = new Renderer();
await renderer.open();
for await (const line of readline.createInterface({ input: process.stdin })) {
  const job = JSON.parse(line);
  let answer;
  try {
    answer = { id: job.id, views: await renderer.draw(job) };
  } catch (error) {
    answer = { id: job.id, error: error.message };
    await renderer.renew();
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
await renderer.close();
