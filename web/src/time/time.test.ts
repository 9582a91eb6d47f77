import { describe, expect, it } from 'vitest';
import { Clock, duration, localeFor } from './time';

const clock = new Clock('en-GB', 'Europe/Berlin');
const NOW = Date.parse('2026-11-25T13:00:00Z'); // a Wednesday, 14:00 in Berlin

describe('moment', () => {
  it.each([
    ['2026-11-25T08:05:00Z', '09:05'],
    ['2026-11-24T13:05:00Z', 'Tuesday 14:05'],
    ['2026-11-19T13:05:00Z', 'Thursday 14:05'],
    ['2026-11-18T13:05:00Z', '18 Nov, 14:05'],
    ['2025-11-24T13:05:00Z', '24 Nov 2025, 14:05'],
    ['2026-11-26T13:05:00Z', '26 Nov, 14:05'],
  ])('%s reads %s', (at, words) => {
    expect(clock.moment(at, NOW)).toBe(words);
  });

  it('counts days in the zone of the reader, not in UTC', () => {
    const justBeforeMidnight = '2026-11-24T22:59:00Z'; // 23:59 the day before in Berlin, the same UTC night
    const justAfter = '2026-11-24T23:01:00Z';
    expect(clock.moment(justBeforeMidnight, NOW)).toBe('Tuesday 23:59');
    expect(clock.moment(justAfter, NOW)).toBe('00:01');
  });

  it('knows the weekday across the change to winter time', () => {
    expect(clock.daysAgo('2026-10-24T22:30:00Z', Date.parse('2026-10-26T00:10:00Z'))).toBe(1);
  });
});

describe('relative', () => {
  it.each([
    [20_000, 'now'],
    [-3 * 60_000, '3 minutes ago'],
    [2 * 3_600_000, 'in 2 hours'],
    [-26 * 3_600_000, 'yesterday'],
    [-9 * 86_400_000, '9 days ago'],
    [-21 * 86_400_000, '3 weeks ago'],
    [-100 * 86_400_000, '3 months ago'],
    [-800 * 86_400_000, '2 years ago'],
  ])('%d ms from now is "%s"', (difference, words) => {
    expect(clock.relative(new Date(NOW + difference).toISOString(), NOW, true)).toBe(words);
  });
});

describe('duration', () => {
  it.each([
    [400, '< 1 s'],
    [59_000, '59 s'],
    [61_000, '1 min'],
    [3_600_000, '1 h'],
    [90 * 60_000, '1 h 30 min'],
    [27 * 3_600_000, '1 d 3 h'],
  ])('%d ms is "%s"', (ms, words) => {
    expect(duration(ms)).toBe(words);
  });
});

describe('localeFor', () => {
  it.each([
    ['de-AT', 'en-AT'],
    ['de', 'en-DE'],
    ['en-GB', 'en-GB'],
    ['en', 'en-US'],
    ['not a language', 'en'],
  ])('reads English with the conventions of %s: %s', (language, locale) => {
    expect(localeFor(language)).toBe(locale);
  });
});
