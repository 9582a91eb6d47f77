import { describe, expect, it } from 'vitest';
import type { Json } from '../api/types';
import { forCopying, inOneLine, inside, typeOf } from './values';

describe('variable values', () => {
  it.each<[Json, string, string]>([
    ['Nordwind', 'string', 'Nordwind'],
    ['', 'string', 'empty'],
    ['2026-11-25', 'date', '2026-11-25'],
    ['2026-11-25T13:00:00Z', 'time', '2026-11-25T13:00:00Z'],
    [31412.4, 'number', '31412.4'],
    [false, 'boolean', 'false'],
    [null, 'null', 'null'],
    [[1], 'list', '1 entry'],
    [{ a: 1, b: 2 }, 'context', '2 fields'],
  ])('%j is a %s and reads "%s"', (value, type, line) => {
    expect([typeOf(value), inOneLine(value)]).toEqual([type, line]);
  });

  it('counts the entries of a list from one', () => {
    expect(inside(['a', 'b'])).toEqual([
      ['1', 'a'],
      ['2', 'b'],
    ]);
    expect(inside('a')).toBeNull();
  });

  it('copies text bare and the rest as JSON', () => {
    expect(forCopying('DE89')).toBe('DE89');
    expect(forCopying([1])).toBe('[\n  1\n]');
  });
});
