/**
 * The first five minutes: which steps there are and what makes each of them done, which is always something the reader
 * really did. What is done is remembered in this browser.
 */

/** Something the reader did: came to an address, or had an act of theirs accepted by the server. */
export type Happening = { went: string } | { did: string };

export type Tour = 'demo' | 'empty';

interface Step {
  id: string;
  /** Where it is done. */
  to: string;
  done: (happening: Happening) => boolean;
}

const went = (pattern: RegExp) => (happening: Happening) => 'went' in happening && pattern.test(happening.went);
const did = (pattern: RegExp) => (happening: Happening) => 'did' in happening && pattern.test(happening.did);

export const TOURS: Record<Tour, readonly Step[]> = {
  demo: [
    { id: 'tower', to: '/tower', done: went(/^\/tower/) },
    { id: 'number', to: '/tower', done: went(/^\/cases\?./) },
    { id: 'case', to: '/cases', done: went(/^\/cases\/[A-Z]+-\d+/) },
    { id: 'actAs', to: '/inbox', done: did(/^PUT \/session\/acting-as/) },
    { id: 'task', to: '/inbox', done: did(/^POST \/tasks\/[^/]+\/completion/) },
    { id: 'outbox', to: '/outbox', done: went(/^\/outbox/) },
  ],
  empty: [
    { id: 'person', to: '/company/people', done: did(/^POST \/people$/) },
    { id: 'team', to: '/company/teams', done: did(/^PUT \/teams\/[^/]+$/) },
    { id: 'publish', to: '/processes', done: did(/^POST \/processes$/) },
    { id: 'start', to: '/processes', done: did(/^POST \/cases$/) },
    { id: 'task', to: '/inbox', done: did(/^POST \/tasks\/[^/]+\/completion/) },
  ],
};

export interface Progress {
  tour: Tour;
  done: readonly string[];
  dismissed: boolean;
}

/** The same object when nothing new is done. */
export function after(progress: Progress, happening: Happening): Progress {
  const fresh = TOURS[progress.tour].filter((step) => !progress.done.includes(step.id) && step.done(happening)).map((step) => step.id);
  return fresh.length === 0 ? progress : { ...progress, done: [...progress.done, ...fresh] };
}

const KEY = 'baton.first-steps';

/** Null where nothing was begun; whatever else stands there is not ours. */
export function read(): Progress | null {
  try {
    const raw = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Partial<Progress> | null;
    if (raw === null || (raw.tour !== 'demo' && raw.tour !== 'empty') || !Array.isArray(raw.done)) return null;
    return { tour: raw.tour, done: raw.done.filter((each) => typeof each === 'string'), dismissed: raw.dismissed === true };
  } catch {
    return null;
  }
}

export function write(progress: Progress) {
  try {
    localStorage.setItem(KEY, JSON.stringify(progress));
  } catch {
    // It holds until the window is closed.
  }
}
