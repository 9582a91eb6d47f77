// One member's way through Baton in a real browser, driven by BrowserTest of the server: sign in by the one-time link,
// find the case, look at it, do its task, see it moved. Screenshots and an accessibility check on every page, wide and
// narrow. Arguments as JSON: {url, link, caseKey, chromium, screenshots, profile}.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const { url, link, caseKey, chromium: program, screenshots, profile } = JSON.parse(process.argv[2]);
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

const problems = [];
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: program,
  headless: true,
  args: FLAGS,
  viewport: SIZES.wide,
  reducedMotion: 'reduce',
});
const page = await browser.newPage();
page.on('pageerror', (error) => problems.push(`script error: ${error.message}`));
page.on('console', (message) => {
  // The page looks at the chosen task once more after it was done, and learns that it is gone.
  const gone = message.text().includes('404') && message.location().url.startsWith(`${url}/api/tasks/`);
  if (message.type() === 'error' && !gone) problems.push(`console: ${message.text()} (${message.location().url})`);
});

try {
  await walk();
} finally {
  await browser.close();
}
assert.deepEqual(problems, []);

async function walk() {
  await page.goto(url + link);
  await look('sign-in-link');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/tower'); // she owns a case

  await page.goto(`${url}/cases`);
  await page.getByText(caseKey, { exact: true }).waitFor();
  await look('cases');

  await page.getByRole('row').filter({ hasText: caseKey }).getByRole('link').click();
  await page.waitForURL(`**/cases/${caseKey}`);
  await token('check-request');
  await look('case');

  await page.goto(`${url}/inbox?view=team`);
  await page.locator('[data-task]').filter({ hasText: caseKey }).click();
  await page.locator('[data-claim]').click();
  await page.getByText('Yes, send it on').waitFor();
  await page.getByText('Yes, send it on').click();
  await look('task');
  await page.getByRole('button', { name: /^Complete/ }).click();
  await page.locator('[data-task]').filter({ hasText: caseKey }).waitFor({ state: 'detached' });
  await look('inbox-after');

  await page.goto(`${url}/cases/${caseKey}`);
  await token('decide', 'pre-approve', 'approve-budget');
  await look('case-moved');

  await page.goto(`${url}/processes/request-for-payment`);
  await page.locator('.djs-container svg').first().waitFor();
  await look('process');
}

/** The drawing is there, and a badge stands at one of these nodes. */
async function token(...nodes) {
  await page.locator('.djs-container svg').first().waitFor();
  const at = nodes.map((node) => `.djs-overlays[data-container-id="${node}"] .djs-overlay`).join(', ');
  await page.locator(at).first().waitFor();
}

async function look(name) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: join(screenshots, `${name}-${size}.png`) });
    const wider = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    if (wider > 0) problems.push(`${name}, ${size}: the page is ${wider} px wider than the window`);
    await page.evaluate(axe);
    const found = await page.evaluate('axe.run(document, { resultTypes: ["violations"] })');
    for (const { id, help, nodes } of found.violations) {
      problems.push(`${name}, ${size}: ${id}: ${help}: ${nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`);
    }
  }
  await page.setViewportSize(SIZES.wide);
}
