import { describe, expect, it } from 'vitest';
import { NO_ANSWER } from '../../inbox/taskActs';
import { answered, nodeOf, withAct, type PlayAct } from './acts';

const wait: PlayAct = { act: 'WAIT' };
const start: PlayAct = { act: 'START', variables: {} };
const complete: PlayAct = { act: 'COMPLETE', step: 'approve#2', variables: {} };

describe('the acts of a play', () => {
  it('go on from what was done, in place of what no longer applies', () => {
    expect(withAct([start, complete, wait], 3, wait)).toEqual([start, complete, wait, wait]);
    expect(withAct([start, complete, wait], 1, wait)).toEqual([start, wait]);
  });

  it('need what the same act of the inbox needs', () => {
    expect(answered('DECLINE', 'approve', 'p1', NO_ANSWER)).toBeNull();
    expect(answered('DECLINE', 'approve', 'p1', { ...NO_ANSWER, reason: ' no time ' })).toEqual({ act: 'DECLINE', step: 'approve', by: 'p1', reason: 'no time' });
    expect(answered('OFFER', 'approve', 'p1', { ...NO_ANSWER, reason: 'why' })).toBeNull();
    expect(answered('OFFER', 'approve', 'p1', { ...NO_ANSWER, reason: 'why', team: 'legal' })).toMatchObject({ team: 'legal' });
    expect(answered('PROMISE', 'approve', 'p1', { ...NO_ANSWER, at: '2026-11-02T08:00:00Z' })).toMatchObject({ at: '2026-11-02T08:00:00Z' });
  });

  it('are about a node, whichever of its steps it is', () => {
    expect(nodeOf(complete)).toBe('approve');
    expect(nodeOf(wait)).toBeNull();
    expect(nodeOf({ act: 'RETRY', step: 'a-1' })).toBe('a-1');
  });
});
