/**
 * How old open work is: a dot for each of the oldest cases, by where it stands, against how long finished cases took. The
 * numbers stand below in a table, which is also what is read aloud.
 */
import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useLive } from '../api/live';
import { ageingQuery, type Ageing, type Span, type TowerQuery } from '../api/tower';
import { texts } from '../texts';
import { duration } from '../time/time';
import { Ago } from '../time/When';
import { LoadingRows } from '../ui/Loading';
import { Failure } from '../ui/Note';
import { Count } from './Count';
import { useFirst } from './More';
import classes from './Tower.module.css';

const AgeChart = lazy(() => import('./AgeChart'));

export function Age({ query }: { query: TowerQuery }) {
  const ageing = useLive(ageingQuery(query));
  if (ageing.error && !ageing.data) return <Failure error={ageing.error} again={() => void ageing.refetch()} />;
  if (!ageing.data) return <LoadingRows rows={6} height={30} />;
  return <Aged ageing={ageing.data} />;
}

function Aged({ ageing }: { ageing: Ageing }) {
  const words = texts.tower.ageing;
  const { rows, more } = useFirst(ageing.columns);
  if (ageing.columns.length === 0) return <p className="dim">{words.none}</p>;
  return (
    <>
      <p className={classes.lead}>{ageing.of === 0 ? words.noLines : words.lines(ageing.of, told(ageing.p50), told(ageing.p85), told(ageing.p95))}</p>
      <Suspense fallback={<Skeleton height={300} />}>
        <AgeChart ageing={ageing} />
      </Suspense>
      <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{words.where}</th>
                <th scope="col" className={classes.number}>
                  {words.cases}
                </th>
                <th scope="col" className={classes.number} data-wide-only>
                  {words.over('50 %')}
                </th>
                <th scope="col" className={classes.number}>
                  {words.over('85 %')}
                </th>
                <th scope="col" className={classes.number}>
                  {words.over('95 %')}
                </th>
                <th scope="col" className={classes.number} data-wide-only>
                  {words.oldest}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((column) => (
                <tr key={column.key}>
                  <td>{column.name}</td>
                  <td className={classes.number}>
                    <Count of={column} what={column.name} />
                  </td>
                  {[column.overP50, column.overP85, column.overP95].map((over, at) => (
                    <td key={at} className={classes.number} data-wide-only={at === 0 || undefined}>
                      {over ? <Count of={over} what={words.overOf(column.name)} /> : texts.none}
                    </td>
                  ))}
                  <td className={classes.number} data-wide-only>
                    <Count of={column} what={column.name} className={classes.rate}>
                      <Ago at={column.oldest} />
                    </Count>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
      {more}
    </>
  );
}

function told(span: Span | null): string {
  return span === null ? texts.none : duration(span.seconds * 1000);
}
