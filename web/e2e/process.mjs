// A leader looks at one process of the demo company, driven by BrowserTest of the server: how it does, where its cases
// stand, what each number counts, what is different in a version, who starts it and what happens when nobody acts.
import assert from 'node:assert/strict';
import { open } from './browser.mjs';

const how = JSON.parse(process.argv[2]);
const { page, lookInBothModes, done } = await open(how);
const section = (name) => page.getByRole('region', { name, exact: true });

await done(async () => {
  await page.goto(how.url + how.link);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/tower|inbox/);
  await shown('');
  await lookInBothModes('process');
  for (const [part, name] of [['Where cases stand', 'map'], ['Steps', 'steps'], ['Completed, week by week', 'weeks'], ['Versions', 'versions'], ['Who may start a case', 'starts']]) {
    await lookInBothModes(`process-${name}`, { at: section(part) });
  }

  // A number, a bar, and the lists behind them.
  await section('Versions').getByRole('link', { name: /^Completed, v/ }).first().waitFor();
  await opensAsMany(section('Versions').getByRole('link', { name: /^Completed, v/ }).first());
  await shown('');
  await opensAsMany(section('Completed, week by week').getByRole('link', { name: /: [1-9]\d* cases? completed/ }).first());
  await shown('');
  await opensAsMany(section('Steps').locator('[data-list*="step="]').first());
  await shown('');
  await opensAsMany(section('Right the first time').locator('[data-list*="rework=true"]'));

  // How long a step usually takes, and the cases that say so.
  await shown('');
  await section('Steps').locator('[data-list*="took="]').first().click();
  await page.waitForURL('**/cases?**took=**');
  await page.locator('tbody tr').first().waitFor();

  // Another period stays in the address, also after a reload.
  await shown('');
  await page.getByRole('radiogroup', { name: 'Period' }).getByText('92 days').click();
  await page.waitForURL('**days=92');
  await page.reload();
  await section('Figures').waitFor();
  assert.ok(await page.getByRole('radio', { name: '92 days' }).isChecked());

  // From a step to the policy that governs it.
  await section('If nobody acts').getByRole('link').first().click();
  await page.waitForURL('**/company/policies');
  await page.getByRole('heading', { level: 1 }).waitFor();
});

async function shown(query) {
  await page.goto(`${how.url}/processes/vendor-payment${query}`);
  await section('Where cases stand').locator('.djs-container svg .djs-visual').first().waitFor();
  await section('Figures').waitFor();
}

/** The list has as many rows as the number says. */
async function opensAsMany(link) {
  const count = Number(/: ([\d,]+)/.exec((await link.getAttribute('title')) ?? '')[1].replaceAll(',', ''));
  await link.click();
  await page.waitForURL('**/cases?**');
  await page.getByRole('heading', { name: 'Cases', level: 1 }).waitFor();
  if (count > 0) await page.locator('tbody tr').first().waitFor();
  const more = page.getByRole('button', { name: 'Load more' });
  for (let pages = 0; pages < 20 && (await more.isVisible()); pages++) {
    const before = await page.locator('tbody tr').count();
    await more.click();
    await page.waitForFunction((rows) => document.querySelectorAll('tbody tr').length > rows, before);
  }
  assert.equal(await page.locator('tbody tr').count(), count, await page.url());
}
