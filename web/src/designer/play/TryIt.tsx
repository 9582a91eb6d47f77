/**
 * A draft, tried: a case of it is played in the browser, on a clock that one pushes, before it is published. The case is
 * no case: nobody is told anything and nothing is kept.
 */
import { Button } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import { plain, standing, stopsWork } from '../../cases/standing';
import { happenings } from '../../cases/timeLine';
import { TimeLine } from '../../cases/Journal';
import { VariableTree } from '../../cases/Variables';
import { DraftDiagram } from '../../diagram/Diagram';
import { marksOf, NO_MARKS } from '../../diagram/marks';
import { texts } from '../../texts';
import { clock } from '../../time/time';
import { Due, Moment, PlayedTime } from '../../time/When';
import { LoadingRows } from '../../ui/Loading';
import { Failure } from '../../ui/Note';
import type { SourceFile } from '../project';
import { Problems } from '../Problems';
import { nodeOf, type PlayAct, type Played } from './acts';
import { ClockBar } from './ClockBar';
import { Begin } from './Begin';
import { CaseActs } from './CaseActs';
import { Incident, Job, Message } from './Systems';
import { TaskCard } from './TaskCard';
import { usePlay, type Play } from './usePlay';
import classes from './TryIt.module.css';

interface Props {
  files: readonly SourceFile[];
  name: string;
  acts: readonly PlayAct[];
  setActs: (acts: PlayAct[]) => void;
  select: (element: string) => void;
}

export function TryIt({ files, name, acts, setActs, select }: Props) {
  const play = usePlay(files, acts, setActs);
  const { played } = play;
  if (played === undefined) {
    return play.error ? <Failure error={play.error} again={play.again} /> : <LoadingRows rows={8} height={36} gap={16} />;
  }
  if (played.problems.length > 0) {
    return (
      <div className={classes.broken}>
        <h2>{texts.play.broken}</h2>
        <Problems checked={{ problems: played.problems, checking: play.busy, error: null }} select={select} />
      </div>
    );
  }
  const xml = files.find((file) => file.name.endsWith('.bpmn'))?.body ?? '';
  return (
    <PlayedTime value={Date.parse(played.now)}>
      <div className={classes.play}>
        <ClockBar play={play} played={played} />
        <div className={classes.columns}>
          <section className={classes.now} aria-label={texts.play.now}>
            {Boolean(play.error) && <Failure error={play.error} quiet />}
            <Gone play={play} played={played} />
            <Standing played={played} />
            <CaseActs play={play} played={played} />
            <Doing play={play} played={played} />
          </section>
          <section className={classes.seen} aria-label={texts.play.seen}>
            <DraftDiagram xml={xml} name={name} marks={played.detail === null ? NO_MARKS : marksOf(played.detail)} />
            {played.detail !== null && <Story played={played} />}
          </section>
        </div>
      </div>
    </PlayedTime>
  );
}

/** After the draft was changed: the act that no longer applies, and those behind it. */
function Gone({ play, played }: { play: Play; played: Played }) {
  const words = texts.play;
  const act = played.stopped === null ? undefined : play.acts[played.stopped.act];
  if (played.stopped === null || act === undefined) return null;
  return (
    <div className={classes.gone} role="status">
      <TriangleAlert size={15} aria-hidden="true" />
      <p>
        <b>{words.gone(played.stopped.act + 1, play.acts.length, words.acts[act.act], nodeOf(act))}</b> {played.stopped.reason}.
      </p>
      <Button variant="default" onClick={play.forgetRest}>
        {words.forget}
      </Button>
    </div>
  );
}

function Standing({ played }: { played: Played }) {
  const words = texts.play;
  if (played.detail === null) return <p className={classes.standing}>{words.notStarted}</p>;
  const { title, owner, dueAt, overdue } = played.detail;
  const sentences = standing(played.detail, null, clock, Date.parse(played.now));
  return (
    <div>
      <p className={classes.standing} aria-live="polite">
        {sentences.map((sentence) => (
          <span key={plain(sentence)}>
            {sentence.map((part) => (part.strong ? <b key={part.text}>{part.text}</b> : part.text))}{' '}
          </span>
        ))}
      </p>
      <p className={classes.facts}>
        {title && <span>{title}</span>}
        {owner && <span>{words.owner(owner.name)}</span>}
        {dueAt && <Due at={dueAt} overdue={overdue === true} />}
      </p>
    </div>
  );
}

/** All that can be done now. */
function Doing({ play, played }: { play: Play; played: Played }) {
  const words = texts.play;
  if (played.detail === null) return <Begin play={play} played={played} />;
  const waits = played.tasks.length + played.jobs.length + played.awaited.length + played.incidents.length;
  const stopping = played.incidents.filter(({ kind }) => stopsWork(kind));
  const others = played.incidents.filter(({ kind }) => !stopsWork(kind));
  return (
    <>
      {stopping.map((each) => (
        <Incident key={`incident ${each.step}`} incident={each} play={play} />
      ))}
      {played.tasks.map((each, place) => (
        <TaskCard key={`task ${each.step} ${each.task.openedAt}`} of={each} play={play} first={place === 0} />
      ))}
      {played.jobs.map((each) => (
        <Job key={`job ${each.step}`} job={each} play={play} />
      ))}
      {played.awaited.map((each) => (
        <Message key={`message ${each.step}`} wait={each} play={play} />
      ))}
      {others.map((each) => (
        <Incident key={`incident ${each.step}`} incident={each} play={play} />
      ))}
      {played.detail.tasks.length > played.tasks.length && <p className="dim">{words.moreTasks(played.detail.tasks.length - played.tasks.length)}</p>}
      {waits === 0 && played.detail.state === 'open' && <p className="dim">{played.next ? words.onlyTime : words.nothing}</p>}
      {played.detail.state !== 'open' && <p className="dim">{words.over}</p>}
    </>
  );
}

/** What has happened, what would have been sent, and what the case knows. */
function Story({ played }: { played: Played }) {
  const words = texts.play;
  const variables = played.detail?.variables ?? {};
  return (
    <div className={classes.story}>
      <section>
        <h2>{words.story}</h2>
        <TimeLine happenings={happenings(played.journal, null)} />
      </section>
      <section>
        <h2>{words.told}</h2>
        {played.told.length === 0 && <p className="dim">{words.nobodyTold}</p>}
        <ol className={classes.told}>
          {played.told.toReversed().map((each, place) => (
            // The same may be said twice at once.
            <li key={`${played.told.length - place}`}>
              <span className={classes.at}>
                <Moment at={each.at} />
              </span>
              <span>
                {each.to && <b>{each.to.name}</b>} {each.text}
              </span>
            </li>
          ))}
        </ol>
      </section>
      <section className={classes.variables}>
        <h2>{texts.case.variables}</h2>
        {Object.keys(variables).length === 0 ? <p className="dim">{texts.task.noData}</p> : <VariableTree variables={variables} />}
      </section>
    </div>
  );
}
