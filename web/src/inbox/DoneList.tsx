/** What I have finished, the newest first: what I answered, whether it was in time, and what became of the case. */
import { Button } from '@mantine/core';
import { infiniteQueryOptions } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { get, withQuery } from '../api/client';
import { useLivePages } from '../api/live';
import type { CaseState, Page } from '../api/types';
import { ExportMenu } from '../export/ExportMenu';
import { texts } from '../texts';
import { Ago } from '../time/When';
import { StateChip } from '../ui/Chip';
import { LoadingRows } from '../ui/Loading';
import { Empty, Failure } from '../ui/Note';
import classes from './DoneList.module.css';

interface Done {
  id: string;
  caseKey: string;
  caseTitle: string | null;
  caseState: CaseState;
  name: string;
  doneAt: string;
  dueAt: string | null;
  onTime: boolean;
  answer: string;
}

const doneQuery = infiniteQueryOptions({
  queryKey: ['tasks', 'done'],
  queryFn: ({ signal, pageParam }) => get<Page<Done>>(withQuery('/tasks/done', { cursor: pageParam, limit: 50 }), signal),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.next,
});

export function DoneList() {
  const words = texts.inbox;
  const done = useLivePages(doneQuery);
  const rows = done.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className={classes.list} data-scroll-restoration-id="inbox-done" role="region" aria-label={words.done} tabIndex={0}>
      {done.isPending && <LoadingRows rows={8} height={44} gap={18} />}
      {done.error && <Failure error={done.error} again={() => void done.refetch()} />}
      {done.data && rows.length === 0 && <Empty title={words.emptyDone}>{words.emptyDoneHow}</Empty>}
      {rows.length > 0 && (
        <div className={classes.export}>
          <ExportMenu list="done" query={{}} />
        </div>
      )}
      <ul>
        {rows.map((each) => (
          <li key={each.id} className={classes.row}>
            <div className={classes.line}>
              <strong>{each.name}</strong>
              <span className="dim">
                <Ago at={each.doneAt} />
              </span>
            </div>
            <Link to="/cases/$key" params={{ key: each.caseKey }} className="link">
              <span className="key">{each.caseKey}</span> {each.caseTitle}
            </Link>
            {each.answer !== '' && <p className={classes.answer}>{each.answer}</p>}
            <div className={classes.line}>
              <StateChip state={each.caseState} incidents={0} />
              {each.dueAt !== null && <span className="dim">{each.onTime ? words.inTime : words.tooLate}</span>}
            </div>
          </li>
        ))}
      </ul>
      {done.hasNextPage && (
        <Button variant="default" loading={done.isFetchingNextPage} onClick={() => void done.fetchNextPage()}>
          {words.loadMore}
        </Button>
      )}
    </div>
  );
}
