/** Durations between ISO 8601, as policies are kept, and a number of hours or days, as people say them. */

export type Unit = 'minutes' | 'hours' | 'days' | 'weeks';
export const UNITS: readonly Unit[] = ['minutes', 'hours', 'days', 'weeks'];

export interface Amount {
  /** Negative is before. */
  count: number;
  unit: Unit;
}

const ISO = /^(-?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/;
const LETTER: Record<Unit, (count: number) => string> = {
  minutes: (count) => `PT${count}M`,
  hours: (count) => `PT${count}H`,
  days: (count) => `P${count}D`,
  weeks: (count) => `P${count}W`,
};

/** Null for what is not in one unit: such a policy is left as it was written. */
export function parse(text: string): Amount | null {
  const found = ISO.exec(text === 'PT0S' ? 'PT0H' : text);
  if (!found) return null;
  const [, sign, weeks, days, hours, minutes] = found;
  const said = Object.entries({ weeks, days, hours, minutes }).filter(([, count]) => count !== undefined);
  const only = said[0];
  if (said.length !== 1 || only === undefined) return null;
  return { count: Number(only[1]) * (sign === '-' ? -1 : 1), unit: only[0] as Unit };
}

export function format({ count, unit }: Amount): string {
  if (count === 0) return 'PT0S';
  return (count < 0 ? '-' : '') + LETTER[unit](Math.abs(count));
}
