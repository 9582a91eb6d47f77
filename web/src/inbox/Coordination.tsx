/** What a task says of its way from hand to hand: why it is here, what stands in its way, what happens if nobody acts. */
import { Button } from '@mantine/core';
import { CalendarClock, HandHelping, OctagonAlert, RotateCcw, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useAct } from '../api/act';
import type { TaskDetail } from '../api/types';
import { texts } from '../texts';
import { duration } from '../time/time';
import { Moment, useNow } from '../time/When';
import { Person } from '../ui/Avatar';
import { toast, toastFailure } from '../ui/toast';
import { useUndo } from '../ui/useUndo';
import classes from './TaskWork.module.css';

export function Notes({ task }: { task: TaskDetail }) {
  const words = texts.handoff;
  const given = task.given;
  const offered = task.offeredTo ?? task.offeredToTeam;
  return (
    <div className={classes.notes}>
      <Decided task={task} />
      <Slip task={task} />
      {offered && (
        <Note icon={<HandHelping size={15} />} tone="accent">
          <b>{words.offeredTo(offered.name)}</b>
          {given && <> {words.because(given.by?.name, given.reason)}</>}
          {task.acceptBy && (
            <>
              {' '}
              {words.acceptBy} <Moment at={task.acceptBy} />.
            </>
          )}
          {task.holder && <> {words.untilThen(task.holder.name)}</>}
        </Note>
      )}
      {!offered && given && <Note icon={<HandHelping size={15} />}>{words.came(given.by?.name, given.reason)}</Note>}
      {task.returns > 0 && <Note icon={<RotateCcw size={15} />}>{words.returned(task.returns)}</Note>}
      <Promise task={task} />
      <Proposal task={task} />
      <Obstacle task={task} />
    </div>
  );
}

function Note({ icon, tone = 'plain', children, act }: { icon: ReactNode; tone?: string; children: ReactNode; act?: ReactNode }) {
  return (
    <div className={classes.note} data-tone={tone}>
      <span aria-hidden="true" className={classes.noteIcon}>
        {icon}
      </span>
      <p>{children}</p>
      {act}
    </div>
  );
}

function Decided({ task }: { task: TaskDetail }) {
  const words = texts.handoff;
  const act = useAct();
  const decided = task.decided;
  if (!decided) return null;
  const takeBack = () =>
    act.mutate(
      { method: 'DELETE', path: `/tasks/${encodeURIComponent(task.id)}/completion` },
      { onError: toastFailure, onSuccess: () => toast(words.takenBack(task.name)) },
    );
  return (
    <Note
      icon={<Undo2 size={15} />}
      tone="accent"
      act={
        task.acts.includes('TAKE_BACK') && (
          <Button variant="default" disabled={act.isPending} onClick={takeBack}>
            {words.takeBack}
          </Button>
        )
      }
    >
      <b>{words.decided(decided.by?.name)}</b> {words.takesEffect} <Moment at={decided.effectiveAt} />.
    </Note>
  );
}

function Slip({ task }: { task: TaskDetail }) {
  const words = texts.handoff;
  const undo = useUndo();
  const slip = task.slip;
  if (!slip) return null;
  return (
    <Note
      icon={<Undo2 size={15} />}
      act={
        task.acts.includes('TAKE_BACK_ACT') && (
          <Button variant="default" onClick={undo({ method: 'DELETE', path: `/tasks/${encodeURIComponent(task.id)}/slip` })}>
            {words.takeBack}
          </Button>
        )
      }
    >
      {words.slip[slip.kind]} {words.slipUntil} <Moment at={slip.until} />.
    </Note>
  );
}

function Promise({ task }: { task: TaskDetail }) {
  const words = texts.handoff;
  const promise = task.promise;
  if (!promise) return null;
  return (
    <Note icon={<CalendarClock size={15} />} tone={promise.broken ? 'red' : 'plain'}>
      {promise.broken ? words.brokenPromise : words.promised} <Moment at={promise.at} />
      {promise.slips > 0 && <>, {words.slipped(promise.slips)}</>}.
    </Note>
  );
}

function Proposal({ task }: { task: TaskDetail }) {
  const words = texts.handoff;
  const act = useAct();
  const proposal = task.proposal;
  if (!proposal) return null;
  const answer = (agreed: boolean) =>
    act.mutate(
      { method: 'POST', path: `/tasks/${encodeURIComponent(task.id)}/proposal/answer`, body: { agreed } },
      { onError: toastFailure, onSuccess: () => toast(agreed ? words.agreed : words.kept) },
    );
  return (
    <Note
      icon={<CalendarClock size={15} />}
      tone="amber"
      act={
        task.acts.includes('ANSWER_PROPOSAL') && (
          <span className={classes.noteActs}>
            <Button variant="default" disabled={act.isPending} onClick={() => answer(true)}>
              {words.agree}
            </Button>
            <Button variant="default" disabled={act.isPending} onClick={() => answer(false)}>
              {words.keep}
            </Button>
          </span>
        )
      }
    >
      {words.proposed(task.holder?.name)} <Moment at={proposal.due} />: {proposal.reason}
    </Note>
  );
}

function Obstacle({ task }: { task: TaskDetail }) {
  const words = texts.handoff;
  const act = useAct();
  const obstacle = task.obstacle;
  if (!obstacle) return null;
  const remove = () =>
    act.mutate(
      { method: 'DELETE', path: `/tasks/${encodeURIComponent(task.id)}/obstacle` },
      { onError: toastFailure, onSuccess: () => toast(words.removed) },
    );
  return (
    <Note
      icon={<OctagonAlert size={15} />}
      tone="amber"
      act={
        task.acts.includes('REMOVE_OBSTACLE') && (
          <Button variant="default" disabled={act.isPending} onClick={remove}>
            {words.remove}
          </Button>
        )
      }
    >
      <b>{words.stuck}</b> {obstacle.reason} {obstacle.blocker && words.canRemove(obstacle.blocker.name)}
    </Note>
  );
}

export function IfNobodyActs({ task }: { task: TaskDetail }) {
  const words = texts.handoff;
  return (
    <section className={classes.section}>
      <h2>{words.ifNobodyActs}</h2>
      {task.ifNobodyActs.length === 0 ? (
        <p className="dim">{words.nothingWillHappen}</p>
      ) : (
        <ol className={classes.lines}>
          {task.ifNobodyActs.map((each) => (
            <li key={`${each.at} ${each.what} ${each.text}`}>
              <span className={classes.at}>
                <Moment at={each.at} />
              </span>
              <span>{each.text}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

export function Custody({ task }: { task: TaskDetail }) {
  const now = useNow();
  return (
    <section className={classes.section}>
      <h2>{texts.handoff.custody}</h2>
      <ol className={classes.custody}>
        {task.custody.map((each) => (
          <li key={each.since}>
            {each.holder ? <Person name={each.holder.name} id={each.holder.id} /> : texts.none}
            <span className="dim">
              <Moment at={each.since} />
            </span>
            <span className={classes.held}>
              {duration((each.until ? Date.parse(each.until) : Math.max(now, Date.parse(each.since))) - Date.parse(each.since))}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
