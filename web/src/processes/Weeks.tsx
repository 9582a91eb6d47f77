/** How many cases were completed in each of the last weeks, and how many of those of the period were right the first time. Every bar opens its cases. */
import { Link } from '@tanstack/react-router';
import type { Figures } from '../api/tower';
import { texts } from '../texts';
import { clock } from '../time/time';
import { useNow } from '../time/When';
import { Count } from '../tower/Count';
import { percent } from '../tower/Headline';
import { readList } from '../tower/towerSearch';
import classes from './Processes.module.css';

export function Weeks({ weeks }: { weeks: Figures['weeks'] }) {
  const words = texts.processes;
  const now = useNow();
  const most = Math.max(...weeks.map(({ completed }) => completed.count));
  if (most === 0) return <p className="dim">{words.weeksNone}</p>;
  return (
    <>
      <ol className={classes.weeks}>
        {weeks.map(({ since, completed, late }) => {
          const { page, search } = readList(completed.list);
          const said = words.week(clock.day(since, now), completed.count, late.count);
          return (
            <li key={since}>
              <Link to={page} search={search} className={classes.week} aria-label={said} title={said} data-list={completed.list}>
                <span className={classes.total}>{completed.count.toLocaleString()}</span>
                <span className={classes.bar} style={{ height: `${(100 * completed.count) / most}%` }}>
                  {late.count > 0 && <span className={classes.late} style={{ height: `${(100 * late.count) / completed.count}%` }} />}
                </span>
              </Link>
              <span className={classes.tick} aria-hidden="true">
                {clock.day(since, now)}
              </span>
            </li>
          );
        })}
      </ol>
      <p className={classes.legend}>
        <span className={classes.swatch} /> {words.weeksKey.onTime}
        <span className={classes.swatch} data-late /> {words.weeksKey.late}
      </p>
    </>
  );
}

export function Quality({ quality }: { quality: Figures['quality'] }) {
  const words = texts.processes;
  if (quality.share === null) return <p className="dim">{words.qualityNone}</p>;
  return (
    <div className={classes.quality}>
      <Count of={quality.firstTimeRight} what={words.quality} className={classes.share}>
        {percent(quality.share)}
      </Count>
      <p>{words.qualityIs}</p>
      <span className={classes.split}>
        <span style={{ width: `${100 * quality.share}%` }} />
      </span>
      <Count of={quality.reworked} what={words.quality} className="link">
        {words.reworked(quality.reworked.count)}
      </Count>
    </div>
  );
}
