/** The journal of a case as a time line, with what was written to people: newest first, by day, each line a sentence with who and when. */
import { Button, Select } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLive } from '../api/live';
import { deliveriesQuery, journalQuery } from '../api/queries';
import type { Delivery } from '../api/types';
import { ExportMenu } from '../export/ExportMenu';
import { texts } from '../texts';
import { clock } from '../time/time';
import { useNow } from '../time/When';
import { LoadingRows } from '../ui/Loading';
import { Failure } from '../ui/Note';
import { byDay, doer, happenings, KINDS, kindsIn, read, withSent, type Happening, type Kind } from './timeLine';
import classes from './Journal.module.css';
import page from './CasePage.module.css';

const SHOWN = 30;
const NONE: Delivery[] = [];

export function Journal({ caseKey }: { caseKey: string }) {
  const words = texts.journal;
  const journal = useLive(journalQuery(caseKey, useQueryClient()));
  const [kind, setKind] = useState<Kind | null>(null);
  const [shown, setShown] = useState(SHOWN);
  const deliveries = useLive(deliveriesQuery(caseKey)).data ?? NONE;
  const entries = journal.data?.entries ?? [];
  const all = withSent(happenings(entries, kind), deliveries, kind);
  return (
    <section>
      <div className={classes.head}>
        <h2 className={page.sectionTitle}>{texts.case.journal}</h2>
        <Select
          size="xs"
          aria-label={words.filter}
          className={classes.filter ?? ''}
          allowDeselect={false}
          value={kind ?? 'all'}
          onChange={(value) => setKind(KINDS.find((each) => each === value) ?? null)}
          data={[{ value: 'all', label: words.all }, ...kindsIn(entries, deliveries).map((value) => ({ value, label: words.kinds[value] }))]}
        />
        <ExportMenu list="journal" query={{ key: caseKey }} what={texts.case.journal} />
      </div>
      {journal.isPending && <LoadingRows rows={6} height={18} gap={14} />}
      {journal.error && !journal.data && <Failure error={journal.error} again={() => void journal.refetch()} />}
      {journal.data?.more && (
        <Button variant="default" onClick={() => void journal.refetch()}>
          {words.fetchMore}
        </Button>
      )}
      {journal.data && all.length === 0 && <p className="dim">{kind === null ? words.empty : words.emptyKind}</p>}
      <TimeLine happenings={all.slice(0, shown)} />
      {all.length > shown && (
        <Button variant="default" onClick={() => setShown(shown + SHOWN * 2)}>
          {words.earlier}
        </Button>
      )}
    </section>
  );
}

export function TimeLine({ happenings: all }: { happenings: readonly Happening[] }) {
  return byDay(all, clock).map(({ day, happenings: those }) => <Day key={day} happenings={those} />);
}

function Day({ happenings: those }: { happenings: Happening[] }) {
  const now = useNow();
  const at = those[0]?.at ?? '';
  const ago = clock.daysAgo(at, now);
  const name = ago === 0 ? texts.journal.today : ago === 1 ? texts.journal.yesterday : clock.longDay(at);
  return (
    <div className={classes.day}>
      <h3>{name}</h3>
      <ol>
        {those.map((each) => (
          <li key={`${each.seq} ${each.at} ${each.lines[0]?.text}`} className={classes.happening} data-kind={each.lines[0]?.kind}>
            <time dateTime={each.at} title={clock.full(each.at)} className={classes.at}>
              {clock.time(each.at)}
            </time>
            <span className={classes.knot} aria-hidden="true" />
            <div className={classes.lines}>
              {each.lines.map((line, place) => (
                // Two lines of one happening may say the same; they differ by their place.
                <p key={`${place} ${line.text}`} data-kind={line.kind}>
                  {read(line.text, clock, now)}
                </p>
              ))}
            </div>
            <span className={classes.actor}>{doer(each.actor)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
