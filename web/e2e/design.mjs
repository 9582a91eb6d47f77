// An administrator designs a process in a real browser, driven by BrowserTest of the server: from a template, a name and a
// key, one more step from the outline, published, and a case of it started. Arguments as JSON: {url, link, chromium,
// screenshots, profile}.
import assert from 'node:assert/strict';
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
  await page.goto(`${url}/processes`);
  await page.getByRole('button', { name: 'New process' }).click();
  await page.getByRole('menuitem', { name: /approval/ }).click();
  await page.locator('.djs-container svg').first().waitFor();
  await fill('Name', 'Travel request');
  await fill('Key', 'travel-request');
  await fill('Prefix of the keys', 'TRV');

  await page.getByText('Outline').click();
  await page.getByRole('button', { name: 'Add a step after Describe the request' }).click();
  const added = page.getByRole('row').nth(3).getByRole('textbox', { name: 'Step' });
  await added.fill('Book the journey');
  await added.press('Enter');
  await page.getByText('Nothing keeps it from being published.').waitFor();
  await look('design-outline');

  await page.getByText('Diagram', { exact: true }).click();
  await page.locator('.djs-label').filter({ hasText: 'journey' }).first().waitFor();
  await look('design-diagram', { ignored: ['.djs-container'] });

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

async function fill(label, value) {
  const field = page.getByLabel(label, { exact: true });
  await field.fill(value);
  await field.press('Enter');
}
