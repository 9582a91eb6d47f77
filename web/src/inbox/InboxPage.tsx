/**
 * The inbox: what is mine or waits with my teams, in the server's order; the chosen task beside it, or over it on a small
 * screen. The chosen task is pinned in the address: a refresh that reorders the list never changes what one works on.
 */
import { useMediaQuery } from '@mantine/hooks';
import { getRouteApi } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { Button } from '@mantine/core';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { useLive, useLivePages } from '../api/live';
import { overviewQuery, tasksQuery } from '../api/queries';
import { ExportMenu } from '../export/ExportMenu';
import { texts } from '../texts';
import { useKeys } from '../ui/keys';
import { Empty } from '../ui/Note';
import { usePageTitle } from '../ui/pageTitle';
import { SearchField } from '../ui/SearchField';
import { Segments } from '../ui/Segments';
import { BulkDialog } from './BulkDialog';
import { CHOSEN_MAX } from './bulk';
import { DoneList } from './DoneList';
import { taskAfter, type InboxSearch, type InboxView } from './inboxSearch';
import { TaskList } from './TaskList';
import { TaskWork } from './TaskWork';
import classes from './InboxPage.module.css';

const route = getRouteApi('/inbox');

type Change = { [Name in keyof InboxSearch]: InboxSearch[Name] | undefined };

export function InboxPage() {
  const { view = 'mine' } = route.useSearch();
  const navigate = route.useNavigate();
  usePageTitle(texts.inbox.title);
  if (view !== 'done') return <OpenTasks view={view} />;
  return (
    <div className={classes.page}>
      <section className={classes.whole} aria-label={texts.inbox.list}>
        <InboxHead view={view} q="" go={({ view: to }) => void navigate({ search: clean({ view: to }), replace: true })} />
        <DoneList />
      </section>
    </div>
  );
}

function OpenTasks({ view }: { view: Exclude<InboxView, 'done'> }) {
  const words = texts.inbox;
  const { task: chosen, q } = route.useSearch();
  const navigate = route.useNavigate();
  const [many, setMany] = useState<ReadonlySet<string> | null>(null);
  const [acting, setActing] = useState(false);
  const wide = useMediaQuery('(min-width: 62rem)', true, { getInitialValueInEffect: false });
  const tasks = useLivePages(tasksQuery({ view, ...(q === undefined ? {} : { q }) }));
  const rows = tasks.data?.pages.flatMap((page) => page.items) ?? [];
  const ids = rows.map((task) => task.id);
  const list = useRef<HTMLDivElement>(null);

  const go = (change: Change) => void navigate({ search: (before) => clean({ ...before, ...change }), replace: true });
  const first = wide && chosen === undefined && !tasks.isPlaceholderData ? ids[0] : undefined;
  useEffect(() => {
    if (first !== undefined) void navigate({ search: (before) => ({ ...before, task: first }), replace: true });
  }, [first, navigate]);

  useInboxKeys({ ids, chosen, list, choose: (task) => go({ task }), close: () => (wide ? undefined : go({ task: undefined })) });

  const showList = wide || chosen === undefined;
  const showTask = wide || chosen !== undefined;
  return (
    <div className={classes.page}>
      {showList && (
        <section className={classes.left} aria-label={words.list}>
          <InboxHead view={view} q={q ?? ''} go={go} />
          <Many
            many={many}
            ids={ids}
            set={setMany}
            act={() => setActing(true)}
            exported={{ view, q }}
          />
          <TaskList
            ref={list}
            many={many}
            mark={(id) => setMany((before) => toggled(before, id))}
            tasks={tasks}
            rows={rows}
            chosen={chosen}
            view={view}
            searching={q !== undefined}
            onEnter={() => focusWork()}
            switchView={(to) => go({ view: to, task: undefined, q: undefined })}
          />
        </section>
      )}
      {acting && many !== null && (
        <BulkDialog
          tasks={rows.filter(({ id }) => many.has(id))}
          close={() => {
            setActing(false);
            setMany(null);
          }}
        />
      )}
      {showTask && (
        <div className={classes.right}>
          {!showList && <h1 className="hidden">{words.title}</h1>}
          {chosen === undefined ? (
            tasks.data && <Empty title={words.choose}>{words.chooseHow}</Empty>
          ) : (
            <TaskWork
              id={chosen}
              back={
                !wide && (
                  <button type="button" className={classes.back} onClick={() => go({ task: undefined })}>
                    <ArrowLeft size={15} aria-hidden="true" /> {words.back}
                  </button>
                )
              }
              onClaimed={() => go({ view: 'mine', task: chosen })}
              onReleased={() => go({ task: wide ? taskAfter(ids, chosen) : undefined })}
              onCompleted={() => go({ task: taskAfter(ids, chosen) })}
            />
          )}
        </div>
      )}
    </div>
  );
}

