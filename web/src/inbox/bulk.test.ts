import { expect, test } from 'vitest';
import { inParts, oneKind } from './bulk';
import type { Task } from '../api/types';

test('parts have everything once, in order, and none is too long', () => {
  for (let size = 0; size < 60; size++) {
    const items = Array.from({ length: size }, (_, at) => at);
    const parts = inParts(items, 25);
    expect(parts.flat()).toEqual(items);
    expect(parts.every((part) => part.length > 0 && part.length <= 25)).toBe(true);
  }
});

const task = (node: string, key: string) => ({ node, process: { key, name: key } }) as unknown as Task;

test('one answer fits the same step of the same process only', () => {
  expect(oneKind([task('a', 'p'), task('a', 'p')])).toBe(true);
  expect(oneKind([task('a', 'p'), task('b', 'p')])).toBe(false);
  expect(oneKind([task('a', 'p'), task('a', 'q')])).toBe(false);
});
