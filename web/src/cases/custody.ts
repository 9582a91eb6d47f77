/** The pieces of the custody bar: the holders with the largest shares, and the rest in one. */
import type { Charge } from '../api/types';
import { texts } from '../texts';

/** As many as there are colours. */
const BARS_MAX = 6;

export interface Bar {
  name: string;
  seconds: number;
  share: string;
}

export function bars(charges: readonly Charge[]): Bar[] {
  const first = charges.length > BARS_MAX ? charges.slice(0, BARS_MAX - 1) : charges;
  const rest = charges.slice(first.length);
  const all = first.map((each) => bar(each.holder?.name ?? texts.none, [each]));
  return rest.length === 0 ? all : [...all, bar(texts.ledger.others(rest.length), rest)];
}

function bar(name: string, of: readonly Charge[]): Bar {
  const sum = (value: (charge: Charge) => number) => of.reduce((total, each) => total + value(each), 0);
  return { name, seconds: sum((each) => each.elapsed.seconds), share: sum((each) => each.share).toFixed(2) };
}
