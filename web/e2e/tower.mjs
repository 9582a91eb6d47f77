// A leader's morning in the demo company, driven by BrowserTest of the server: the tower is the first page, a number opens
// as many cases as it says, one press helps a case, a view is kept. Screenshots in both modes.
import assert from 'node:assert/strict';
import { open } from './browser.mjs';

const how = JSON.parse(process.argv[2]);
const { page, look, done } = await open(how);

await done(async () => {
  await page.goto(how.url + how.link);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/tower');
  await drawn();
  for (const scheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: scheme });
    await look(scheme === 'light' ? 'tower' : 'tower-dark');
    for (const [part, name] of [['Age of open work', 'ageing'], ['Where cases stand', 'map'], ['Load against a usual day', 'load']]) {
      await page.getByRole('region', { name: part, exact: true }).scrollIntoViewIfNeeded();
      await look(`tower-${name}${scheme === 'light' ? '' : '-dark'}`);
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });

  // A number, and the list behind it.
  const overdue = page.locator('[data-list*="risk=overdue"]').first();
  const count = Number(/\d+/.exec(await overdue.innerText())[0]);
  assert.ok(count > 0, 'the demo has overdue cases');
  await overdue.click();
  await page.waitForURL('**/cases?**risk=overdue**');
  await page.getByRole('heading', { name: 'Cases', level: 1 }).waitFor();
  await page.locator('tbody tr').first().waitFor();
  const more = page.getByRole('button', { name: 'Load more' });
  for (let pages = 0; pages < 10 && (await more.isVisible()); pages++) {
    const before = await page.locator('tbody tr').count();
    await more.click();
    await page.waitForFunction((rows) => document.querySelectorAll('tbody tr').length > rows, before);
  }
  assert.equal(await page.locator('tbody tr').count(), count);
  await look('tower-overdue-cases');

  // One press.
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await page.waitForURL('**/tower');
  await page.locator('[data-act="RETRY"]').first().click();
  await page.getByText('Done.').waitFor();

  // Narrowed, kept, and still so after a reload.
  await page.getByRole('combobox', { name: 'Process' }).first().click();
  await page.getByRole('option', { name: 'Vendor payment' }).click();
  await page.waitForURL('**process=vendor-payment**');
  await page.reload();
  await drawn();
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: /Keep this view/ }).click();
  await page.getByLabel('Name').fill('Payments');
  await page.getByRole('button', { name: 'Keep it' }).click();
  await page.getByRole('button', { name: 'Payments' }).waitFor();
  await look('tower-narrowed');

  // The lists of incidents and of tasks.
  await page.locator('[data-list^="incidents"]').first().click();
  await page.waitForURL('**/incidents**');
  await page.getByRole('heading', { name: 'Incidents', level: 1 }).waitFor();
  await page.locator('tbody tr').first().waitFor();
  await look('incidents');
  await page.goBack();
  await page.locator('[data-list^="tasks"]').first().click();
  await page.waitForURL('**/tasks**');
  await page.getByRole('heading', { name: 'Open tasks', level: 1 }).waitFor();
  await page.locator('tbody tr').first().waitFor();
  await look('tasks');

  // A file of the list.
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'CSV' }).click();
  assert.match((await download).suggestedFilename(), /^tasks-.*\.csv$/);

  // One search over everything, by keys alone.
  await page.keyboard.press('Control+k');
  const box = page.getByRole('textbox', { name: 'Search everything' });
  await box.fill('vendor');
  await page.getByRole('option').filter({ hasText: 'PAY-' }).first().waitFor();
  for (const scheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: scheme });
    await look(scheme === 'light' ? 'search' : 'search-dark');
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await box.press('Enter');
  await page.waitForURL('**/cases/PAY-**');

  // Many tasks at once: what will happen is said first.
  await page.goto(`${how.url}/inbox?view=team`);
  await page.locator('[data-task]').first().waitFor();
  await page.getByRole('button', { name: 'Choose several' }).click();
  await page.getByRole('button', { name: 'All shown' }).click();
  await look('inbox-many');
  await page.getByRole('button', { name: /^Act on/ }).click();
  await page.getByRole('button', { name: 'See what will happen' }).click();
  await page.getByText('Nothing has happened yet').waitFor();
  for (const scheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: scheme });
    await look(scheme === 'light' ? 'bulk-preview' : 'bulk-preview-dark');
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.getByRole('button', { name: /^Do it for/ }).click();
  await page.getByText(/\d+ of \d+ done/).waitFor();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await page.getByRole('region', { name: 'Task by task' }).getByText('Taken back.').first().waitFor();
  await look('bulk-undone');
  await page.getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('radiogroup', { name: 'Whose tasks' }).getByText('Done').click();
  await page.waitForURL('**view=done**');
  await look('inbox-done');
});

async function drawn() {
  await page.getByRole('region', { name: 'Where cases stand' }).locator('.djs-container svg').first().waitFor();
  await page.getByRole('region', { name: 'Age of open work' }).locator('svg').first().waitFor();
}
