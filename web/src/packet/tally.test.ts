import { expect, test } from 'vitest';
import { tally } from './tally';

test('the most frequent answer comes first, and ties keep their order', () => {
  expect(tally(['No', 'Yes', 'Later', 'Yes', 'Later'])).toEqual([
    { label: 'Yes', count: 2 },
    { label: 'Later', count: 2 },
    { label: 'No', count: 1 },
  ]);
  expect(tally([])).toEqual([]);
});
