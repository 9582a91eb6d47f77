/** A line at the top of the window while something the reader waits for takes longer than a second. */
import { useIsFetching, useIsMutating } from '@tanstack/react-query';
import { useRouterState } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { texts } from '../texts';
import classes from './Progress.module.css';

const PATIENCE_MS = 1_000;

export function Progress() {
  // What is read again behind a screen that is full already is nobody's wait.
  const reading = useIsFetching({ predicate: (query) => query.state.data === undefined });
  const acting = useIsMutating();
  const going = useRouterState({ select: ({ isLoading }) => isLoading });
  const busy = reading + acting > 0 || going;
  const [long, setLong] = useState(false);
  useEffect(() => {
    if (!busy) return undefined;
    const timer = setTimeout(() => setLong(true), PATIENCE_MS);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [busy]);
  return long ? <div className={classes.line} role="progressbar" aria-label={texts.loading} /> : null;
}
