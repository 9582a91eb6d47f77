import { expect, test } from 'vitest';
import { money } from './money';

test('large amounts are shown without cents, and without a currency only the number', () => {
  expect(money(12.5, 'EUR', 'en')).toBe('€12.50');
  expect(money(1234.56, 'EUR', 'en')).toBe('€1,235');
  expect(money(12.5, null, 'en')).toBe('12.50');
});
