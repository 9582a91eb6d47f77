/**
 * Times for people. The words are the catalogue's language (English), the conventions (24 hours, day before month) are
 * those of the reader's region, and the zone is the reader's own.
 */

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** `de-AT` reads English with Austrian conventions: `en-AT`. */
export function localeFor(language: string): string {
  try {
    const region = new Intl.Locale(language).maximize().region;
    return region === undefined ? 'en' : `en-${region}`;
  } catch {
    return 'en';
  }
}

export class Clock {
  readonly #relative: Intl.RelativeTimeFormat;
  readonly #relativeLong: Intl.RelativeTimeFormat;
  readonly #format: (options: Intl.DateTimeFormatOptions) => Intl.DateTimeFormat;

  constructor(locale: string, zone?: string) {
    this.#relative = new Intl.RelativeTimeFormat(locale, { style: 'narrow', numeric: 'auto' });
    this.#relativeLong = new Intl.RelativeTimeFormat(locale, { style: 'long', numeric: 'auto' });
    const made = new Map<string, Intl.DateTimeFormat>();
    this.#format = (options) => {
      const name = JSON.stringify(options);
      const format =
        made.get(name) ?? new Intl.DateTimeFormat(locale, zone === undefined ? options : { ...options, timeZone: zone });
      made.set(name, format);
      return format;
    };
  }

  /** `3 hr. ago`, `in 2 days`. */
  relative(at: string, now: number, long = false): string {
    const [amount, unit] = inUnits(Date.parse(at) - now);
    return (long ? this.#relativeLong : this.#relative).format(amount, unit);
  }

  /** `14:05` today, `Tuesday 14:05` in the last six days, else `3 Sept, 14:05`, with the year when it is another one. */
  moment(at: string, now: number): string {
    const time = this.time(at);
    const days = this.#daysBetween(at, now);
    if (days === 0) return time;
    if (days > 0 && days < 7) return `${this.#format({ weekday: 'long' }).format(Date.parse(at))} ${time}`;
    return `${this.day(at, now)}, ${time}`;
  }

  time(at: string): string {
    return this.#format({ hour: '2-digit', minute: '2-digit' }).format(Date.parse(at));
  }

  /** `3 Sept`, with the year when it is another one. */
  day(at: string, now: number): string {
    const year = this.#format({ year: 'numeric' });
    const sameYear = year.format(Date.parse(at)) === year.format(now);
    return this.#format({ day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) }).format(
      Date.parse(at),
    );
  }

  /** `Tuesday, 3 September 2026`. */
  longDay(at: string): string {
    return this.#format({ dateStyle: 'full' }).format(Date.parse(at));
  }

  full(at: string): string {
    return this.#format({ dateStyle: 'full', timeStyle: 'medium' }).format(Date.parse(at));
  }

  /** The day in the reader's zone, as `2026-09-03`; equal for times of the same day. */
  dayKey(at: string | number): string {
    const time = typeof at === 'number' ? at : Date.parse(at);
    const parts = this.#format({ year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(time);
    const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
    return `${part('year')}-${part('month')}-${part('day')}`;
  }

  /** Whole days of the calendar from `at` to now: 0 today, 1 yesterday, -1 tomorrow. */
  #daysBetween(at: string, now: number): number {
    return Math.round((Date.parse(this.dayKey(now)) - Date.parse(this.dayKey(at))) / DAY);
  }

  daysAgo(at: string, now: number): number {
    return this.#daysBetween(at, now);
  }
}

const LIMITS: [number, number, Intl.RelativeTimeFormatUnit][] = [
  [HOUR, MINUTE, 'minute'],
  [DAY, HOUR, 'hour'],
  [14 * DAY, DAY, 'day'],
  [60 * DAY, 7 * DAY, 'week'],
  [730 * DAY, 30.44 * DAY, 'month'],
];

function inUnits(difference: number): [number, Intl.RelativeTimeFormatUnit] {
  const size = Math.abs(difference);
  if (size < MINUTE) return [0, 'second'];
  for (const [limit, unit, name] of LIMITS) {
    if (size < limit) return [Math.trunc(difference / unit), name];
  }
  return [Math.trunc(difference / (365.25 * DAY)), 'year'];
}

/** `4 d 3 h`, `12 min`, `8 s`: the two largest units that matter. */
export function duration(ms: number): string {
  if (ms < 1000) return '< 1 s';
  if (ms < MINUTE) return `${Math.floor(ms / 1000)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < DAY) return joined(Math.floor(ms / HOUR), 'h', Math.floor((ms % HOUR) / MINUTE), 'min');
  return joined(Math.floor(ms / DAY), 'd', Math.floor((ms % DAY) / HOUR), 'h');
}

function joined(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** The moment at which that day begins here, or a later one; nothing where it is no day. */
export function startOfDay(day: string | undefined, later = 0): string | undefined {
  if (day === undefined || day === '') return undefined;
  const at = new Date(`${day}T00:00:00`);
  if (Number.isNaN(at.getTime())) return undefined;
  at.setDate(at.getDate() + later);
  return at.toISOString();
}

export const clock = new Clock(localeFor(typeof navigator === 'undefined' ? 'en' : navigator.language));
