import { describe, expect, it } from 'vitest';
import { MENU, requestOf, type Answer } from './taskActs';

const nothing: Answer = { reason: ' ', at: null, person: null, team: null, obstacle: null };
const at = '2026-11-27T16:00:00.000Z';

describe('an act on a task', () => {
  it.each(MENU.map((each) => each.act))('%s is not asked for while something is missing', (act) => {
    expect(requestOf(act, '1042.7', nothing)).toBeNull();
  });

  it('goes to a person or to a team', () => {
    expect(requestOf('OFFER', '1042.7', { ...nothing, person: 'p3', reason: 'you know them' })?.body).toEqual({
      person: 'p3',
      reason: 'you know them',
    });
    expect(requestOf('OFFER', '1042.7', { ...nothing, team: 'legal', reason: 'yours' })?.body).toEqual({ team: 'legal', reason: 'yours' });
  });

  it('names its place and carries its words', () => {
    expect(requestOf('PROMISE', '1042.7', { ...nothing, at })).toEqual({ method: 'POST', path: '/tasks/1042.7/promise', body: { at } });
    expect(requestOf('REPORT_STUCK', '1042.7', { ...nothing, obstacle: 'QUESTION', reason: 'which order?' })?.body).toEqual({
      kind: 'QUESTION',
      reason: 'which order?',
    });
  });
});

it('has one key for one act', () => {
  const keys = MENU.flatMap((each) => each.key ?? []);
  expect(new Set(keys).size).toBe(keys.length);
});
