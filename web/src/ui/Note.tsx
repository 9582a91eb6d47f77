/** What a screen says when it has nothing to show: why, and what to do. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { texts } from '../texts';
import { explain } from './explain';
import classes from './ui.module.css';

export function Empty({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes.empty}>
      <svg width="72" height="40" viewBox="0 0 72 40" aria-hidden="true" className={classes.emptyMark}>
        <path d="M6 20h18M48 20h18" strokeWidth="1.5" strokeLinecap="round" strokeDasharray="1 5" />
        <path d="M31 25 41 15" strokeWidth="7" strokeLinecap="round" />
        <circle cx="6" cy="20" r="3" />
        <circle cx="66" cy="20" r="3" />
      </svg>
      <p className={classes.emptyTitle}>{title}</p>
      <p className={classes.emptyText}>{children}</p>
      {action}
    </div>
  );
}

/** A read or an act that failed. With `again`, the reader can repeat it here. */
export function Failure({ error, again, quiet = false }: { error: unknown; again?: () => void; quiet?: boolean }) {
  const { title, advice } = explain(error);
  return (
    <div className={classes.failure} data-quiet={quiet || undefined} role="alert">
      <div>
        <p className={classes.failureTitle}>{title}</p>
        <p className={classes.failureText}>{advice}</p>
      </div>
      {again && (
        <Button variant="default" onClick={again}>
          {texts.errors.retry}
        </Button>
      )}
    </div>
  );
}
