// An administrator looks after the installation, driven by BrowserTest of the server: what is wrong, who is connected, who
// did what; revokes a program's token and files a mail that could not be assigned. Screenshots in both modes.
import assert from 'node:assert/strict';
import { open } from './browser.mjs';

const how = JSON.parse(process.argv[2]);
const { page, look, lookInBothModes, done } = await open(how);

await done(async () => {
  await page.goto(how.url + how.link);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/tower');
  await page.getByRole('link', { name: 'Administration' }).click();
  await page.waitForURL('**/admin/health');
  await page.getByRole('table', { name: 'What waits' }).waitFor();
  await lookInBothModes('admin-health');

  const tabs = page.getByRole('navigation', { name: 'Administration' });
  await tabs.getByRole('link', { name: 'Channels' }).click();
  await page.getByRole('region', { name: 'Mail', exact: true }).waitFor();
  await lookInBothModes('admin-channels');

  await tabs.getByRole('link', { name: 'Connections' }).click();
  await page.getByRole('table', { name: 'Job workers seen lately' }).getByText('warehouse-1').waitFor();
  await lookInBothModes('admin-connections');

  await tabs.getByRole('link', { name: 'Tokens' }).click();
  await page.getByRole('table', { name: 'API tokens of everybody' }).waitFor();
  await lookInBothModes('admin-tokens');
  await page.getByRole('button', { name: 'Revoke the token nightly export' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
  await page.getByText('nightly export: revoked.').waitFor();
  await page.getByText('No program has a token').waitFor();

  // The mail that answers nothing: it speaks of a case, and goes there.
  await tabs.getByRole('link', { name: 'Kept mails' }).click();
  await page.getByRole('table', { name: 'Kept mails' }).waitFor();
  await lookInBothModes('admin-mails');
  await page.getByRole('button', { name: `Question about ${how.caseKey}` }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByText('the invoice is still open').waitFor();
  assert.equal(await drawer.getByLabel('Key of the case').inputValue(), how.caseKey);
  await lookInBothModes('admin-mail');
  await drawer.getByRole('button', { name: 'File to a case' }).click();
  await page.getByText(`Filed to ${how.caseKey}.`).waitFor();
  await page.getByText('No mail was kept').waitFor();

  // How one likes the screens is remembered; the list of first things to try is put away and taken out again.
  const menu = page.getByRole('button', { name: 'Account menu' });
  await menu.click();
  await page.getByRole('menuitem', { name: 'Density: comfortable' }).click();
  await page.getByRole('menuitem', { name: 'Colours: as the system' }).click();
  await page.getByRole('menuitem', { name: 'Colours: light' }).click();
  await page.keyboard.press('Escape');
  await page.reload();
  await page.getByRole('heading', { name: 'Administration' }).waitFor();
  const looks = await page.evaluate('[document.documentElement.dataset.density, document.documentElement.dataset.mantineColorScheme]');
  assert.deepEqual(looks, ['compact', 'dark']);
  await look('admin-compact-dark');
  await menu.click();
  await page.getByRole('menuitem', { name: 'Density: compact' }).click();
  await page.getByRole('menuitem', { name: 'Colours: dark' }).click();
  await page.keyboard.press('Escape');
  const first = page.getByRole('region', { name: 'First five minutes' });
  await first.getByRole('link', { name: 'Open a number' }).waitFor();
  await page.getByRole('button', { name: 'Put the list away' }).click();
  await first.waitFor({ state: 'detached' });
  await menu.click();
  await page.getByRole('menuitem', { name: 'First five minutes' }).click();
  await first.waitFor();
  await page.goto(`${how.url}/cases/${how.caseKey}`);
  await page.getByRole('region', { name: 'Who had it' }).waitFor();
  await first.getByText('Look into a case (done)').or(first.getByText('(done)').nth(1)).first().waitFor();
  await page.goto(`${how.url}/admin/audit`);

  // All of it is on record.
  const record = page.getByRole('table', { name: 'What was done' });
  await record.getByText('revoked the token').waitFor();
  await record.getByText('filed a mail to').waitFor();
  await record.getByText('published the process').first().waitFor();
  await lookInBothModes('admin-audit');
  await page.getByRole('combobox', { name: 'Kind of act' }).click();
  await page.getByRole('option', { name: 'Tokens' }).click();
  await page.waitForURL('**kind=tokens**');
  await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 2);
});
