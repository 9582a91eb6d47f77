// When somebody outside first sees something on a slow phone: `node e2e/measure-guest.mjs URL CHROMIUM PATH…`, each path that
// of a link. Chromium with nothing kept from before, 360 × 740, the network of "Slow 4G" and a processor four and six times
// slower than the one it runs on. Times are from pressing the link to the first text drawn. A figure; no test depends on it.
import { chromium } from 'playwright-core';

const [url, program, ...paths] = process.argv.slice(2);
const RUNS = 9;
/** As the developer tools of Chrome have it; the latency is that of each request, a new connection's round trips included. */
const SLOW_4G = { offline: false, latency: 562.5, downloadThroughput: (1.44 * 1_000_000) / 8, uploadThroughput: (675 * 1_000) / 8 };

const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] });
for (const path of paths) {
  for (const slower of [4, 6]) {
    const times = [];
    let bytes = 0;
    for (let run = 0; run < RUNS; run++) {
      const context = await browser.newContext({ viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true });
      const page = await context.newPage();
      const cdp = await context.newCDPSession(page);
      await cdp.send('Network.enable');
      await cdp.send('Network.setCacheDisabled', { cacheDisabled: true });
      await cdp.send('Network.emulateNetworkConditions', SLOW_4G);
      await cdp.send('Emulation.setCPUThrottlingRate', { rate: slower });
      bytes = 0;
      cdp.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
      await page.goto(url + path, { waitUntil: 'load' });
      times.push(
        await page.evaluate(
          () =>
            new Promise((drawn) =>
              new PerformanceObserver((list, observer) => {
                const first = list.getEntriesByName('first-contentful-paint')[0];
                if (first === undefined) return;
                observer.disconnect();
                drawn(first.startTime);
              }).observe({ type: 'paint', buffered: true }),
            ),
        ),
      );
      await context.close();
    }
    times.sort((a, b) => a - b);
    const [median, worst] = [times[RUNS >> 1], times[RUNS - 1]].map(Math.round);
    process.stdout.write(`${path.slice(0, 12)}… processor ${slower}× slower: first paint median ${median} ms, worst ${worst} ms; ${Math.round(bytes / 1000)} KB in all\n`);
  }
}
await browser.close();
