/** A number that opens the list behind it. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Counted } from '../api/tower';
import { texts } from '../texts';
import { readList } from './towerSearch';
import classes from './Tower.module.css';

interface Props {
  of: Counted;
  /** What is counted, for who does not see where the number stands. */
  what: string;
  className?: string | undefined;
  children?: ReactNode;
}

export function Count({ of, what, className, children }: Props) {
  const { page, search } = readList(of.list);
  return (
    <Link
      to={page}
      search={search}
      className={className ?? classes.count}
      data-list={of.list}
      data-zero={of.count === 0 || undefined}
      title={texts.tower.opens(what, of.count)}
    >
      <span className="hidden">{what}: </span>
      {children ?? of.count.toLocaleString()}
    </Link>
  );
}
