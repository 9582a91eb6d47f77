/**
 * Keyboard shortcuts. They are silent while somebody types, while a dialog is open, and with Ctrl, Alt or Meta; `g i` is
 * two keys in a row. Enter and Space stay with the button or link that has the focus.
 */
import { useEffect, useRef } from 'react';

export type Keys = Record<string, (event: KeyboardEvent) => void>;

const SEQUENCE_MS = 900;

/** Where keys are text or belong to somebody else; a radio or a checkbox has no use for letters. */
const TYPING =
  'input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"], [role="listbox"]';

export function useKeys(keys: Keys) {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    const reader = new KeyReader();
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || occupied(event)) return;
      const act = reader.read(event.key, event.timeStamp, current.current);
      if (act === undefined) return;
      event.preventDefault();
      act(event);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

/** Finds what was meant: the key after the one before it, else the key alone. */
export class KeyReader {
  #before = '';
  #at = Number.NEGATIVE_INFINITY;

  read(key: string, at: number, keys: Keys): Keys[string] | undefined {
    const sequence = at - this.#at < SEQUENCE_MS ? `${this.#before} ${key}` : key;
    const act = keys[sequence] ?? keys[key];
    this.#before = act === undefined ? key : '';
    this.#at = at;
    return act;
  }
}

function occupied(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (event.key === 'Escape') return document.querySelector('[role="dialog"]') !== null;
  if (target.closest(TYPING)) return true;
  return event.key === 'Enter' && target.closest('button, a, summary') !== null;
}
