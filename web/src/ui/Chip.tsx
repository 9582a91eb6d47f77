/** The state of a case in one word and one colour; an incident outranks "open". */
import type { CaseState } from '../api/types';
import { texts } from '../texts';
import classes from './ui.module.css';

export function StateChip({ state, incidents }: { state: CaseState; incidents: number }) {
  const shown = state === 'open' && incidents > 0 ? 'incident' : state;
  return (
    <span className={classes.chip} data-state={shown}>
      <span className={classes.dot} />
      {texts.state[shown]}
    </span>
  );
}
