/** The sentence that says where a case stands: what is open, with whom, since when, who holds it. */
import type { AwaitedMessage, CaseState, Incident, Job, OpenStep, PersonRef, Task, Timer } from '../api/types';
import { texts } from '../texts';
import { duration, type Clock } from '../time/time';

export interface Part {
  text: string;
  strong?: boolean;
}

export type Sentence = Part[];

interface Standing {
  state: CaseState;
  startedAt: string;
  endedAt?: string | null;
  openSteps: OpenStep[];
  tasks: Pick<Task, 'node' | 'claimed'>[];
  jobs: Pick<Job, 'node'>[];
  awaited: Pick<AwaitedMessage, 'node' | 'message'>[];
  timers: Pick<Timer, 'node' | 'dueAt'>[];
  incidents: (Pick<Incident, 'node'> & { kind?: string })[];
}

const SENTENCES_MAX = 3;

/** `me` is the person who reads: "you hold it". */
export function standing(of: Standing, me: string | null, clock: Clock, now: number): Sentence[] {
  if (of.state !== 'open') return [ended(of, clock, now)];
  if (of.openSteps.length === 0) return [[{ text: texts.standing.nothingOpen }]];
  const sentences = of.openSteps.slice(0, SENTENCES_MAX).map((step) => holding(of, step, me, clock, now));
  const rest = of.openSteps.length - SENTENCES_MAX;
  if (rest > 0) sentences.push([{ text: texts.standing.andMore(rest) }]);
  return sentences;
}

/** The other kinds are about the work itself: it goes on, and they close by themselves. */
const GOES_ON = new Set(['ORPHANED', 'NOT_ACCEPTED', 'OVERDUE', 'PROMISE_BROKEN', 'STUCK', 'STALLED', 'BOUNCED', 'CONFLICT', 'AT_RISK']);

export function stopsWork(kind: string | undefined): boolean {
  return kind === undefined || !GOES_ON.has(kind.toUpperCase());
}

function ended(of: Standing, clock: Clock, now: number): Sentence {
  const words = texts.standing;
  const verb = of.state === 'completed' ? words.completed : words.cancelled;
  if (!of.endedAt) return [{ text: `${verb}.` }];
  return [
    { text: `${verb} ${clock.daysAgo(of.endedAt, now) === 0 ? words.today : ''}` },
    { text: clock.moment(of.endedAt, now), strong: true },
    { text: words.after(duration(Date.parse(of.endedAt) - Date.parse(of.startedAt))) },
  ];
}

function holding(of: Standing, step: OpenStep, me: string | null, clock: Clock, now: number): Sentence {
  const words = texts.standing;
  const since = words.since(clock.moment(step.since, now));
  const name: Part = { text: step.name, strong: true };
  const at = (each: { node: string }) => each.node === step.node;
  if (of.incidents.some((each) => at(each) && stopsWork(each.kind))) return [name, { text: `${words.stuck}${since}${words.needsSomebody}` }];
  if (of.jobs.some(at)) return [name, { text: `${words.atSystem}${since}.` }];
  const message = of.awaited.find(at)?.message;
  if (message !== undefined) return [name, { text: `${words.waitsForMessage(message)}${since}.` }];
  const timer = of.timers.find(at);
  if (timer !== undefined) return [name, { text: `${words.waitsForTime(clock.relative(timer.dueAt, now, true))}.` }];
  const { holder, party } = step;
  if (party && !taken(step, of.tasks)) {
    const waits = [name, { text: words.waitsWith }, { text: party.name, strong: true }, { text: since + words.notTaken }];
    if (!holder) return [...waits, { text: '.' }];
    const mine = holder.id === me;
    return [
      ...waits,
      { text: words.stillHolds },
      { text: mine ? words.you : holder.name, strong: true },
      { text: mine ? words.youStill : words.still },
    ];
  }
  if (party && holder) {
    return [name, { text: words.isWith }, { text: party.name, strong: true }, { text: `${since}; ` }, ...holds(holder, me)];
  }
  if (holder) return [...holds(holder, me, step.name), { text: `${since}.` }];
  return [name, { text: `${words.running}${since}.` }];
}

/** Somebody took it: as the step says, else as the case's tasks say, else when anybody holds it. */
export function taken(step: OpenStep, tasks: Pick<Task, 'node' | 'claimed'>[]): boolean {
  if (step.claimed !== undefined) return step.claimed;
  const those = tasks.filter((task) => task.node === step.node);
  return those.length > 0 ? those.every((task) => task.claimed) : Boolean(step.holder);
}

function holds(holder: PersonRef, me: string | null, object?: string): Sentence {
  const words = texts.standing;
  const mine = holder.id === me;
  const you = object === undefined ? words.you : words.youFirst;
  const parts: Sentence = [{ text: mine ? you : holder.name, strong: true }, { text: mine ? words.youHold : words.holds }];
  return object === undefined ? [...parts, { text: words.it }] : [...parts, { text: object, strong: true }];
}

export function plain(sentence: Sentence): string {
  return sentence.map((part) => part.text).join('');
}
