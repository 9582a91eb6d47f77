import { describe, expect, it } from 'vitest';
import { marksOf } from './marks';

const nothing = { tokens: [], visited: [], travelled: [], openSteps: [], tasks: [], incidents: [] };
const mara = { id: 'p2', name: 'Mara Lind' };
const step = { node: 'approve', name: 'Approve', since: '' };

describe('marks', () => {
  it('shows who holds a single token, and the count of several', () => {
    const one = marksOf({ ...nothing, tokens: [{ node: 'approve', count: 1 }], openSteps: [{ ...step, holder: mara }] });
    expect(one.tokens).toEqual([{ node: 'approve', badge: 'ML', title: 'Approve · Mara Lind', trouble: false }]);
    const three = marksOf({ ...nothing, tokens: [{ node: 'approve', count: 3 }], openSteps: [{ ...step, holder: mara }, step, step] });
    expect(three.tokens[0]).toMatchObject({ badge: '3', title: 'Approve · Mara Lind' });
  });

  it('does not give to a person what waits in a queue', () => {
    const treasury = { key: 'treasury', name: 'Treasury' };
    const queued = { ...step, holder: mara, party: treasury, claimed: false };
    const marks = marksOf({ ...nothing, tokens: [{ node: 'approve', count: 1 }], openSteps: [queued] });
    expect(marks.tokens).toMatchObject([{ badge: '1', title: 'Approve · Treasury' }]);
  });

  it('marks trouble, also where the engine counts no token', () => {
    const incident = { id: 'i', caseKey: 'PAY-1', node: 'match', name: 'Match', kind: 'job', message: '', raisedAt: '' };
    expect(marksOf({ ...nothing, incidents: [incident] }).tokens).toMatchObject([{ node: 'match', trouble: true }]);
  });

  it('does not call a node visited while a token is on it', () => {
    const marks = marksOf({
      ...nothing,
      tokens: [{ node: 'approve', count: 1 }],
      visited: [
        { node: 'approve', count: 1 },
        { node: 'start', count: 1 },
      ],
    });
    expect(marks.visited).toEqual(['start']);
  });
});
