import { describe, expect, it } from 'vitest';
import { fromInput, toInput, usualTimes } from './dateTime';

describe('a date field', () => {
  it('gives back the minute it was given', () => {
    const at = new Date(2026, 10, 25, 9, 30).toISOString();
    expect(toInput(at)).toBe('2026-11-25T09:30');
    expect(fromInput(toInput(at))).toBe(at);
  });

  it.each(['', 'soon'])('holds nothing for "%s"', (text) => {
    expect(fromInput(text)).toBeNull();
  });
});

describe('the usual answers', () => {
  const wednesday = new Date(2026, 10, 25, 18, 0).getTime();

  it('leave out what is over', () => {
    expect(usualTimes(wednesday).map((each) => each.name)).toEqual(['tomorrow', 'friday', 'nextMonday', 'inTwoWeeks']);
  });

  it('are at the end of the working day', () => {
    expect(toInput(usualTimes(wednesday)[1]?.at ?? '')).toBe('2026-11-27T17:00');
    expect(toInput(usualTimes(wednesday)[2]?.at ?? '')).toBe('2026-11-30T17:00');
  });

  it('mean the next Friday on a Friday', () => {
    const friday = new Date(2026, 10, 27, 9, 0).getTime();
    expect(toInput(usualTimes(friday)[2]?.at ?? '')).toBe('2026-12-04T17:00');
  });
});
