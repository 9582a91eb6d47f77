import { describe, expect, it } from 'vitest';
import type { OpenStep } from '../api/types';
import { Clock } from '../time/time';
import { plain, standing } from './standing';

const clock = new Clock('en-GB', 'Europe/Berlin');
const NOW = Date.parse('2026-11-25T13:00:00Z');
const SINCE = '2026-11-24T13:05:00Z';
const treasury = { key: 'treasury', name: 'Treasury' };
const mara = { id: 'p2', name: 'Mara Lind' };

const step = (more: Partial<OpenStep>): OpenStep => ({ node: 'approve', name: 'Approve invoice', since: SINCE, ...more });
const quiet = { startedAt: '2026-11-20T08:00:00Z', tasks: [], jobs: [], awaited: [], timers: [], incidents: [] };
const open = (...openSteps: OpenStep[]) => ({ ...quiet, state: 'open' as const, openSteps });
const said = (of: Parameters<typeof standing>[0], me = 'p1') => standing(of, me, clock, NOW).map(plain);

describe('standing', () => {
  it('names the step, the party, the time and the holder', () => {
    expect(said(open(step({ party: treasury, holder: mara })))).toEqual([
      'Approve invoice is with Treasury since Tuesday 14:05; Mara Lind holds it.',
    ]);
  });

  it('speaks to the reader who holds it', () => {
    expect(said(open(step({ party: treasury, holder: mara })), 'p2')).toEqual([
      'Approve invoice is with Treasury since Tuesday 14:05; you hold it.',
    ]);
    expect(said(open(step({ holder: mara })), 'p2')).toEqual(['You hold Approve invoice since Tuesday 14:05.']);
  });

  it('says that nobody has taken what waits in a queue', () => {
    expect(said(open(step({ party: treasury })))).toEqual([
      'Approve invoice waits with Treasury since Tuesday 14:05; nobody has taken it yet.',
    ]);
  });

  it('leaves it with the giver until somebody takes it', () => {
    const offered = open(step({ party: treasury, holder: mara, claimed: false }));
    const words = 'Approve invoice waits with Treasury since Tuesday 14:05; nobody has taken it yet, so ';
    expect(said(offered)).toEqual([`${words}Mara Lind still holds it.`]);
    expect(said(offered, 'p2')).toEqual([`${words}you still hold it.`]);
    const byTask = { ...open(step({ party: treasury, holder: mara })), tasks: [{ node: 'approve', claimed: false }] };
    expect(said(byTask)).toEqual([`${words}Mara Lind still holds it.`]);
  });

  it('does not ask people to take what a system, a message or a clock must do', () => {
    const waiting = open(step({ party: treasury }));
    expect(said({ ...waiting, jobs: [{ node: 'approve' }] })).toEqual([
      'Approve invoice is being done by a system since Tuesday 14:05.',
    ]);
    expect(said({ ...waiting, awaited: [{ node: 'approve', message: 'paid' }] })).toEqual([
      'Approve invoice waits for the message “paid” since Tuesday 14:05.',
    ]);
    expect(said({ ...waiting, timers: [{ node: 'approve', dueAt: '2026-11-25T16:00:00Z' }] })).toEqual([
      'Approve invoice waits for its time, in 3 hours.',
    ]);
  });

  it('puts trouble before everything else', () => {
    const stuck = { ...open(step({ party: treasury })), jobs: [{ node: 'approve' }], incidents: [{ node: 'approve' }] };
    expect(said(stuck)).toEqual([
      'Approve invoice has been stuck since Tuesday 14:05 and needs somebody: see the incident below.',
    ]);
  });

  it('counts what is open beyond three steps', () => {
    const five = [1, 2, 3, 4, 5].map((n) => step({ name: `Step ${n}`, party: treasury }));
    const sentences = said(open(...five));
    expect(sentences).toHaveLength(4);
    expect(sentences[3]).toBe('2 more steps are open.');
    expect(said(open(...five.slice(0, 4)))[3]).toBe('1 more step is open.');
  });

  it('says when and after how long a case ended', () => {
    const ended = { ...quiet, openSteps: [], endedAt: '2026-11-24T11:00:00Z' };
    expect(said({ ...ended, state: 'completed' })).toEqual(['Completed Tuesday 12:00, after 4 d 3 h.']);
    expect(said({ ...ended, state: 'cancelled' })).toEqual(['Cancelled Tuesday 12:00, after 4 d 3 h.']);
    expect(said({ ...ended, state: 'completed', endedAt: '2026-11-25T08:00:00Z' })).toEqual([
      'Completed today 09:00, after 5 d.',
    ]);
  });

  it('has a sentence for an open case with nothing open', () => {
    expect(said(open())).toEqual(['Nothing is open at the moment: the case waits for the system.']);
  });
});
