// One member's way through Baton in a real browser, driven by BrowserTest of the server: sign in by the one-time link,
// find the case, look at it, do its task, see it moved. Screenshots and an accessibility check on every page, wide and
// narrow. Arguments as JSON: {url, link, caseKey, chromium, screenshots, profile}.
import { open } from './browser.mjs';

const { url, link, caseKey, ...how } = JSON.parse(process.argv[2]);
const { page, look, done } = await open(how, {
  // The page looks at the chosen task once more after it was done, and learns that it is gone.
  expected: (message) => message.text().includes('404') && message.location().url.startsWith(`${url}/api/tasks/`),
});
await done(walk);

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
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Taken back.').waitFor();
  await page.locator('[data-claim]').click();
  await promise();
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
  await page.getByText('You have promised a date.').waitFor({ state: 'detached' });
  await promise();
  await page.goto(`${url}/cases/${caseKey}`);
  await page.getByText('You have promised a date for').waitFor();
  await look('case-undo');
  await page.getByRole('button', { name: /^Undo what you did/ }).click();
  await page.getByText('You have promised a date for').waitFor({ state: 'detached' });
  await page.goto(`${url}/inbox?view=mine`);
  await page.locator('[data-task]').filter({ hasText: caseKey }).click();
  await page.getByRole('region', { name: 'Form' }).getByText('Yes, send it on').click();
  await page.getByRole('heading', { name: 'What happens next' }).waitFor();
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

  for (const tab of ['people', 'teams', 'policies', 'calendars']) {
    await page.goto(`${url}/company/${tab}`);
    await look(`company-${tab}`);
  }
}

async function promise() {
  await page.getByRole('button', { name: 'More to do with this task' }).click();
  await page.getByRole('menuitem', { name: 'Promise a date…' }).click();
  await page.locator('input[type="datetime-local"]').fill('2030-01-07T12:00');
  await page.getByRole('button', { name: 'Promise it' }).click();
  await page.getByText('You have promised a date.').waitFor();
}

/** The drawing is there, and a badge stands at one of these nodes. */
async function token(...nodes) {
  await page.locator('.djs-container svg').first().waitFor();
  const at = nodes.map((node) => `.djs-overlays[data-container-id="${node}"] .djs-overlay`).join(', ');
  await page.locator(at).first().waitFor();
}
