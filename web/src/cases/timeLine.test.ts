import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../api/types';
import { Clock } from '../time/time';
import { byDay, doer, happenings, kindOf, kindsIn, read, withSent } from './timeLine';

const entry = (seq: number, at: string, ...events: [string, string | null][]): JournalEntry => ({
  seq,
  at,
  command: 'X',
  events: events.map(([type, text]) => ({ type, text })),
});

const entries = [
  entry(1, '2026-11-24T22:50:00Z', ['CaseStarted', 'PAY-1 started.'], ['TokenMoved', null]),
  entry(2, '2026-11-24T23:10:00Z', ['TaskOpened', 'Approve waits with Legal.']),
  entry(3, '2026-11-24T23:11:00Z', ['TokenMoved', '']),
  entry(4, '2026-11-25T08:00:00Z', ['TaskCompleted', 'Mara completed Approve.'], ['VariablesSet', 'decision changed.']),
];

it('is read as people write times and name who acts', () => {
  const clock = new Clock('en-GB', 'Europe/Berlin');
  expect(read('Due 2026-11-26T17:30:00.469Z now', clock, Date.parse('2026-11-25T08:00:00Z'))).toBe('Due 26 Nov, 18:30 now');
  expect([doer('Ada'), doer('worker:erp'), doer('timer'), doer(null)]).toEqual(['Ada', 'erp', 'The clock', 'Baton']);
});

it('has comments, files and reminders by themselves', () => {
  expect(['CommentPosted', 'FileAttached', 'ReminderSent', 'HandoffOffered', 'IncidentRaised', 'CaseStarted'].map(kindOf)).toEqual([
    'talk', 'file', 'chase', 'task', 'trouble', 'flow',
  ]);
});

describe('the time line', () => {
  it('runs from the newest to the oldest, without what has no sentence', () => {
    expect(happenings(entries, null).map((each) => each.seq)).toEqual([4, 2, 1]);
  });

  it('has what was written to people in its place, and by itself', () => {
    const vera = { id: 'p1', name: 'Vera' };
    const deliveries = [
      { entry: 2, at: '2026-11-24T23:10:30Z', to: vera, channel: 'mail', why: 'REMINDER', became: 'ACCEPTED' as const },
      { entry: 4, at: '2026-11-25T09:00:00Z', to: vera, channel: 'sms', why: 'OFFERED', became: 'CAME_BACK' as const, problem: 'no such number' },
    ];
    expect(withSent(happenings(entries, null), deliveries, null).map((each) => each.lines[0]?.text)).toEqual([
      'Offer to Vera by text message: it came back (no such number)',
      'Mara completed Approve.',
      'Reminder to Vera by mail',
      'Approve waits with Legal.',
      'PAY-1 started.',
    ]);
    expect(withSent(happenings(entries, 'sent'), deliveries, 'sent')).toHaveLength(2);
    expect(withSent(happenings(entries, 'data'), deliveries, 'data')).toHaveLength(1);
    expect(kindsIn(entries, deliveries)).toContain('sent');
    expect(kindsIn(entries)).not.toContain('sent');
  });

  it('shows the sentences of the chosen kind only', () => {
    expect(happenings(entries, 'data')).toMatchObject([{ seq: 4, lines: [{ text: 'decision changed.' }] }]);
  });

  it('breaks days in the zone of the reader', () => {
    const days = byDay(happenings(entries, null), new Clock('en-GB', 'Europe/Berlin'));
    expect(days.map((day) => [day.day, day.happenings.map((each) => each.seq)])).toEqual([
      ['2026-11-25', [4, 2]],
      ['2026-11-24', [1]],
    ]);
  });

  it('offers the kinds that occur', () => {
    expect(kindsIn(entries)).toEqual(['task', 'data', 'flow']);
  });

  it('knows trouble by its name before anything else', () => {
    expect(kindOf('JobFailed')).toBe('trouble');
    expect(kindOf('JobCompleted')).toBe('system');
    expect(kindOf('TimerFired')).toBe('timer');
    expect(kindOf('MessageCorrelated')).toBe('message');
    expect(kindOf('SomethingNew')).toBe('flow');
  });
});
