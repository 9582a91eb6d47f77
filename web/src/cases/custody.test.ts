import { expect, it } from 'vitest';
import type { Charge } from '../api/types';
import { bars } from './custody';

const charge = (name: string, seconds: number, share: number): Charge => ({
  holder: { id: name, name },
  party: null,
  elapsed: { seconds, duration: '' },
  working: { seconds: 0, duration: '' },
  share,
});

it('shows everybody while there are colours for them', () => {
  expect(bars([charge('Ada', 60, 75), charge('Bob', 20, 25)])).toEqual([
    { name: 'Ada', seconds: 60, share: '75.00' },
    { name: 'Bob', seconds: 20, share: '25.00' },
  ]);
});

it('adds the small ones up, and loses none of the time', () => {
  const all = [40, 20, 10, 10, 8, 7, 5].map((share, place) => charge(`Holder ${place}`, share * 10, share));
  const shown = bars(all);
  expect(shown).toHaveLength(6);
  expect(shown.at(-1)).toEqual({ name: '2 others', seconds: 120, share: '12.00' });
  expect(shown.reduce((sum, each) => sum + each.seconds, 0)).toBe(1000);
});
