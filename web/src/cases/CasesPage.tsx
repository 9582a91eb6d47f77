/** All cases, as dense as they can be read: where each stands, who has it, since when. */
import { Button } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useLive, useLivePages } from '../api/live';
import { casesQuery, overviewQuery } from '../api/queries';
import { ExportMenu } from '../export/ExportMenu';
import { texts } from '../texts';
import { Views } from '../tower/Views';
import { LoadingRows } from '../ui/Loading';
import { Empty, Failure } from '../ui/Note';
import { PageHead } from '../ui/Page';
import { usePageTitle } from '../ui/pageTitle';
import { Segments } from '../ui/Segments';
import { CaseFilters } from './CaseFilters';
import { CaseTable } from './CaseTable';
import { narrowed, readCasesSearch, STATES, toCaseQuery, withFilter, type CasesSearch } from './casesSearch';
import classes from './CasesPage.module.css';

const route = getRouteApi('/cases');

export function CasesPage() {
  const words = texts.cases;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const cases = useLivePages(casesQuery(toCaseQuery(search)));
  const overview = useLive(overviewQuery).data;
  const rows = cases.data?.pages.flatMap((page) => page.items) ?? [];
  const change = (to: Parameters<typeof withFilter>[1]) =>
    void navigate({ search: (before) => withFilter(before, to), replace: true });
  const counts = { open: overview?.openCases, incident: overview?.incidents };
  usePageTitle(words.title);

  return (
    <div className={classes.page}>
      <PageHead title={words.title} actions={
          <>
            <Views page="cases" search={search} read={readCasesSearch} go={(to) => void navigate({ search: to })} />
            <ExportMenu list="cases" query={toCaseQuery(search)} />
          </>
        }>
        <div className={classes.filters}>
          <Segments
            label={words.stateLabel}
            name="state"
            value={search.state ?? 'open'}
            onChange={(state) => change({ state })}
            options={STATES.map((value) => ({
              value,
              label: words.states[value],
              count: value === 'open' || value === 'incident' ? counts[value] : undefined,
            }))}
          />
          <CaseFilters search={search} change={change} />
        </div>
      </PageHead>
      <div className={classes.list} data-scroll-restoration-id="cases" data-stale={cases.isPlaceholderData || undefined}>
        {cases.isPending && (
          <div className={classes.loading}>
            <LoadingRows rows={12} height={26} gap={14} />
          </div>
        )}
        {cases.error && <Failure error={cases.error} again={() => void cases.refetch()} />}
        {rows.length > 0 && <CaseTable cases={rows} />}
        {cases.data && rows.length === 0 && <NoCases search={search} clear={() => void navigate({ search: {} })} />}
        {rows.length > 0 && (
          <div className={classes.foot}>
            {cases.hasNextPage && (
              <Button variant="default" loading={cases.isFetchingNextPage} onClick={() => void cases.fetchNextPage()}>
                {words.loadMore}
              </Button>
            )}
            <span className="dim">{words.loaded(rows.length)}</span>
          </div>
        )}
      </div>
    </div>
  );
}

function NoCases({ search, clear }: { search: CasesSearch; clear: () => void }) {
  const words = texts.cases;
  if (narrowed(search)) {
    return (
      <Empty title={words.emptyTitle} action={<Button onClick={clear}>{words.clear}</Button>}>
        {words.emptyNarrowed}
      </Empty>
    );
  }
  const state = search.state ?? 'open';
  return (
    <Empty
      title={words.emptyTitleNone[state]}
      action={
        <Link to="/processes" className="link">
          {words.toProcesses}
        </Link>
      }
    >
      {words.emptyNone[state]}
    </Empty>
  );
}
