// A vendor's way through the page behind a link in a real browser, by keyboard alone at 360 px: open, answer, confirm; then
// bank details with a code, which the test says on the standard input; a file whose connection breaks, and one sent without scripts. Driven
// by GuestBrowserTest. Screenshots and an accessibility check of each page, narrow and wide. Arguments as JSON:
// {url, answer, bank, owe, papers, file, chromium, screenshots, profile}.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const { url, answer, bank, owe, papers, file, chromium: program, screenshots, profile } = JSON.parse(process.argv[2]);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const NARROW = { width: 360, height: 740 };
const WIDE = { width: 1440, height: 900 };
const TABS_MAX = 80;

const problems = [];
const BROWSER = {
  executablePath: program,
  headless: true,
  bypassCSP: true, // for axe alone: the pages have no script of their own
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
  viewport: NARROW,
  reducedMotion: 'reduce',
};
const context = await chromium.launchPersistentContext(profile, BROWSER);
const page = await context.newPage();
page.on('console', (message) => {
  const refused = message.text().includes('422'); // what was wrong is shown with this status
  const missing = /mark\.svg|nonsense/.test(message.location().url); // no web app in this build; no such link
  const broken = message.text().includes('ERR_FAILED'); // as the walk breaks one connection off
  if (message.type() === 'error' && !refused && !missing && !broken) problems.push(`console: ${message.text()} (${message.location().url})`);
});
page.on('request', (request) => {
  const { pathname } = new URL(request.url());
  if (request.resourceType() !== 'document' && pathname.startsWith('/g/') && !pathname.includes('/uploads')) problems.push(`the link leaks: ${pathname}`);
  if (request.headers().referer?.includes('/g/')) problems.push(`the link leaks as Referer: ${request.headers().referer}`);
});

try {
  await page.goto(url + answer);
  await look('guest-task');
  await reach('f.amount');
  await page.keyboard.type('much');
  await press('Continue');
  await page.getByRole('alert').waitFor();
  await look('guest-mistake');
  await reach('f.amount');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('360,50');
  await press('Continue');
  await page.getByText('Is this right?').waitFor();
  await look('guest-confirmation');
  await reach('sure');
  await page.keyboard.press('Space');
  await press('Send now');
  await page.getByText('Thank you. Your answer is in.').waitFor();
  await look('guest-thanks');

  await page.goto(`${url}${bank}?lang=de`);
  await reach('f.iban');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('DE02 1203');
  await press('Weiter');
  await page.getByText('Sechsstelliger Code').waitFor();
  await look('guest-code');
  await reach('code');
  await page.keyboard.type(await said());
  await page.keyboard.press('Enter');
  await page.getByText('Vielen Dank. Ihre Antwort ist da.').waitFor();

  await page.goto(url + owe);
  await look('guest-owe');
  await uploadsAgain();
  await page.goto(`${url}/g/nonsense`);
  await look('guest-unknown');
} finally {
  await context.close();
}
await withoutScripts();
assert.deepEqual(problems, []);

/** A connection that breaks off in the middle of a file costs nothing but time. */
async function uploadsAgain() {
  let pieces = 0;
  await page.route('**/uploads/*', (route) => (route.request().method() === 'PATCH' && pieces++ === 0 ? route.abort() : route.continue()));
  await page.goto(url + papers);
  await page.locator('input[name="f.more"]').setInputFiles(file);
  await page.getByText('Received: invoice.pdf').waitFor();
  assert.equal(pieces, 2);
}

async function withoutScripts() {
  const plain = await chromium.launchPersistentContext(`${profile}-plain`, { ...BROWSER, javaScriptEnabled: false });
  try {
    const form = await plain.newPage();
    await form.goto(url + papers);
    await form.locator('input[name="f.invoice"]').setInputFiles(file);
    await form.getByRole('button', { name: 'Continue' }).click();
    await form.getByText('Is this right?').waitFor();
    await form.getByText('invoice.pdf').first().waitFor();
    await form.locator('input[name="sure"]').check();
    await form.getByRole('button', { name: 'Send now' }).click();
    await form.getByText('Thank you. Your answer is in.').waitFor();
  } finally {
    await plain.close();
  }
}

/** The next line from the test. */
async function said() {
  for await (const line of createInterface({ input: process.stdin })) return line;
  throw new Error('the test says nothing');
}

/** Moves the focus there with the Tab key. */
async function reach(name) {
  for (let i = 0; i < TABS_MAX; i++) {
    if ((await page.evaluate('document.activeElement.name ?? ""')) === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${name} is not reached by keyboard`);
}

/** The button with this text, by keyboard. */
async function press(text) {
  for (let i = 0; i < TABS_MAX; i++) {
    if ((await page.evaluate('document.activeElement.tagName + document.activeElement.textContent')) === `BUTTON${text}`) {
      await page.keyboard.press('Enter');
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`the button ${text} is not reached by keyboard`);
}

async function look(name) {
  for (const [size, viewport] of [['wide', WIDE], ['narrow', NARROW]]) {
    await page.setViewportSize(viewport);
    await page.screenshot({ path: join(screenshots, `${name}-${size}.png`), fullPage: true });
    const wider = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    if (wider > 0) problems.push(`${name}, ${size}: the page is ${wider} px wider than the window`);
    await page.evaluate(axe);
    const found = await page.evaluate(
      'axe.run(document, { resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })');
    for (const { id, help, nodes } of found.violations) {
      problems.push(`${name}, ${size}: ${id}: ${help}: ${nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`);
    }
  }
}
