/** The head of a page: its title, what can be done, and a line below for filters. It stays while the rest scrolls. */
import type { ReactNode } from 'react';
import classes from './Page.module.css';

export function PageHead({ title, actions, children }: { title: ReactNode; actions?: ReactNode; children?: ReactNode }) {
  return (
    <div className={classes.head}>
      <div className={classes.titleRow}>
        <h1>{title}</h1>
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
      {children}
    </div>
  );
}
