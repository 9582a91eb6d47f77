// What the walks through the web app share: a real Chromium, screenshots and an accessibility check of what is looked at,
// and the list of what went wrong. `how` is {chromium, screenshots, profile}.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const SIZES = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** `expected`: console errors that belong to the walk. The screens' clock stands at `now`, if it is given: where the history ends. */
export async function open({ chromium: program, screenshots, profile, now }, { expected = () => false } = {}) {
  const problems = [];
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: program,
    headless: true,
    args: FLAGS,
    viewport: SIZES.wide,
    reducedMotion: 'reduce',
  });
  const page = await browser.newPage();
  if (now !== undefined) await page.clock.setFixedTime(now);
  page.on('pageerror', (error) => problems.push(`script error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected(message)) problems.push(`console: ${message.text()} (${message.location().url})`);
  });
  const answers = [];
  page.on('response', (response) => {
    if (response.status() >= 400) answers.push(response.text().then((text) => `${response.status()} ${response.url()}: ${text}`, () => ''));
  });

  /** `ignored`: what axe finds in there is others' business. `at`: what is scrolled to, at each size. */
  async function look(name, { ignored = [], at } = {}) {
    for (const [size, viewport] of Object.entries(SIZES)) {
      await page.setViewportSize(viewport);
      await page.waitForLoadState('networkidle');
      await at?.evaluate((element) => {
        element.scrollIntoView();
        document.scrollingElement.scrollTop = 0; // it moves what never scrolls, too
      });
      await page.screenshot({ path: join(screenshots, `${name}-${size}.png`) });
      const wider = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      if (wider > 0) problems.push(`${name}, ${size}: the page is ${wider} px wider than the window`);
      await page.evaluate(axe);
      const where = JSON.stringify({ exclude: ignored.map((each) => [each]) });
      const found = await page.evaluate(`axe.run(${where}, { resultTypes: ["violations"] })`);
      for (const { id, help, nodes } of found.violations) {
        problems.push(`${name}, ${size}: ${id}: ${help}: ${nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`);
      }
    }
    await page.setViewportSize(SIZES.wide);
  }

  /** What is looked at in the dark and in the light. Some of the old colours stay until the next frame is drawn. */
  async function lookInBothModes(name, options) {
    for (const scheme of ['dark', 'light']) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
      await look(scheme === 'light' ? name : `${name}-dark`, options);
    }
  }

  /** The first answers after sign-in each bring a CSRF cookie; a write between them is refused, and the app tries it again. */
  function triedAgain(answer) {
    const url = answer.split(' ')[1].slice(0, -1);
    const at = problems.findIndex((problem) => problem.startsWith('console: ') && problem.endsWith(`(${url})`));
    if (at >= 0) problems.splice(at, 1);
  }

  async function done(walk) {
    try {
      await walk();
    } finally {
      await browser.close();
    }
    const said = await Promise.all(answers);
    said.filter((answer) => answer.includes('"CsrfTokenMissing"')).forEach(triedAgain);
    if (problems.length > 0) problems.push(...said);
    assert.deepEqual(problems, []);
  }

  return { page, look, lookInBothModes, done };
}
