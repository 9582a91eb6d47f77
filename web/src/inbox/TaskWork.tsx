/**
 * One task with all that is needed to do it: the form, what happened before, the data, and the buttons below. It stands
 * in the inbox and, in a drawer, on the case page.
 */
import { Button, Kbd, Menu } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowUpRight, ChevronUp } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { ApiError } from '../api/client';
import { useLive } from '../api/live';
import { journalQuery, taskQuery } from '../api/queries';
import type { TaskDetail } from '../api/types';
import { happenings } from '../cases/timeLine';
import { VariableTree } from '../cases/Variables';
import { Answers } from '../forms/Answers';
import type { FormHandle } from '../forms/Form';
import { useMe } from '../session/session';
import { texts } from '../texts';
import { Due, Moment } from '../time/When';
import { LoadingRows } from '../ui/Loading';
import { useKeys } from '../ui/keys';
import { Empty, Failure } from '../ui/Note';
import { ActDialog } from './ActDialog';
import { Custody, IfNobodyActs, Notes } from './Coordination';
import { MENU, type DialogAct } from './taskActs';
import { PacketPanel } from '../packet/PacketPanel';
import { Papers } from '../room/Papers';
import { useFormFiles } from '../room/useFormFiles';
import { useTaskActs } from './useTaskActs';
import classes from './TaskWork.module.css';

interface Props {
  id: string;
  back?: ReactNode;
  onClaimed?: () => void;
  onReleased?: () => void;
  onCompleted?: () => void;
}

export function TaskWork({ id, back, ...after }: Props) {
  const task = useLive(taskQuery(id));
  if (task.data && !gone(task.error)) return <Work key={id} task={task.data} back={back} {...after} />;
  return (
    <div className={classes.work}>
      <div className={classes.body}>
        {back}
        {task.isPending && <LoadingRows rows={8} height={22} gap={16} />}
        {gone(task.error) && <Empty title={texts.task.gone}>{texts.task.goneHow}</Empty>}
        {task.error && !gone(task.error) && <Failure error={task.error} again={() => void task.refetch()} />}
      </div>
    </div>
  );
}

function gone(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}

function Work({ task, back, onClaimed, onReleased, onCompleted }: Omit<Props, 'id'> & { task: TaskDetail }) {
  const words = texts.task;
  const answers = useRef<FormHandle>(null);
  const acts = useTaskActs(task, { claimed: onClaimed, released: onReleased, completed: onCompleted });
  const sending = useFormFiles(task);
  const complete = () => {
    if (!task.mayComplete || acts.busy || sending.busy) return;
    const variables = answers.current?.answers() ?? null;
    if (variables !== null) sending.send(variables, answers.current?.files() ?? new Map<string, File[]>(), acts.complete);
  };
  useCompleteKey(complete);
  return (
    <article className={classes.work} data-task-work>
      <div className={classes.body} tabIndex={-1} data-scroll-restoration-id="task">
        {back}
        <Heading task={task} />
        <Notes task={task} />
        <section aria-label={words.form} className={classes.form}>
          <Answers
            ref={answers}
            schema={task.formSchema}
            values={task.variables}
            readOnly={!task.mayComplete}
            refusal={acts.completing.error}
            noForm={words.noForm}
            onSubmit={complete}
          />
        </section>
        {sending.error !== null && <Failure error={sending.error} />}
        <Papers task={task} />
        <PacketPanel task={task} />
        <IfNobodyActs task={task} />
        <SoFar caseKey={task.caseKey} />
        <Custody task={task} />
        <section className={classes.section}>
          <h2>{words.data}</h2>
          {Object.keys(task.variables).length === 0 ? (
            <p className="dim">{words.noData}</p>
          ) : (
            <VariableTree variables={task.variables} />
          )}
        </section>
      </div>
      <Actions task={task} acts={acts} complete={complete} onLeft={onReleased} />
    </article>
  );
}

