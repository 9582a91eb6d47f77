// An administrator compares two versions of a process and moves the running cases, driven by BrowserTest of the server:
// what is otherwise is said, a step that is gone is mapped, the whole is tried and then done.
import assert from 'node:assert/strict';
import { open } from './browser.mjs';

const how = JSON.parse(process.argv[2]);
const { page, lookInBothModes, done } = await open(how);

await done(async () => {
  await page.goto(how.url + how.link);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/tower|inbox/);
  await page.goto(`${how.url}/processes/callback`);
  await page.getByRole('link', { name: 'Compare versions and move cases' }).click();
  const changes = page.getByRole('list', { name: 'What is otherwise' });
  await changes.getByText('Greet').waitFor();
  await page.locator('.djs-container svg .is-added').first().waitFor();
  await page.locator('.djs-container svg .is-removed').first().waitFor();
  await lookInBothModes('versions');

  // Tried without the mapping, the case at the step that is gone would stay.
  const mapping = page.getByRole('combobox', { name: 'File it goes on as' });
  assert.equal(await mapping.inputValue(), 'File it');
  await mapping.click();
  await page.getByRole('option', { name: 'Not mapped' }).click();
  await page.getByRole('button', { name: 'Try it' }).click();
  await page.getByText('1 case can be moved, 1 cannot.').waitFor();
  await page.getByRole('list', { name: 'Why cases stay' }).getByText('the other version does not have it').waitFor();
  await lookInBothModes('versions-tried');

  await mapping.click();
  await page.getByRole('option', { name: 'File it' }).click();
  await page.getByRole('button', { name: 'Try it' }).click();
  await page.getByText('2 cases can be moved, 0 cannot.').waitFor();
  await page.getByRole('button', { name: 'Move 2 cases' }).click();
  await page.getByText('2 cases were moved, 0 stayed.').waitFor();
  await page.getByText('Each case').click();
  assert.equal(await page.getByRole('table', { name: 'Each case' }).getByRole('cell', { name: 'moved' }).count(), 2);
  await lookInBothModes('versions-moved');
  await page.getByRole('button', { name: 'Try it' }).click();
  await page.getByText('This version has no open cases.').waitFor();
});
