/** The first rows of a long table, and all of them when they are asked for. */
import { useState, type ReactNode } from 'react';
import { texts } from '../texts';
import classes from './Tower.module.css';

const FIRST = 8;

export function useFirst<Row>(of: readonly Row[]): { rows: readonly Row[]; more: ReactNode } {
  const [all, setAll] = useState(false);
  const more = of.length > FIRST && (
    <button type="button" className={classes.more} onClick={() => setAll(!all)}>
      {all ? texts.tower.fewer : texts.tower.more(of.length - FIRST)}
    </button>
  );
  return { rows: all ? of : of.slice(0, FIRST), more };
}
