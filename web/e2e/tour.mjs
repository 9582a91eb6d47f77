// Every page of the app, driven by BrowserTest of the server: nothing on it is wider than the window, axe finds nothing, no
// script fails; at both widths and in both modes, as screenshots. `caseKey` and `task` are a case and a decision of the demo.
import { open } from './browser.mjs';

const how = JSON.parse(process.argv[2]);
const { page, lookInBothModes, done } = await open(how, {
  expected: (message) => message.text().includes('401') && message.location().url.endsWith('/api/session'),
});

/** Each with what shows that it is there. The names are the screenshots'. */
const PAGES = [
  ['tower', '/tower', () => page.getByRole('region', { name: 'Where cases stand' }).locator('.djs-container svg').first()],
  ['inbox-mine', '/inbox?view=mine', () => page.getByRole('heading', { level: 1 })],
  ['inbox-team', '/inbox?view=team', () => page.getByRole('heading', { level: 1 })],
  ['cases', '/cases', () => page.locator('tbody tr').first()],
  ['case', `/cases/${how.caseKey}`, () => page.locator('.djs-container svg').first()],
  ['tasks', '/tasks', () => page.locator('tbody tr').first()],
  ['incidents', '/incidents', () => page.locator('tbody tr').first()],
  ['processes', '/processes', () => page.getByRole('heading', { level: 1 })],
  ['process', '/processes/vendor-payment', () => page.locator('.djs-container svg').first()],
  ['versions', '/processes/vendor-payment/versions', () => page.getByRole('list', { name: 'What is otherwise' }).getByText('Added').first()],
  ['designer', '/processes/vendor-payment/design', () => page.locator('.djs-container svg').first()],
  ['company-people', '/company/people', () => page.locator('tbody tr').first()],
  ['company-teams', '/company/teams', () => page.locator('tbody tr').first()],
  ['company-policies', '/company/policies', () => page.locator('tbody tr').first()],
  ['company-calendars', '/company/calendars', () => page.locator('tbody tr').first()],
  ['tokens', '/tokens', () => page.getByRole('heading', { level: 1 })],
  ['outbox', '/outbox', () => page.getByRole('heading', { level: 1 })],
];

/** What is opened on a page, and looks like one: with how it is opened and what shows that it is there. */
const OPENED = [
  ['packet', `/inbox?view=team&task=${how.task}`, async () => {
    const next = page.getByRole('heading', { name: 'What happens next' });
    await next.scrollIntoViewIfNeeded();
    return page.getByRole('heading', { name: 'Similar decisions' });
  }],
  ['packet-below', `/inbox?view=team&task=${how.task}`, async () => {
    await page.getByRole('heading', { name: 'Decided before' }).scrollIntoViewIfNeeded();
    return page.getByRole('heading', { name: 'The rule' });
  }],
  ['tower-below', '/tower', async () => {
    const costs = page.getByRole('heading', { name: 'Cost of waiting' });
    await costs.waitFor();
    await costs.scrollIntoViewIfNeeded();
    return costs;
  }],
  ['case-below', `/cases/${how.caseKey}`, async () => {
    const custody = page.getByRole('heading', { name: 'Who had it' });
    await custody.waitFor();
    await custody.scrollIntoViewIfNeeded();
    return custody;
  }],
  ['case-history', `/cases/${how.caseKey}`, async () => {
    const history = page.getByRole('switch', { name: 'With history' });
    await history.scrollIntoViewIfNeeded();
    await history.press('Space');
    return page.getByText(/^since .* by /).first();
  }],
  ['inbox-done', '/inbox?view=done', async () => page.getByRole('heading', { level: 1 })],
  ['bulk', '/inbox?view=team', async () => {
    await page.getByRole('button', { name: 'Choose several' }).click();
    await page.getByRole('button', { name: 'All shown' }).click();
    await page.getByRole('button', { name: /^Act on \d/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'See what will happen' }).click();
    return page.getByRole('region', { name: 'Task by task' });
  }],
  ['search', '/cases', async () => {
    await page.locator('tbody tr').first().waitFor();
    await page.keyboard.press('/');
    const words = page.getByRole('dialog').locator('input');
    await words.waitFor();
    await words.fill('invoice');
    return page.getByRole('option').first();
  }],
  ['export', '/cases', async () => {
    await page.getByRole('button', { name: 'Export' }).click();
    return page.getByRole('menuitem', { name: 'CSV' });
  }],
  ['person', '/company/people', async () => {
    await page.locator('tbody tr button, tbody tr a').first().click();
    const addresses = page.getByRole('heading', { name: 'Other addresses' });
    await addresses.scrollIntoViewIfNeeded();
    return addresses;
  }],
  ['brand', '/admin/brand', async () => page.getByLabel('Name of the organisation')],
];

/** bpmn.io's own palette and watermark. */
const OTHERS = { designer: ['.djs-palette', '.bjs-powered-by', '.djs-container'] };

await done(async () => {
  await page.goto(`${how.url}/inbox`);
  await page.getByRole('heading', { name: 'Sign in to Baton' }).waitFor();
  await lookInBothModes('sign-in');
  await page.goto(how.url + how.link);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/tower');
  for (const [name, path, there] of PAGES) {
    if (how.only !== undefined && !how.only.includes(name)) continue;
    await page.goto(how.url + path);
    await there().waitFor();
    await lookInBothModes(`page-${name}`, { ignored: OTHERS[name] ?? [] });
  }
  for (const [name, path, opened] of OPENED) {
    if (how.only !== undefined && !how.only.includes(name)) continue;
    await page.goto(how.url + path);
    await (await opened()).waitFor();
    await lookInBothModes(`opened-${name}`);
  }
});
