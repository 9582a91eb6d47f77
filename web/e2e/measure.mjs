// How long it takes until a page can be used, from the first byte asked for: `node e2e/measure.mjs URL LINK CHROMIUM`.
// A figure for reports; no test depends on it.
import { chromium } from 'playwright-core';

const [url, link, program] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-gpu'] });
const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
const page = await context.newPage();
await page.goto(url + link);
await page.getByRole('button', { name: 'Sign in' }).click();
await page.waitForURL('**/tower');

const PAGES = [
  ['/tower', '[data-list]'],
  ['/inbox?view=team', '[data-task]'],
  ['/cases', 'tbody tr'],
  ['/processes', 'table a, table button'],
  ['/company/people', 'tbody tr'],
  ['/admin/health', 'table'],
];
for (const [path, usable] of PAGES) {
  for (const kept of [false, true]) {
    const times = [];
    for (let run = 0; run < 5; run++) {
      const fresh = await context.newPage();
      const cdp = await context.newCDPSession(fresh);
      await cdp.send('Network.setCacheDisabled', { cacheDisabled: !kept });
      const begun = performance.now();
      await fresh.goto(url + path, { waitUntil: 'commit' });
      await fresh.locator(usable).first().waitFor();
      // Usable: the next frame is drawn, and no long task stands before it.
      await fresh.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
      times.push(performance.now() - begun);
      await fresh.close();
    }
    times.sort((a, b) => a - b);
    process.stdout.write(`${path} ${kept ? 'cached' : 'cold  '} median ${Math.round(times[2])} ms, worst ${Math.round(times[4])} ms\n`);
  }
}
await browser.close();
