/** Variable values as people read them: their type in a word, their text in one line. */
import type { Json } from '../api/types';
import { texts } from '../texts';

export type ValueType = keyof typeof texts.variables.types;

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/;

export function typeOf(value: Json): ValueType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'string') return DATE.test(value) ? 'date' : DATE_TIME.test(value) ? 'time' : 'string';
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'boolean' : 'context';
}

/** Numbers as they are, not rounded and not regrouped: this is what expressions compare. */
export function inOneLine(value: Json): string {
  const words = texts.variables;
  if (value === null) return words.null;
  if (value === '') return words.empty;
  if (Array.isArray(value)) return words.list(value.length);
  if (typeof value === 'object') return words.context(Object.keys(value).length);
  return String(value);
}

export function inside(value: Json): [string, Json][] | null {
  if (Array.isArray(value)) return value.map((each, index) => [String(index + 1), each]);
  return typeof value === 'object' && value !== null ? Object.entries(value) : null;
}

export function forCopying(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
