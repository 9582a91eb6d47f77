/** Why what was just tried cannot be done. */
import { texts } from '../../texts';
import classes from './TryIt.module.css';
import type { Play } from './usePlay';

export function Refused({ play }: { play: Play }) {
  if (play.refused === null) return null;
  return (
    <p role="alert" className={classes.refused}>
      <b>{texts.play.refused}</b> {play.refused.reason}.
    </p>
  );
}
