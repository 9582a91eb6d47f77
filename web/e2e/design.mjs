// An administrator designs a process in a real browser, driven by BrowserTest of the server: from a template, a name and a
// key, one more step from the outline, published, and a case of it started. Arguments as JSON: {url, link, chromium,
// screenshots, profile}.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { open } from './browser.mjs';

const { url, link, ...how } = JSON.parse(process.argv[2]);
const { page, look, done } = await open(how);
await done(design);

async function design() {
  await page.goto(url + link);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((at) => !at.pathname.startsWith('/sign-in'));

  const first = page.getByRole('region', { name: 'First five minutes' });
  await first.getByRole('link', { name: 'Add somebody' }).waitFor();
  await templates();
  await page.goto(`${url}/processes`);
  await page.getByRole('button', { name: 'New process' }).click();
  await page.getByRole('menuitem', { name: /approval/ }).click();
  await page.locator('.djs-container svg').first().waitFor();
  await fill('Name', 'Travel request');
  await fill('Key', 'travel-request');
  await fill('Prefix of the keys', 'TRV');

  await page.getByText('Outline').click();
  await page.getByRole('button', { name: 'Add a step after Describe the request' }).click();
  await page.getByRole('row').nth(9).waitFor();
  const added = page.getByRole('row').nth(3).getByRole('textbox', { name: 'Step' });
  await added.fill('Book the journey');
  await added.press('Enter');
  await page.getByText('Nothing keeps it from being published.').waitFor();
  await page.getByText('Nothing keeps it from being published.').waitFor();
  const who = page.getByRole('row').nth(3).getByRole('textbox', { name: 'Who' });
  for (const team of ['travel', '']) {
    await who.fill(team);
    await who.press('Enter');
    assert.equal(await who.inputValue(), team);
  }
  await look('design-outline');
  await outlined();

  await tryIt();

  await page.getByText('Diagram', { exact: true }).click();
  await page.locator('.djs-label').filter({ hasText: 'journey' }).first().waitFor();
  await look('design-diagram', { ignored: ['.djs-container'] });

  await exchange();

  await page.getByRole('button', { name: 'Publish' }).click();
  await page.waitForURL('**/processes/travel-request');
  await page.getByRole('button', { name: 'Start a case' }).click();
  await page.getByRole('button', { name: 'Start the case' }).click();
  await page.waitForURL('**/cases/TRV-*');
  assert.match(page.url(), /TRV-\d+$/);

  // On an empty installation, what was done of the first five minutes is ticked.
  await first.getByText('2/5').waitFor();
  for (const step of ['Publish a process', 'Start a case']) assert.equal(await first.getByRole('listitem').filter({ hasText: step }).getAttribute('data-done'), 'true');
}

/** A choice is made and taken out again without drawing; what is wrong with it is said, and shown where it is. */
async function outlined() {
  const rows = page.getByRole('row');
  const before = await rows.count();
  await page.getByRole('button', { name: 'Add a choice after Book the journey' }).click();
  const problem = page.getByRole('region', { name: 'Problems' }).getByRole('listitem').first();
  await problem.waitFor();
  const condition = page.getByRole('textbox', { name: 'Condition (FEEL)' }).first();
  await condition.fill('amount > 100');
  await condition.press('Enter');
  await page.getByText('Nothing keeps it from being published.').waitFor();
  await look('design-outline-choice');
  await condition.fill('amount >');
  await condition.press('Enter');
  await problem.waitFor();
  await page.getByText('Diagram', { exact: true }).click();
  await page.locator('.djs-element.baton-problem').first().waitFor();
  await look('design-problem', { ignored: ['.djs-container'] });
  const back = page.getByRole('button', { name: 'Undo' });
  await page.getByText('Nothing keeps it from being published.').or(back).first().waitFor();
  for (let undone = 0; undone < 3; undone++) await back.click();
  await page.getByText('Nothing keeps it from being published.').waitFor();
  await page.locator('.djs-element.baton-problem').waitFor({ state: 'detached' });
  await page.getByText('Outline').click();
  assert.equal(await rows.count(), before);
  await page.getByRole('button', { name: 'Add a step after Book the journey' }).click();
  await rows.nth(before).waitFor();
  await page.getByRole('button', { name: 'Take out this step' }).click();
  await rows.nth(before).waitFor({ state: 'detached' });
}

