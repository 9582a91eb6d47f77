import { describe, expect, it } from 'vitest';
import { keyOf } from './fields';
import { DAYS, readHours, weekText } from './week';

const short = { monday: 'Mon', tuesday: 'Tue', wednesday: 'Wed', thursday: 'Thu', friday: 'Fri', saturday: 'Sat', sunday: 'Sun' };
const week = (...hours: string[][]) => Object.fromEntries(DAYS.map((day, place) => [day, hours[place] ?? []]));
const nine = ['09:00-17:00'];

describe('a week', () => {
  it('puts days that are alike together and leaves days off out', () => {
    expect(weekText(week(nine, nine, nine, nine, nine), short)).toBe('Mon–Fri 09:00-17:00');
    expect(weekText(week(nine, [], nine, [], [], ['10:00-12:00', '13:00-14:00']), short)).toBe(
      'Mon 09:00-17:00, Wed 09:00-17:00, Sat 10:00-12:00, 13:00-14:00',
    );
    expect(weekText(week(), short)).toBe('');
  });
});

it('reads hours as people type them', () => {
  expect(readHours(' 09:00 – 12:00 , 13:00-17:30,')).toEqual(['09:00-12:00', '13:00-17:30']);
});

it('makes a key as a lane does', () => {
  expect(keyOf('Crédit & Contrôle ')).toBe('credit-controle');
});
