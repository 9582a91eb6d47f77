// The pictures of the guides, made from the demo company by GuideTest of the server. `images` is where they go;
// `owner` owns the case of `caseKey`, `member` has or may take tasks.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { open } from './browser.mjs';

const how = JSON.parse(process.argv[2]);
const { page, done } = await open(how);
const cdp = await page.context().newCDPSession(page);
mkdirSync(how.images, { recursive: true });

await done(async () => {
  await page.setViewportSize({ width: 1200, height: 760 });
  await page.goto(how.url + how.link);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/tower');
  await drawing();
  await picture('first-steps');
  await page.getByRole('button', { name: 'Put the list away' }).click();
  await picture('tower');
  await page.locator('[data-list*="risk=overdue"]').first().click();
  await page.getByRole('heading', { name: 'Cases', level: 1 }).waitFor();
  await page.locator('tbody tr').first().waitFor();
  await picture('number');

  await to(`/cases/${how.caseKey}`);
  await drawing();
  await picture('case');
  await picture('custody', page.getByRole('region', { name: 'Who had it' }));

  await actAs(how.owner);
  await to(`/cases/${how.caseKey}`);
  await drawing();
  await page.getByRole('button', { name: 'Case actions' }).click();
  await page.getByRole('menuitem', { name: 'Pause…' }).waitFor();
  await picture('owner-acts');
  await page.getByRole('menuitem', { name: 'Pause…' }).click();
  await page.getByRole('dialog').waitFor();
  await picture('owner-pause');

  await actAs(how.member);
  await to('/inbox?view=team');
  await page.locator('[data-task]').first().click();
  await page.locator('[data-task-work] form, [data-task-work] [data-claim]').first().waitFor();
  await picture('inbox');
  await page.getByRole('button', { name: 'More to do with this task' }).click();
  await page.getByRole('menuitem', { name: 'Promise a date…' }).waitFor();
  await picture('task-acts');
  await page.getByRole('menuitem', { name: 'Promise a date…' }).click();
  await page.getByRole('dialog').waitFor();
  await picture('promise');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.locator('body').press('?');
  await page.getByRole('dialog').getByText('Show this map').waitFor();
  await picture('keys');

  await actAs(null);
  await to(`/inbox?view=team&task=${how.task}`);
  await page.getByRole('heading', { name: 'What happens next' }).waitFor();
  await page.getByRole('heading', { name: 'Similar decisions' }).scrollIntoViewIfNeeded();
  await picture('packet');
  await to('/admin/brand');
  await page.getByLabel('Name of the organisation').waitFor();
  await picture('brand');
  await to('/processes/vendor-payment');
  await drawing();
  await picture('process');
  await to('/processes/vendor-payment/versions');
  await drawing();
  await page.getByRole('list', { name: 'What is otherwise' }).getByText('Added').first().waitFor();
  await picture('versions');
  await to('/processes/vendor-payment/design');
  await drawing();
  await picture('designer');
  await page.getByText('Outline', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Step' }).first().waitFor();
  await picture('outline');

  await to('/processes/service-exception/design?view=try');
  await page.getByRole('button', { name: 'Add variables as JSON' }).click();
  await page.getByRole('textbox', { name: /JSON/ }).fill(JSON.stringify({ customer: 'St Anne', reference: 'SA-4711', productName: 'Infusion pump', problem: 'The alarm does not stop' }));
  await page.getByRole('button', { name: 'Start the case' }).click();
  await page.locator('[data-play-task]').first().waitFor();
  await page.locator('body').press('n');
  await page.getByRole('region', { name: 'What is seen of it' }).locator('.djs-container svg').first().waitFor();
  await picture('try');

  await to('/tokens');
  await page.getByLabel('What it is for').fill('Warehouse connector');
  await picture('tokens');
  await to('/admin/connections');
  await page.getByText('warehouse-1').waitFor();
  await picture('connections');

  await to('/company/people');
  await page.locator('tbody tr').first().waitFor();
  await picture('people');
  await page.locator('tbody tr button').first().click();
  await page.getByRole('dialog').getByLabel('Name').waitFor();
  await picture('person');
  await to('/company/policies');
  await page.locator('tbody tr').first().waitFor();
  await picture('policies');
  await to('/admin/health');
  await page.getByRole('table', { name: 'What waits' }).waitFor();
  await picture('health');
  await to('/admin/audit');
  await page.locator('tbody tr').first().waitFor();
  await picture('audit');
  await to('/admin/mails');
  await page.locator('tbody tr button').first().click();
  await page.getByRole('dialog').getByText('the invoice is still open').waitFor();
  await picture('kept-mail');
});

async function to(path) {
  await page.goto(how.url + path);
}

async function drawing() {
  await page.locator('.djs-container svg').first().waitFor();
}

/** As the menu would; null acts as oneself again. */
async function actAs(person) {
  const status = await page.evaluate(async (id) => {
    const token = /XSRF-TOKEN=([^;]*)/.exec(document.cookie)[1];
    const headers = { 'X-XSRF-TOKEN': decodeURIComponent(token), 'Content-Type': 'application/json' };
    const answer = await fetch('/api/session/acting-as', { method: id ? 'PUT' : 'DELETE', headers, ...(id ? { body: JSON.stringify({ person: id }) } : {}) });
    return answer.status;
  }, person);
  if (status !== 200) throw new Error(`acting as ${person}: ${status}`);
}

/** Of the window, or of what is given alone. */
async function picture(name, part) {
  await page.waitForLoadState('networkidle');
  await page.mouse.move(0, 0);
  await part?.scrollIntoViewIfNeeded();
  const box = await part?.boundingBox();
  const clip = box ? { x: box.x - 12, y: box.y - 12, width: box.width + 24, height: box.height + 24, scale: 1 } : undefined;
  const { data } = await cdp.send('Page.captureScreenshot', { format: 'webp', quality: 80, clip });
  writeFileSync(join(how.images, `${name}.webp`), Buffer.from(data, 'base64'));
}
