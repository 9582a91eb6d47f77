// An administrator tries a process of the demo in a real browser, driven by BrowserTest of the server: a case is played on
// a clock that is pushed, by hand and by keys. Arguments as JSON: {url, link, chromium, screenshots, profile}.
import assert from 'node:assert/strict';
import { open } from './browser.mjs';

const { url, link, ...how } = JSON.parse(process.argv[2]);
const { page, lookInBothModes, done } = await open(how);
await done(tryIt);

async function tryIt() {
  await page.goto(url + link);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/tower');

  await page.goto(`${url}/processes/service-exception`);
  await page.getByRole('link', { name: 'Try it' }).click();
  await page.getByRole('button', { name: 'Start the case' }).waitFor();
  await lookInBothModes('try-begin', { ignored: ['.djs-container'] });
  await page.getByRole('button', { name: 'Add variables as JSON' }).click();
  await page.getByRole('textbox', { name: /JSON/ }).fill(JSON.stringify({ customer: 'St Anne', reference: 'SA-4711', productName: 'Infusion pump', problem: 'The alarm does not stop' }));
  await page.getByRole('button', { name: 'Start the case' }).click();
  await page.locator('[data-play-task]').first().waitFor();
  await page.getByRole('region', { name: 'What is seen of it' }).locator('.djs-container svg').first().waitFor();
  await lookInBothModes('try-task', { ignored: ['.djs-container'] });

  // The owner's acts on the case as a whole, and one that ends it, taken back.
  const owner = page.getByRole('region', { name: /can do with the case/ });
  const dialog = page.getByRole('dialog');
  const withTheCase = async (act) => {
    await owner.first().getByRole('button', { name: 'With the case…' }).click();
    await page.getByRole('menuitem', { name: act }).click();
    await dialog.getByLabel('Why').fill('The customer is away');
  };
  await withTheCase('Pause the case');
  await dialog.getByRole('button', { name: 'In two weeks' }).click();
  await lookInBothModes('try-pause');
  await dialog.getByRole('button', { name: 'Pause the case' }).click();
  await owner.getByRole('button', { name: 'Let the case go on' }).waitFor();
  await lookInBothModes('try-paused', { ignored: ['.djs-container'] });
  await owner.getByRole('button', { name: 'Let the case go on' }).click();
  await owner.getByRole('button', { name: 'Let the case go on' }).waitFor({ state: 'detached' });
  await withTheCase('Cancel the case');
  await dialog.getByRole('button', { name: 'Cancel the case' }).click();
  await page.getByText('The case is over.').waitFor();
  await page.locator('body').press('u');
  await page.locator('[data-play-task]').first().waitFor();

  // What happens when nobody acts: the clock goes from one thing to the next, and comes back.
  const time = () => page.getByRole('toolbar').locator('time').getAttribute('datetime');
  const begin = Date.parse(await time());
  for (let pushes = 1; pushes <= 3; pushes++) {
    const before = await time();
    await page.locator('body').press('n');
    await page.waitForFunction((was) => document.querySelector('[role="toolbar"] time')?.getAttribute('datetime') !== was, before);
  }
  assert.ok(Date.parse(await time()) > begin);
  await page.locator('section').filter({ hasText: 'Would have been told' }).getByRole('listitem').first().waitFor();
  await lookInBothModes('try-told', { ignored: ['.djs-container'] });
  const late = await time();
  await page.locator('body').press('u');
  await page.waitForFunction((was) => document.querySelector('[role="toolbar"] time')?.getAttribute('datetime') !== was, late);
  await page.getByRole('button', { name: 'Start the play over' }).click();
  await page.getByRole('button', { name: 'Start the case' }).waitFor();
}
