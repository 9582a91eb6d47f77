import { expect, test } from 'vitest';
import type { Health, NodeSeen } from '../api/admin';
import { wrongs } from './wrongs';

const node: NodeSeen = {
  name: 'a',
  version: '1',
  startedAt: '2026-11-25T08:00:00Z',
  seenAt: '2026-11-25T09:00:00Z',
  gone: false,
  loops: [{ name: 'timers', working: false, seconds: 1, failures: 1 }],
};

const well: Health = {
  at: '2026-11-25T09:00:00Z',
  version: '1',
  nodes: [node],
  queues: [{ queue: 'TIMERS', waiting: 3, oldest: '2026-11-25T08:59:30Z' }, { queue: 'JOBS', waiting: 9, oldest: '2026-11-01T00:00:00Z' }],
  countMax: 10_000,
  database: { version: '18', embedded: true, bytes: 1, connections: 1, connectionsMax: 2, tables: [] },
  verified: null,
};
const ago = () => '5 min. ago';

test('a quiet installation needs nobody, though jobs wait for workers and one loop stumbled once', () => {
  expect(wrongs(well, ago)).toEqual([]);
});

test('a silent node, a failing loop, a late queue and a failed check are each told', () => {
  const ill: Health = {
    ...well,
    nodes: [
      { ...node, loops: [{ name: 'timers', working: false, seconds: 1, failures: 4, failure: 'no' }] },
      { ...node, name: 'b', gone: true },
    ],
    queues: [{ queue: 'TIMERS', waiting: 3, oldest: '2026-11-25T08:00:00Z' }],
    verified: { at: well.at, cases: 1, entries: 2, problems: 3 },
  };
  expect(wrongs(ill, ago)).toEqual([
    '“Strike clocks” fails on a.',
    'Node b is silent.',
    'Clocks that should have struck: the first one waits since 5 min. ago.',
    'The last check of the journal found problems.',
  ]);
  expect(wrongs({ ...well, nodes: [] }, ago)).toEqual(['No node has said that it works.']);
});
