/** The custody ledger over all cases that ended in a period: who had them for how long, and what that cost. */
import { Button, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { counted, ledgerSumsQuery, type Sum, type Sums } from '../api/ledger';
import { useLive } from '../api/live';
import { processesQuery, teamsQuery } from '../api/queries';
import { Filter, OwnerFilter } from '../cases/CaseFilters';
import { ExportMenu } from '../export/ExportMenu';
import { texts } from '../texts';
import { ledger as words } from '../texts/ledger';
import { duration } from '../time/time';
import { useNow } from '../time/When';
import { Count } from '../tower/Count';
import { money } from '../tower/money';
import { Views } from '../tower/Views';
import { Person } from '../ui/Avatar';
import { LoadingRows } from '../ui/Loading';
import { Empty, Failure } from '../ui/Note';
import { PageHead } from '../ui/Page';
import { usePageTitle } from '../ui/pageTitle';
import { Segments } from '../ui/Segments';
import classes from './Ledger.module.css';
import { PERIODS, readLedgerSearch, toLedgerQuery, WAYS, type LedgerSearch, type Way } from './ledgerSearch';

const route = getRouteApi('/ledger');

const LISTS = { person: 'ledger', party: 'ledger-parties', process: 'ledger-processes' } as const;

export function LedgerPage() {
  const search = route.useSearch();
  const query = toLedgerQuery(search, new Date(useNow()));
  const sums = useLive({ ...ledgerSumsQuery(query), placeholderData: keepPreviousData });
  const { by = 'person' } = search;
  const navigate = route.useNavigate();
  usePageTitle(words.title);
  return (
    <div className={classes.page}>
      <PageHead title={words.title} actions={
          <>
            <Views page="ledger" search={search} read={readLedgerSearch} go={(to) => void navigate({ search: to })} />
            <ExportMenu list={LISTS[by]} query={query} />
          </>
        }>
        <p className={classes.lead}>{words.lead}</p>
        <Filters search={search} />
      </PageHead>
      <div className={classes.body} data-stale={sums.isPlaceholderData || undefined}>
        {sums.isPending && <LoadingRows rows={10} height={26} gap={14} />}
        {sums.error && !sums.data && <Failure error={sums.error} again={() => void sums.refetch()} />}
        {sums.data && (sums.data.cases === 0 ? <Empty title={words.empty}>{words.emptyHow}</Empty> : <Lines sums={sums.data} by={by} />)}
      </div>
    </div>
  );
}

function Filters({ search }: { search: LedgerSearch }) {
  const navigate = route.useNavigate();
  const processes = useQuery(processesQuery).data ?? [];
  const teams = useQuery(teamsQuery).data ?? [];
  const change = (to: { [Name in keyof LedgerSearch]?: string | null }) =>
    void navigate({ search: (before) => readLedgerSearch({ ...before, ...to }), replace: true });
  const dated = search.from !== undefined || search.to !== undefined;
  const narrowed = search.process !== undefined || search.party !== undefined || search.holder !== undefined;
  return (
    <div className={classes.filters}>
      <Segments label={words.by} name="by" value={search.by ?? 'person'} onChange={(by) => change({ by })} options={WAYS.map((value) => ({ value, label: words.ways[value] }))} />
      <Segments
        label={words.period}
        name="days"
        value={dated ? '' : (search.days ?? '30')}
        onChange={(days) => change({ days, from: null, to: null })}
        options={PERIODS.map((value) => ({ value: value as string, label: words.periods[value] }))}
      />
      <TextInput size="xs" type="date" leftSection={words.fromShort} leftSectionWidth="3.25rem" aria-label={words.from} value={search.from ?? ''} onChange={(event) => change({ from: event.currentTarget.value })} />
      <TextInput size="xs" type="date" leftSection={words.toShort} leftSectionWidth="3.25rem" aria-label={words.to} value={search.to ?? ''} onChange={(event) => change({ to: event.currentTarget.value })} />
      <Filter
        label={words.process}
        value={search.process}
        options={processes.map(({ key, name }) => ({ value: key, label: name }))}
        onChange={(process) => change({ process })}
      />
      <Filter
        label={words.party}
        value={search.party}
        options={[...teams.map(({ key, name }) => ({ value: key, label: name })), { value: '-', label: words.nobodys }]}
        onChange={(party) => change({ party })}
      />
      <OwnerFilter label={words.holder} value={search.holder} onChange={(holder) => change({ holder })} />
      {narrowed && (
        <Button variant="subtle" color="gray" onClick={() => change({ process: null, party: null, holder: null })}>
          {texts.cases.clear}
        </Button>
      )}
    </div>
  );
}

const OF: Record<Way, (sums: Sums) => Sum[]> = {
  person: ({ charges }) => charges,
  party: ({ parties }) => parties,
  process: ({ processes }) => processes,
};

const KINDS = ['work', 'party', 'waiting', 'total'] as const;

/** Where all of it may be seen, in one currency. */
function costOf(lines: Sum[], kind: (typeof KINDS)[number]): string {
  const currencies = new Set(lines.map(({ currency }) => currency));
  const hidden = lines.some(({ cost }) => cost === null);
  return hidden || currencies.size !== 1 ? texts.none : money(lines.reduce((sum, { cost }) => sum + (cost?.[kind] ?? 0), 0), lines[0]?.currency ?? 'XXX');
}

function Lines({ sums, by }: { sums: Sums; by: Way }) {
  const lines = OF[by](sums);
  const all = lines.reduce((total, each) => total + each.elapsed.seconds, 0);
  const working = lines.reduce((total, each) => total + each.working.seconds, 0);
  const priced = lines.some(({ cost }) => cost !== null);
  const several = new Set(lines.map(({ currency }) => currency)).size > 1;
  const columns = words.columns;
  return (
    <>
      <table className={classes.table} aria-label={words.title}>
        <thead>
          <tr>
            <th scope="col">{columns[by]}</th>
            <th scope="col" data-number>
              {columns.cases}
            </th>
            <th scope="col" data-number>
              {columns.time}
            </th>
            <th scope="col">{columns.share}</th>
            <th scope="col" data-number>
              {columns.working}
            </th>
            <th scope="col" data-number>
              {columns.each}
            </th>
            {priced &&
              KINDS.map((kind) => (
                <th key={kind} scope="col" data-number>
                  {words.costs[kind]}
                </th>
              ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Line key={line.list + (line.currency ?? '')} line={line} by={by} all={all} priced={priced} several={several && by !== 'process'} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{words.total}</th>
            <td data-number data-head={columns.cases}>
              <Count of={counted(sums)} what={words.all} />
            </td>
            <td data-number data-head={columns.time}>
              {duration(all * 1000)}
            </td>
            <td data-head={columns.share}>100.0 %</td>
            <td data-number data-head={columns.working}>
              {duration(working * 1000)}
            </td>
            <td data-number data-head={columns.each}>
              {duration((all / sums.cases) * 1000)}
            </td>
            {priced && KINDS.map((kind) => <td key={kind} data-number data-head={words.costs[kind]}>{costOf(lines, kind)}</td>)}
          </tr>
        </tfoot>
      </table>
      {!priced && <p className={classes.note}>{words.costsHidden}</p>}
    </>
  );
}

interface LineProps {
  line: Sum;
  by: Way;
  all: number;
  priced: boolean;
  /** Whoever stands here may stand again, with cases whose waiting is counted in another currency. */
  several: boolean;
}

function Line({ line, by, all, priced, several }: LineProps) {
  const columns = words.columns;
  const share = all === 0 ? 0 : (line.elapsed.seconds / all) * 100;
  return (
    <tr>
      <th scope="row">
        <Whose line={line} by={by} />
        {several && line.currency !== null && <span className={classes.currency}> {words.inCurrency(line.currency)}</span>}
      </th>
      <td data-number data-head={columns.cases}>
        <Count of={counted(line)} what={words.cases(named(line, by))} />
      </td>
      <td data-number data-head={columns.time} title={line.elapsed.duration}>
        {duration(line.elapsed.seconds * 1000)}
      </td>
      <td className={classes.share} data-head={columns.share}>
        <span className={classes.bar} style={{ width: `${share}%` }} aria-hidden="true" />
        <span>{share.toFixed(1)} %</span>
      </td>
      <td data-number data-head={columns.working}>
        {duration(line.working.seconds * 1000)}
      </td>
      <td data-number data-head={columns.each}>
        {duration((line.elapsed.seconds / line.cases) * 1000)}
      </td>
      {priced &&
        KINDS.map((name) => (
          <td key={name} data-number data-head={words.costs[name]}>
            {line.cost === null ? texts.none : money(line.cost[name], line.currency ?? 'XXX')}
          </td>
        ))}
    </tr>
  );
}

function named(line: Sum, by: Way): string {
  const party = line.party?.name ?? words.nobodys;
  if (by === 'process') return line.process?.name ?? texts.none;
  return by === 'party' ? party : `${line.holder?.name ?? texts.none}, ${party}`;
}

function Whose({ line, by }: { line: Sum; by: Way }) {
  if (by !== 'person' || line.holder === null) return <span className={line.party === null && by === 'party' ? 'dim' : undefined}>{named(line, by)}</span>;
  return (
    <span className={classes.whose}>
      <Person name={line.holder.name} id={line.holder.id} />
      <span className="dim">{line.party?.name ?? words.nobodys}</span>
    </span>
  );
}
