import { expect, test } from 'vitest';
import { bytes } from './bytes';

test('sizes read like people say them', () => {
  expect([0, 12, 999, 1000, 1_049, 12_400, 999_499, 999_500, 3_400_000, 7_000_000_000].map(bytes)).toEqual([
    '0 B', '12 B', '999 B', '1.0 kB', '1.0 kB', '12 kB', '999 kB', '1.0 MB', '3.4 MB', '7.0 GB',
  ]);
});