function toggled(before: ReadonlySet<string> | null, id: string): ReadonlySet<string> {
  const after = new Set(before);
  if (!after.delete(id) && after.size < CHOSEN_MAX) after.add(id);
  return after;
}

interface ManyProps {
  many: ReadonlySet<string> | null;
  ids: string[];
  set: (many: ReadonlySet<string> | null) => void;
  act: () => void;
  exported: { view: string; q: string | undefined };
}

/** Choosing many tasks for one act. */
function Many({ many, ids, set, act, exported }: ManyProps) {
  const words = texts.bulk;
  useKeys({
    m: () => set(many === null ? new Set() : null),
  });
  if (many === null) {
    return ids.length === 0 ? null : (
      <div className={classes.many}>
        {ids.length > 1 && (
          <Button variant="subtle" size="compact-xs" onClick={() => set(new Set())}>
            {words.choose}
          </Button>
        )}
        <ExportMenu list="tasks" query={exported} what={texts.inbox.list} small />
      </div>
    );
  }
  const chosen = ids.filter((id) => many.has(id)).length;
  return (
    <div className={classes.many}>
      <Button variant="subtle" size="compact-xs" onClick={() => set(chosen === ids.length ? new Set() : new Set(ids.slice(0, CHOSEN_MAX)))}>
        {chosen === ids.length ? words.none : words.all}
      </Button>
      <Button size="compact-xs" disabled={chosen === 0} onClick={act}>
        {words.open(chosen)}
      </Button>
      <Button variant="subtle" size="compact-xs" onClick={() => set(null)}>
        {texts.acts.cancel}
      </Button>
    </div>
  );
}

/** What is undefined, and "mine", does not stand in the address. */
function clean(search: Change): InboxSearch {
  return {
    ...(search.view === undefined || search.view === 'mine' ? {} : { view: search.view }),
    ...(search.task === undefined ? {} : { task: search.task }),
    ...(search.q ? { q: search.q } : {}),
  };
}

interface HeadProps {
  view: InboxView;
  q: string;
  go: (change: Change) => void;
}

function InboxHead({ view, q, go }: HeadProps) {
  const words = texts.inbox;
  const overview = useLive(overviewQuery).data;
  return (
    <div className={classes.head}>
      <h1>{words.title}</h1>
      <Segments
        label={words.viewLabel}
        name="view"
        value={view}
        onChange={(to) => go({ view: to, task: undefined })}
        options={[
          { value: 'mine', label: words.mine, count: overview?.myTasks },
          { value: 'team', label: words.team, count: overview?.teamTasks },
          { value: 'waiting', label: words.waiting },
          { value: 'done', label: words.done },
        ]}
      />
      {(view === 'mine' || view === 'team') && (
        <SearchField
          className={classes.search}
          label={words.searchLabel}
          placeholder={words.search}
          value={q}
          onChange={(value) => go({ q: value })}
        />
      )}
    </div>
  );
}

interface KeyProps {
  ids: string[];
  chosen: string | undefined;
  list: RefObject<HTMLDivElement | null>;
  choose: (task: string) => void;
  close: () => void;
}

function useInboxKeys({ ids, chosen, list, choose, close }: KeyProps) {
  const focusRow = (id: string) =>
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-task="${CSS.escape(id)}"]`)?.focus());
  const move = (by: number) => {
    const at = chosen === undefined ? -1 : ids.indexOf(chosen);
    const next = ids[Math.min(ids.length - 1, Math.max(0, at + by))];
    if (next === undefined) return;
    choose(next);
    focusRow(next);
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    Enter: () => focusWork(),
    c: () => document.querySelector<HTMLButtonElement>('[data-task-work] [data-claim]')?.click(),
    Escape: () => {
      close();
      if (chosen !== undefined) focusRow(chosen);
    },
  });
}

/** Into the task: its first field, else its name, so that a screen reader starts there. */
function focusWork() {
  const work = document.querySelector('[data-task-work]');
  const field = work?.querySelector<HTMLElement>(
    'form :is(input, textarea, select):not([disabled], [readonly], [type="hidden"])',
  );
  (field ?? work?.querySelector<HTMLElement>('h2'))?.focus();
}
