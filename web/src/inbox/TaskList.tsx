/** The tasks of the inbox, one short block each: what to do, for which case, since when, until when. */
import { Button, Checkbox } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Ref } from 'react';
import type { Task, TaskView } from '../api/types';
import { useMe } from '../session/session';
import { texts } from '../texts';
import { Ago, Due, Moment } from '../time/When';
import { LoadingRows } from '../ui/Loading';
import { Empty, Failure } from '../ui/Note';
import classes from './InboxPage.module.css';

interface Pages {
  isPending: boolean;
  data: unknown;
  error: unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isPlaceholderData: boolean;
  fetchNextPage: () => unknown;
  refetch: () => unknown;
}

interface Props {
  tasks: Pages;
  rows: readonly Task[];
  chosen: string | undefined;
  view: TaskView;
  searching: boolean;
  /** Chosen for one act on all of them; null while none is being chosen. */
  many: ReadonlySet<string> | null;
  mark: (id: string) => void;
  ref: Ref<HTMLDivElement>;
  onEnter: () => void;
  switchView: (to: TaskView) => void;
}

export function TaskList({ tasks, rows, chosen, view, searching, many, mark, ref, onEnter, switchView }: Props) {
  return (
    <div ref={ref} className={classes.list} data-stale={tasks.isPlaceholderData || undefined} data-scroll-restoration-id="inbox">
      {tasks.isPending && (
        <div className={classes.loading}>
          <LoadingRows rows={8} height={44} gap={18} />
        </div>
      )}
      {Boolean(tasks.error) && <Failure error={tasks.error} again={() => tasks.refetch()} />}
      <ul>
        {rows.map((task) => (
          <TaskRow
            key={task.id}
            task={task}
            chosen={task.id === chosen}
            onEnter={onEnter}
            mark={many === null ? null : { on: many.has(task.id), change: () => mark(task.id) }}
          />
        ))}
      </ul>
      {tasks.data !== undefined && rows.length === 0 && (
        <NoTasks view={view} searching={searching} switchView={switchView} />
      )}
      {tasks.hasNextPage && (
        <div className={classes.more}>
          <Button variant="default" loading={tasks.isFetchingNextPage} onClick={() => tasks.fetchNextPage()}>
            {texts.inbox.loadMore}
          </Button>
        </div>
      )}
    </div>
  );
}

interface RowProps {
  task: Task;
  chosen: boolean;
  onEnter: () => void;
  mark: { on: boolean; change: () => void } | null;
}

function TaskRow({ task, chosen, onEnter, mark }: RowProps) {
  return (
    <li className={classes.item}>
      {mark && (
        <Checkbox
          size="xs"
          className={classes.check ?? ''}
          aria-label={texts.bulk.mark(task.name, task.caseKey)}
          checked={mark.on}
          onChange={mark.change}
        />
      )}
      <Link
        to="/inbox"
        search={(before) => ({ ...before, task: task.id })}
        className={classes.row}
        data-task={task.id}
        data-chosen={chosen || undefined}
        aria-current={chosen ? 'true' : undefined}
        onClick={(event) => {
          // A click without a pointer is Enter: on to the work.
          if (event.detail === 0) requestAnimationFrame(onEnter);
        }}
      >
        <span className={classes.line}>
          <span className={classes.name}>{task.name}</span>
          <span className={classes.age}>
            <Ago at={task.openedAt} />
          </span>
        </span>
        <span className={classes.title}>{task.caseTitle ?? texts.cases.untitled}</span>
        <Sign task={task} />
        <span className={classes.line}>
          <span className="key">{task.caseKey}</span>
          <span className={classes.due}>{task.dueAt && <Due at={task.dueAt} overdue={task.overdue} />}</span>
        </span>
      </Link>
    </li>
  );
}

/** What is special about it: it waits for somebody else, or a date is given. */
function Sign({ task }: { task: Task }) {
  const words = texts.inbox;
  const me = useMe();
  const offered = task.offeredTo ?? task.offeredToTeam;
  if (task.blockedBy) {
    return (
      <span className={classes.sign} data-tone="amber">
        {task.blockedBy.id === me.id ? words.blockedByYou : words.blockedBy(task.blockedBy.name)}
      </span>
    );
  }
  if (offered) {
    const asked = task.offeredTo?.id === me.id;
    return <span className={classes.sign}>{asked ? words.offeredToYou(task.holder?.name) : words.offeredTo(offered.name)}</span>;
  }
  if (!task.promisedAt) return null;
  return (
    <span className={classes.sign}>
      {words.promised} <Moment at={task.promisedAt} />
    </span>
  );
}

function NoTasks({ view, searching, switchView }: Pick<Props, 'view' | 'searching' | 'switchView'>) {
  const words = texts.inbox;
  if (searching) return <Empty title={words.emptySearch}>{words.emptySearchHow}</Empty>;
  if (view === 'mine') {
    return (
      <Empty title={words.emptyMine} action={<Button onClick={() => switchView('team')}>{words.toTeam}</Button>}>
        {words.emptyMineHow}
      </Empty>
    );
  }
  if (view === 'waiting') return <Empty title={words.emptyWaiting}>{words.emptyWaitingHow}</Empty>;
  return (
    <Empty
      title={words.emptyTeam}
      action={
        <Button variant="default" onClick={() => switchView('mine')}>
          {words.toMine}
        </Button>
      }
    >
      {words.emptyTeamHow}
    </Empty>
  );
}
