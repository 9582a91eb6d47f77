// A leader reads the ledger over all cases of the demo company, driven by BrowserTest of the server: by person, party and
// process, narrowed, with the cases behind a number and the file of a list. Then what somebody else changes shows by itself,
// and what is being read stays where it is.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { open } from './browser.mjs';

const how = JSON.parse(process.argv[2]);
const { page, lookInBothModes, done } = await open(how);
const table = page.getByRole('table', { name: 'Ledger' });
const lines = table.locator('tbody tr');

await done(async () => {
  await page.goto(how.url + how.link);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/tower|inbox/);
  await ledger();
  await aFile();
  await elsewhere();
});

async function ledger() {
  await page.goto(`${how.url}/ledger?days=92`);
  await lines.first().waitFor();
  await lookInBothModes('ledger');
  await page.getByRole('radiogroup', { name: 'Added up by' }).getByText('Party').click();
  await page.waitForURL('**by=party**');
  await lines.filter({ hasText: 'Treasury' }).first().waitFor();
  await lookInBothModes('ledger-party');

  const cases = lines.filter({ hasText: 'Treasury' }).getByRole('link', { name: /Cases of Treasury/ });
  const count = Number(((await cases.textContent()) ?? '').replaceAll(/\D/g, ''));
  assert.ok(count > 0);
  await cases.click();
  await page.waitForURL('**/ledger/cases?**');
  await page.getByRole('heading', { name: 'Cases of the ledger' }).waitFor();
  await page.locator('tbody tr').first().waitFor();
  const more = page.getByRole('button', { name: 'Load more' });
  while (await more.isVisible()) {
    const before = await page.locator('tbody tr').count();
    await more.click();
    await page.waitForFunction((rows) => document.querySelectorAll('tbody tr').length > rows, before);
  }
  assert.equal(await page.locator('tbody tr').count(), count, 'the list has as many cases as the number says');
  await page.evaluate(() => document.querySelector('#content')?.scrollTo(0, 0));
  await lookInBothModes('ledger-cases');

  await page.goto(`${how.url}/ledger?by=process&days=92`);
  await lines.first().waitFor();
  await lookInBothModes('ledger-process');
  await page.goto(`${how.url}/ledger?from=2001-01-01&to=2001-01-31`);
  await page.getByText('No case ended in this period').waitFor();
  await lookInBothModes('ledger-empty');
}

async function aFile() {
  await page.goto(`${how.url}/company/policies`);
  await page.locator('tbody tr').first().waitFor();
  const rows = await page.locator('tbody tr').count();
  await page.getByRole('button', { name: 'Export' }).click();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'CSV' }).click()]);
  const text = readFileSync(await file.path(), 'utf8').trim().split('\r\n');
  assert.equal(text.length, rows + 1, text.join('\n'));
}

/** In another window of the same person: what is written there is told by the server. */
async function elsewhere() {
  const other = await page.context().newPage();
  await other.goto(`${how.url}/cases`);
  await page.bringToFront();
  const write = (method, path, body) =>
    other.evaluate(
      async ([verb, url, sent]) => {
        const token = /XSRF-TOKEN=([^;]+)/.exec(document.cookie)?.[1] ?? '';
        const request = { method: verb, headers: { 'Content-Type': 'application/json', 'X-XSRF-TOKEN': token }, body: JSON.stringify(sent) };
        const answer = await fetch(`/api${url}`, request);
        if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
        return answer.status === 204 ? null : answer.json();
      },
      [method, path, body],
    );

  await page.goto(`${how.url}/cases`);
  await page.locator('tbody tr').nth(30).waitFor();
  const read = page.locator('tbody tr').nth(20);
  const key = await read.locator('.key').textContent();
  await read.evaluate((row) => row.scrollIntoView({ block: 'center' }));
  const stands = () => page.locator('tbody tr').filter({ hasText: key ?? '' }).first().evaluate((row) => Math.round(row.getBoundingClientRect().top));
  const before = await stands();
  const started = await write('POST', '/cases', { process: 'request-for-payment', variables: { purpose: 'Bicycle repair', payee: 'Fietsen Maas', amount: 120, costType: 'Services' } });
  await page.locator('tbody tr').filter({ hasText: started.key }).first().waitFor({ state: 'attached' });
  assert.ok(Math.abs((await stands()) - before) <= 1, `what is read stays: ${before}, then ${await stands()}`);

  await page.goto(`${how.url}/company/teams`);
  await page.locator('tbody tr').first().waitFor();
  await write('PUT', '/teams/bicycles', { name: 'Bicycle workshop', kind: 'team' });
  await page.locator('tbody tr').filter({ hasText: 'Bicycle workshop' }).waitFor();
  await other.close();
}
