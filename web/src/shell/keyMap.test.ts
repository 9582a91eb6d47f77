import { expect, test } from 'vitest';
import { MENU } from '../inbox/taskActs';
import { texts } from '../texts';

const SOURCES = import.meta.glob<string>('../**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true });

/** Keys that are not written where they are bound, but come from a table. */
const TABLES: Record<string, string[]> = {
  '../inbox/TaskWork.tsx': MENU.flatMap(({ key }) => (key === null ? [] : [key])),
};

/** As the map writes them. */
const NAMES: Record<string, string> = { Escape: 'Esc' };

function bound(): Set<string> {
  const keys = new Set<string>();
  for (const [file, source] of Object.entries(SOURCES)) {
    if (file.includes('.test.') || file.endsWith('/ui/keys.ts')) continue;
    for (const call of source.matchAll(/useKeys\(([\s\S]*?)\n {2}\}\);|useKeys\((.*)\);/g)) {
      const literal = call[1];
      if (literal === undefined) {
        const table = TABLES[file];
        if (table === undefined) throw new Error(`${file} binds keys of a table: tell this test which`);
        table.forEach((key) => keys.add(key));
      } else {
        for (const entry of literal.matchAll(/^ {4}(?:'([^']+)'|([A-Za-z]+)):/gm)) keys.add(entry[1] ?? entry[2] ?? '');
      }
    }
    if (/'Enter' && \(event\.ctrlKey/.test(source)) keys.add('Ctrl Enter');
  }
  return new Set([...keys].map((key) => NAMES[key] ?? key));
}

test('the map says of every key that is bound what it does, and of no other', () => {
  const map = texts.keys.groups.flatMap((group) => group.keys.map(([key]) => key));
  expect(new Set(map).size).toBe(map.length);
  expect([...bound()].toSorted()).toEqual(map.toSorted());
});
