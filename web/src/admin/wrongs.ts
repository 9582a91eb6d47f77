/** What of the installation's health needs somebody, in sentences; empty when all is well. */
import type { Health, QueueName } from '../api/admin';
import { admin } from '../texts/admin';

/** Queues that should be worked off at once, and how long their first one may wait. */
const LAG_MAX_MS: Partial<Record<QueueName, number>> = { TIMERS: 60_000, DELIVERIES: 300_000, MAIL_IN: 300_000 };

/** One failure may be a coincidence. */
const FAILURES_MAX = 1;

export function wrongs(health: Health, ago: (at: string) => string): string[] {
  const words = admin.health;
  const found: string[] = [];
  const here = health.nodes.filter((node) => !node.gone);
  if (here.length === 0) found.push(words.wrong.none);
  for (const node of health.nodes) {
    if (node.gone) found.push(words.wrong.gone(node.name));
    else
      for (const loop of node.loops)
        if (loop.failures > FAILURES_MAX) found.push(words.wrong.failing(words.loopNames[loop.name] ?? loop.name, node.name));
  }
  for (const { queue, oldest } of health.queues) {
    const most = LAG_MAX_MS[queue];
    if (most !== undefined && oldest && Date.parse(health.at) - Date.parse(oldest) > most)
      found.push(words.wrong.lag(words.names[queue], ago(oldest)));
  }
  if ((health.verified?.problems ?? 0) > 0) found.push(words.wrong.verify);
  return found;
}
