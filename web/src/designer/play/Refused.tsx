/** Why what was just tried cannot be done: said where it was tried. */
import { design } from '../../texts/design';
import type { PlayAct } from './acts';
import classes from './TryIt.module.css';
import type { Play } from './usePlay';

export function Refused({ play, of }: { play: Play; of: (act: PlayAct) => boolean }) {
  if (play.refused === null || !of(play.refused.act)) return null;
  return (
    <p role="alert" className={classes.refused}>
      <b>{design.play.refused}</b> {play.refused.reason}.
    </p>
  );
}
