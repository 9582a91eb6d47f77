// Somebody at a real browser who has a keyboard and 360 px and nothing else. Reads commands from the test, one JSON a line,
// and answers each with a line: "ok", or what is wrong. Every page that is looked at is checked for accessibility and for
// being wider than the window, and leaves a screenshot narrow, wide and dark. Arguments: {chromium, screenshots, profile}.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const { chromium: program, screenshots, profile } = JSON.parse(process.argv[2]);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const NARROW = { width: 360, height: 740 };
const WIDE = { width: 1440, height: 900 };
const TABS_MAX = 80;

mkdirSync(screenshots, { recursive: true });
const problems = [];
const context = await chromium.launchPersistentContext(profile, {
  executablePath: program,
  headless: true,
  bypassCSP: true, // for axe alone
  acceptDownloads: true,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
  viewport: NARROW,
  reducedMotion: 'reduce',
});
const page = await context.newPage();
page.setDefaultTimeout(20_000);
page.on('filechooser', () => {}); // from the beginning: else the first may be missed
page.on('pageerror', (error) => problems.push(`script: ${error}`));
page.on('console', (message) => {
  const known = message.text().includes('422') || /mark\.svg/.test(message.location().url);
  if (message.type() === 'error' && !known) problems.push(`console: ${message.text()} (${message.location().url})`);
});

const act = {
  open: ({ url }) => page.goto(url),
  see: ({ text }) => page.getByText(text).first().waitFor(),
  async type({ name, text }) {
    await reach(`document.activeElement.name === ${JSON.stringify(name)}`, name);
    await page.keyboard.press('Control+A');
    await page.keyboard.type(text);
  },
  async tick({ name }) {
    await reach(`document.activeElement.name === ${JSON.stringify(name)}`, name);
    await page.keyboard.press('Space');
  },
  /** Opens what can be unfolded, and presses a button or follows a link, by its words. */
  async press({ text }) {
    await reach(`['BUTTON', 'A', 'SUMMARY'].includes(document.activeElement.tagName)
      && (document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent) === ${JSON.stringify(text)}`, text);
    await page.keyboard.press('Enter');
  },
  async upload({ name, file }) {
    await reach(`document.activeElement.name === ${JSON.stringify(name)} && document.activeElement.type === 'file'`, name);
    const chooser = page.waitForEvent('filechooser');
    await page.keyboard.press('Enter');
    await (await chooser).setFiles(file);
  },
  async download({ text }) {
    const download = page.waitForEvent('download');
    await act.press({ text });
    return `ok ${await (await download).path()}`;
  },
  /** The one thing that needs a pointer; the name alone would do. */
  async draw() {
    const canvas = page.locator('.signing canvas');
    await canvas.scrollIntoViewIfNeeded();
    const { x, y, width, height } = await canvas.boundingBox();
    await page.mouse.move(x + 20, y + height / 2);
    await page.mouse.down();
    for (let i = 1; i < 20; i++) await page.mouse.move(x + 20 + i * (width - 40) / 20, y + height / 2 + 30 * Math.sin(i));
    await page.mouse.up();
  },
  look: ({ name }) => look(name),
  async close() {
    await context.close();
    process.exit(0);
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { do: what, ...given } = JSON.parse(line);
  let said = 'ok';
  try {
    const answer = await act[what](given);
    if (typeof answer === 'string') said = answer;
  } catch (error) {
    const text = await page.evaluate('document.body.innerText').catch(() => '');
    said = `${what} ${JSON.stringify(given)}: ${error.message} | ${page.url()} | ${text}`;
  }
  if (problems.length > 0) said = problems.splice(0).join(' | ');
  process.stdout.write(`${said.replaceAll(/\s+/g, ' ')}\n`);
}

/** Moves the focus there with the Tab key. */
async function reach(there, name) {
  for (let i = 0; i < TABS_MAX; i++) {
    if (await page.evaluate(there)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${name} is not reached by keyboard`);
}

async function look(name) {
  for (const [size, viewport, scheme] of [['wide', WIDE, 'light'], ['dark', NARROW, 'dark'], ['narrow', NARROW, 'light']]) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme: scheme });
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
