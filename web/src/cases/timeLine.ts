/** The journal as a time line, with what was written to people: newest first, by day, with the sentences of a chosen kind. */
import type { Delivery, JournalEntry } from '../api/types';
import { texts } from '../texts';
import type { Clock } from '../time/time';

export const KINDS = ['task', 'talk', 'sent', 'file', 'chase', 'system', 'message', 'timer', 'data', 'trouble', 'flow'] as const;
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

const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z/g;

/** Times in it as the reader writes them. */
export function read(text: string, clock: Clock, now: number): string {
  return text.replace(TIME, (at) => clock.moment(at, now));
}

/** Who did it: a person by name, else what of the world or of Baton. */
export function doer(name: string | null | undefined): string {
  const words = texts.journal;
  if (name === null || name === undefined) return words.system;
  return words.doers[name as keyof typeof words.doers] ?? name.replace(/^worker:/, '');
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

/** What was written to people, among what happened. */
export function withSent(all: readonly Happening[], deliveries: readonly Delivery[], kind: Kind | null): Happening[] {
  if (kind !== null && kind !== 'sent') return [...all];
  const sent = deliveries.map((each) => ({ seq: each.entry, at: each.at, actor: null, lines: [{ kind: 'sent' as const, text: told(each) }] }));
  return [...all, ...sent].toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

function told(each: Delivery): string {
  const words = texts.journal;
  const said = `${words.sent[each.why] ?? each.why} to ${each.to?.name ?? words.somebody} ${words.ways[each.channel] ?? each.channel}${words.became[each.became]}`;
  return each.became !== 'ACCEPTED' && each.problem ? `${said} (${each.problem})` : said;
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
export function kindsIn(entries: readonly JournalEntry[], deliveries: readonly Delivery[] = []): Kind[] {
  const found = new Set(entries.flatMap((entry) => entry.events.filter((event) => event.text).map((e) => kindOf(e.type))));
  if (deliveries.length > 0) found.add('sent');
  return KINDS.filter((kind) => found.has(kind));
}
