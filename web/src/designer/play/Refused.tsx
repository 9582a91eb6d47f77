/** Why what was just tried cannot be done: said where it was tried. */
import { texts } from '../../texts';
import type { PlayAct } from './acts';
import classes from './TryIt.module.css';
import type { Play } from './usePlay';

export function Refused({ play, of }: { play: Play; of: (act: PlayAct) => boolean }) {
  if (play.refused === null || !of(play.refused.act)) return null;
  return (
    <p role="alert" className={classes.refused}>
      <b>{texts.play.refused}</b> {play.refused.reason}.
    </p>
  );
}
