import { expect, test } from 'vitest';
import type { JournalEntry } from '../api/types';
import { variableHistory } from './variableHistory';

const set = (seq: number, scope: number, variables: Record<string, number>, name?: string): JournalEntry => ({
  seq,
  at: `2026-11-0${seq}T08:00:00Z`,
  actor: name === undefined ? null : { id: name, name },
  command: 'X',
  events: [
    { type: 'StepLeft', text: null, fields: { step: 1 } },
    { type: 'VariablesSet', text: null, fields: { scope, variables } },
  ],
});

test('a variable has its values with who set them, the newest first, each scope by itself', () => {
  const history = variableHistory([set(1, 0, { amount: 5, vat: 1 }, 'Ada'), set(2, 7, { amount: 9 }), set(3, 0, { amount: 6 }, 'Bo')]);

  expect(history.get(0)?.get('amount')?.map(({ seq, by, value }) => [seq, by, value])).toEqual([
    [3, 'Bo', 6],
    [1, 'Ada', 5],
  ]);
  expect(history.get(0)?.get('vat')).toHaveLength(1);
  expect(history.get(7)?.get('amount')?.[0]).toMatchObject({ by: null, value: 9 });
});

test('the same value again is no change', () => {
  expect(variableHistory([set(1, 0, { amount: 5 }, 'Ada'), set(2, 0, { amount: 5 }, 'Bo')]).get(0)?.get('amount')).toMatchObject([{ by: 'Ada' }]);
});