/** Ctrl+Enter completes from anywhere, also out of a field. Only one task is ever on the screen. */
function useCompleteKey(complete: () => void) {
  const current = useRef(complete);
  useEffect(() => {
    current.current = complete;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) current.current();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

function Heading({ task }: { task: TaskDetail }) {
  return (
    <header className={classes.heading}>
      <p className={classes.case}>
        <Link to="/cases/$key" params={{ key: task.caseKey }} className={classes.caseLink}>
          <span className="key">{task.caseKey}</span> {task.caseTitle ?? texts.cases.untitled}
          <ArrowUpRight size={14} aria-label={texts.inbox.openCase} />
        </Link>
      </p>
      <h2 className={classes.name} tabIndex={-1}>
        {task.name}
      </h2>
      <p className={classes.facts}>
        {task.party && <span>{texts.task.with(task.party.name)}</span>}
        <Holder task={task} />
        <span>
          {texts.inbox.since} <Moment at={task.openedAt} />
        </span>
        {task.dueAt && <Due at={task.dueAt} overdue={task.overdue} />}
      </p>
    </header>
  );
}

function Holder({ task }: { task: TaskDetail }) {
  const me = useMe();
  const holder = task.claimedBy;
  if (holder === null) return <span>{texts.task.unclaimed}</span>;
  return <span>{texts.inbox.heldBy(holder.id === me.id ? texts.task.you : holder.name)}</span>;
}

const LINES = 5;

/** The last lines of the journal: whoever decides should not have to leave for them. */
function SoFar({ caseKey }: { caseKey: string }) {
  const journal = useQuery(journalQuery(caseKey, useQueryClient()));
  const lines = happenings(journal.data?.entries ?? [], null).slice(0, LINES);
  return (
    <section className={classes.section}>
      <h2>{texts.journal.soFar}</h2>
      {journal.isPending && <LoadingRows rows={3} height={16} />}
      {journal.error && <Failure error={journal.error} again={() => void journal.refetch()} />}
      {journal.data && lines.length === 0 && <p className="dim">{texts.journal.empty}</p>}
      <ol className={classes.lines}>
        {lines.map((each) => (
          <li key={each.seq}>
            <span className={classes.at}>
              <Moment at={each.at} />
            </span>
            <span>{each.lines.map((line) => line.text).join(' · ')}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

interface ActionsProps {
  task: TaskDetail;
  acts: ReturnType<typeof useTaskActs>;
  complete: () => void;
  onLeft?: (() => void) | undefined;
}

function Actions({ task, acts, complete, onLeft }: ActionsProps) {
  const words = texts.task;
  const me = useMe();
  const other = task.claimedBy !== null && task.claimedBy.id !== me.id ? task.claimedBy : null;
  return (
    <footer className={classes.actions}>
      {task.mayComplete && (
        <Button
          size="sm"
          loading={acts.completing.isPending}
          onClick={complete}
          rightSection={<Kbd className={classes.hint ?? ''}>Ctrl ⏎</Kbd>}
        >
          {words.complete}
        </Button>
      )}
      {task.mayClaim && (
        <Button
          size="sm"
          variant={task.mayComplete ? 'default' : 'filled'}
          data-claim
          disabled={acts.busy}
          onClick={acts.claim}
          rightSection={<Kbd className={classes.hint ?? ''}>c</Kbd>}
        >
          {task.offeredTo ? words.accept : words.claim}
        </Button>
      )}
      {task.mayRelease && (
        <Button size="sm" variant="default" disabled={acts.busy} onClick={acts.release}>
          {words.putBack}
        </Button>
      )}
      <More task={task} withdraw={acts.withdraw} onLeft={onLeft} />
      {!task.mayComplete && (
        <span className="dim">
          {task.mayClaim ? words.claimFirst : other ? words.heldByOther(other.name) : words.mayNot}
        </span>
      )}
    </footer>
  );
}

/** The acts that need a word or a date, by menu and by key. */
function More({ task, withdraw, onLeft }: { task: TaskDetail; withdraw: () => void; onLeft?: (() => void) | undefined }) {
  const words = texts.acts;
  const [chosen, setChosen] = useState<DialogAct | null>(null);
  const open = MENU.filter((each) => task.acts.includes(each.act));
  const mayWithdraw = task.acts.includes('WITHDRAW');
  useKeys(Object.fromEntries(open.flatMap(({ act, key }) => (key === null ? [] : [[key, () => setChosen(act)]]))));
  if (open.length === 0 && !mayWithdraw) return null;
  return (
    <>
      <Menu position="top-start" width={250} shadow="md">
        <Menu.Target>
          <Button size="sm" variant="default" aria-label={words.moreLabel} rightSection={<ChevronUp size={14} />}>
            {words.more}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {open.map(({ act, key }) => (
            <Menu.Item
              key={act}
              onClick={() => setChosen(act)}
              rightSection={key !== null && <Kbd className={classes.hint ?? ''}>{key}</Kbd>}
            >
              {words[act].menu}
            </Menu.Item>
          ))}
          {mayWithdraw && <Menu.Item onClick={withdraw}>{words.WITHDRAW}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      {chosen !== null && <ActDialog act={chosen} task={task} close={() => setChosen(null)} onLeft={onLeft} />}
    </>
  );
}
