/** The eight numbers at the top, each against the usual, each opening the cases it counts. */
import type { Counted, Tower } from '../api/tower';
import { texts } from '../texts';
import { duration } from '../time/time';
import { Count } from './Count';
import { againstUsual } from './towerSearch';
import classes from './Tower.module.css';

/** Whether more is better, worse, or neither. */
type Sense = 'good' | 'bad' | 'neither';

export function Headline({ tower }: { tower: Pick<Tower, 'headline'> }) {
  const words = texts.tower.headline;
  const { open, onTime, atRisk, overdue, orphaned, throughput, median, p85 } = tower.headline;
  return (
    <dl className={classes.headline}>
      <Cell name={words.open} of={open} shown={open.count.toLocaleString()} now={open.count} usual={open.usual} sense="neither" trend={open.trend} />
      <Cell
        name={words.onTime}
        of={onTime?.onTime}
        shown={percent(onTime?.share)}
        now={onTime?.share}
        usual={onTime?.usual}
        show={percent}
        sense="good"
      >
        {onTime && onTime.late.count > 0 && (
          <Count of={onTime.late} what={words.late} className={classes.aside}>
            {words.lateCount(onTime.late.count)}
          </Count>
        )}
      </Cell>
      <Cell
        name={words.atRisk}
        of={atRisk}
        shown={atRisk.count.toLocaleString()}
        now={atRisk.count}
        usual={atRisk.usual}
        sense="bad"
        tone={atRisk.count > 0 ? 'amber' : undefined}
      />
      <Cell
        name={words.overdue}
        of={overdue}
        shown={overdue.count.toLocaleString()}
        now={overdue.count}
        usual={overdue.usual}
        sense="bad"
        tone={overdue.count > 0 ? 'red' : undefined}
      />
      <Cell
        name={words.orphaned}
        of={orphaned}
        shown={orphaned.count.toLocaleString()}
        now={orphaned.count}
        usual={orphaned.usual}
        sense="bad"
        tone={orphaned.count > 0 ? 'red' : undefined}
      />
      <Cell
        name={words.throughput}
        of={throughput}
        shown={throughput?.count.toLocaleString()}
        now={throughput?.count}
        usual={throughput?.usual}
        sense="good"
        trend={throughput?.trend}
      />
      <Cell
        name={words.median}
        of={median}
        shown={median?.span ? duration(median.span.seconds * 1000) : undefined}
        now={ms(median?.span?.seconds)}
        usual={ms(median?.usual?.seconds)}
        show={duration}
        sense="bad"
      />
      <Cell
        name={words.p85}
        of={p85}
        shown={p85?.span ? duration(p85.span.seconds * 1000) : undefined}
        now={ms(p85?.span?.seconds)}
        usual={ms(p85?.usual?.seconds)}
        show={duration}
        sense="bad"
      />
    </dl>
  );
}

function ms(seconds: number | undefined): number | null {
  return seconds === undefined ? null : seconds * 1000;
}

export function percent(share: number | null | undefined): string {
  return share === null || share === undefined ? texts.none : `${Math.round(share * 100)} %`;
}

interface CellProps {
  name: string;
  of: Counted | null | undefined;
  shown: string | undefined;
  now?: number | null | undefined;
  usual?: number | null | undefined;
  show?: (value: number) => string;
  sense?: Sense;
  trend?: number[] | undefined;
  tone?: 'red' | 'amber' | undefined;
  children?: React.ReactNode;
}

function Cell({ name, of, shown, now, usual, show = plain, sense = 'neither', trend, tone, children }: CellProps) {
  return (
    <div className={classes.cell}>
      <dt>{name}</dt>
      <dd>
        {of && shown !== undefined ? (
          <Count of={of} what={name} className={classes.big}>
            <span data-tone={tone}>{shown}</span>
          </Count>
        ) : (
          <span className={classes.bigNone} title={of === null ? texts.tower.headline.notNarrowed : undefined}>
            {texts.none}
          </span>
        )}
        {trend && trend.length > 2 && <Spark values={trend} />}
      </dd>
      <dd className={classes.usual}>
        {usual !== null && usual !== undefined && (
          <>
            <Difference now={now} usual={usual} sense={sense} />
            <span>{texts.tower.headline.usual(show(usual))}</span>
          </>
        )}
        {children}
      </dd>
    </div>
  );
}

function plain(value: number): string {
  return value >= 10 ? Math.round(value).toLocaleString() : value.toLocaleString(undefined, { maximumFractionDigits: 1 });
}

const WORTH_SAYING = 5;

function Difference({ now, usual, sense }: { now: number | null | undefined; usual: number; sense: Sense }) {
  const by = againstUsual(now, usual);
  if (by === null || Math.abs(by) < WORTH_SAYING) return null;
  const good = sense === 'neither' ? undefined : by > 0 === (sense === 'good');
  return (
    <span className={classes.difference} data-good={good}>
      {by > 0 ? '▲' : '▼'} {Math.min(999, Math.abs(by))} %
    </span>
  );
}

/** One number a day. */
function Spark({ values }: { values: number[] }) {
  const most = Math.max(...values, 1);
  const least = Math.min(...values, most);
  const width = 64;
  const height = 20;
  const points = values.map((value, at) => {
    const x = (at / (values.length - 1)) * (width - 3) + 1.5;
    const y = most === least ? height / 2 : height - 2 - ((value - least) / (most - least)) * (height - 4);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg className={classes.spark} width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <polyline points={points.join(' ')} />
      <circle cx={points.at(-1)?.split(',')[0]} cy={points.at(-1)?.split(',')[1]} r="2" />
    </svg>
  );
}
