/** Times on the screen that stay true: one ticker for all of them, the full time in the tooltip. */
import { createContext, useContext, useSyncExternalStore } from 'react';
import { texts } from '../texts';
import { clock, MINUTE } from './time';

let now = Date.now();
let ticking: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function tick() {
  now = Date.now();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  if (listeners.size === 0) {
    now = Date.now();
    ticking = setInterval(tick, MINUTE / 4);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(ticking);
  };
}

/** The time of a case that is played: what is shown inside is as of then. */
export const PlayedTime = createContext<number | null>(null);

export function useNow(): number {
  const real = useSyncExternalStore(subscribe, () => now);
  return useContext(PlayedTime) ?? real;
}

/** How long ago, or in how long. */
export function Ago({ at }: { at: string }) {
  return (
    <time dateTime={at} title={clock.full(at)}>
      {clock.relative(at, useNow())}
    </time>
  );
}

export function Moment({ at }: { at: string }) {
  return (
    <time dateTime={at} title={clock.full(at)}>
      {clock.moment(at, useNow())}
    </time>
  );
}

export function Day({ at }: { at: string }) {
  return (
    <time dateTime={at} title={clock.full(at)}>
      {clock.day(at, useNow())}
    </time>
  );
}

/** When a task is due; red once it is late. `overdue` is the server's word, the clock here may run ahead of its poll. */
export function Due({ at, overdue }: { at: string; overdue: boolean }) {
  const relative = clock.relative(at, useNow());
  return (
    <time dateTime={at} title={clock.full(at)} className={overdue ? 'late' : undefined}>
      {overdue ? texts.due.wasDue(relative) : texts.due.due(relative)}
    </time>
  );
}