/** Each can be published as it is, but for its name. */
async function templates() {
  for (const template of ['blank', 'outside', 'teams']) {
    await page.goto(`${url}/processes/new/design?template=${template}`);
    await page.locator('.djs-container svg').first().waitFor();
    await page.getByText('Nothing keeps it from being published.').waitFor();
    await look(`design-template-${template}`, { ignored: ['.djs-container'] });
  }
}

/** The drawing goes out as a file and comes in again, here and as the beginning of another process. */
async function exchange() {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download the BPMN file' }).click()]);
  const path = await file.path();
  const drawing = { name: 'from-elsewhere.bpmn', mimeType: 'application/xml', buffer: readFileSync(path) };
  await page.locator('input[type="file"]').setInputFiles(drawing);
  await page.locator('.djs-label').filter({ hasText: 'journey' }).first().waitFor();
  await page.getByText('Nothing keeps it from being published.').waitFor();

  const here = page.url();
  await page.goto(`${url}/processes`);
  await page.getByRole('button', { name: 'New process' }).click();
  await page.locator('input[type="file"]').setInputFiles({ ...drawing, buffer: Buffer.from(drawing.buffer.toString().replaceAll('Book the journey', 'Book the flight')) });
  await page.waitForURL('**/processes/new/design');
  await page.locator('.djs-label').filter({ hasText: 'flight' }).first().waitFor();
  // The draft that was begun from a template is another one; here both are of a process without a name of its own yet.
  await page.locator('input[type="file"]').setInputFiles(drawing);
  await page.locator('.djs-label').filter({ hasText: 'journey' }).first().waitFor();
  await page.getByText('Nothing keeps it from being published.').waitFor();
  assert.notEqual(page.url(), here);
}

/** Played to the end, changed, and played as far as it still goes. */
async function tryIt() {
  const begin = page.getByRole('button', { name: 'Start the case' });
  await page.getByText('Try it', { exact: true }).click();
  await begin.waitFor();
  await look('design-try-begin');
  await begin.click();
  await page.locator('.djs-overlays[data-container-id="describe"] .djs-overlay').waitFor();
  await complete('describe', null);
  await page.locator('[data-play-task^="Activity_"]').waitFor();
  const before = await page.getByRole('toolbar').locator('time').textContent();
  await page.locator('body').press('t');
  await page.waitForFunction((was) => document.querySelector('[role="toolbar"] time')?.textContent !== was, before);
  await complete('Activity_', null);

  // Whoever described it may not approve it.
  await complete('approve', '{"outcome": "approved"}');
  await page.locator('[data-play-task]').getByRole('alert').filter({ hasText: 'That cannot be done now.' }).waitFor();
  await page.locator('[data-play-task]').getByLabel('Acting as').click();
  await page.getByRole('option', { name: 'Somebody else…' }).click();
  await page.getByRole('combobox', { name: 'Who' }).fill('Ada');
  await page.getByRole('option', { name: 'Ada Byron' }).click();
  await page.getByRole('button', { name: /^Complete/ }).click();
  await page.getByText('The case is over.').waitFor();
  await look('design-try-over', { ignored: ['.djs-container'] });
  await page.locator('body').press('u');
  await page.locator('[data-play-task="approve"]').waitFor();

  await page.getByText('Outline').click();
  await page.getByRole('button', { name: 'Add a step after Asked' }).click();
  await page.getByText('Try it', { exact: true }).click();
  await page.getByText('Act 2 of 4 no longer applies').waitFor();
  await look('design-try-gone', { ignored: ['.djs-container'] });
  await page.getByRole('button', { name: 'Leave it and the rest out' }).click();
  await page.getByText('no longer applies').waitFor({ state: 'detached' });

  await page.getByText('Diagram', { exact: true }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
}

async function complete(step, values) {
  const card = page.locator(`[data-play-task^="${step}"]`);
  await card.waitFor();
  if (values !== null) {
    await card.getByRole('button', { name: 'Add variables' }).click();
    await card.getByRole('textbox', { name: /JSON/ }).fill(values);
  }
  await card.getByRole('button', { name: /^Complete/ }).click();
}

async function fill(label, value) {
  const field = page.getByLabel(label, { exact: true });
  await field.fill(value);
  await field.press('Enter');
}
