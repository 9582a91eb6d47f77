/** The journal as a time line: newest first, by day, with the sentences of a chosen kind. */
import type { JournalEntry } from '../api/types';
import type { Clock } from '../time/time';

export const KINDS = ['task', 'talk', 'file', 'chase', 'system', 'message', 'timer', 'data', 'trouble', 'flow'] as const;
export type Kind = (typeof KINDS)[number];

/** By the event's name, first match wins; what nobody foresaw is the flow of the case. */
const NAMES: [RegExp, Kind][] = [
  [/^comment/i, 'talk'],
  [/^file/i, 'file'],
  [/^(reminder|escalated|act)/i, 'chase'],
  [/incident|fail|deviation|error/i, 'trouble'],
  [/task|handoff|promise|date|blocked|slot|approval|^due|^proposal/i, 'task'],
  [/job|fact|script/i, 'system'],
  [/message|correlat|subscription/i, 'message'],
  [/timer/i, 'timer'],
  [/variable/i, 'data'],
];

export function kindOf(eventType: string): Kind {
  return NAMES.find(([pattern]) => pattern.test(eventType))?.[1] ?? 'flow';
}

export interface Line {
  kind: Kind;
  text: string;
}

export interface Happening {
  seq: number;
  at: string;
  actor: string | null;
  lines: Line[];
}

export interface JournalDay {
  day: string;
  happenings: Happening[];
}

export function happenings(entries: readonly JournalEntry[], kind: Kind | null): Happening[] {
  const result: Happening[] = [];
  for (const entry of entries.toReversed()) {
    const lines = entry.events
      .map((event) => ({ kind: kindOf(event.type), text: event.text?.trim() ?? '' }))
      .filter((line) => line.text !== '' && (kind === null || line.kind === kind));
    if (lines.length > 0) result.push({ seq: entry.seq, at: entry.at, actor: entry.actor?.name ?? null, lines });
  }
  return result;
}

export function byDay(all: readonly Happening[], clock: Clock): JournalDay[] {
  const days: JournalDay[] = [];
  for (const each of all) {
    const day = clock.dayKey(each.at);
    const last = days.at(-1);
    if (last?.day === day) last.happenings.push(each);
    else days.push({ day, happenings: [each] });
  }
  return days;
}

/** The kinds that occur, in their fixed order. */
export function kindsIn(entries: readonly JournalEntry[]): Kind[] {
  const found = new Set(entries.flatMap((entry) => entry.events.filter((event) => event.text).map((e) => kindOf(e.type))));
  return KINDS.filter((kind) => found.has(kind));
}
