import { describe, expect, it } from 'vitest';
import { format, parse } from './duration';

describe('a duration of a policy', () => {
  it.each([
    ['P1D', { count: 1, unit: 'days' }],
    ['-P2W', { count: -2, unit: 'weeks' }],
    ['PT4H', { count: 4, unit: 'hours' }],
    ['-PT30M', { count: -30, unit: 'minutes' }],
    ['PT0S', { count: 0, unit: 'hours' }],
  ] as const)('%s is read and written alike', (text, amount) => {
    expect(parse(text)).toEqual(amount);
    expect(format(amount)).toBe(text);
  });

  it.each(['P1DT4H', 'P1Y', 'soon', 'P'])('%s is in no single unit', (text) => {
    expect(parse(text)).toBeNull();
  });
});
