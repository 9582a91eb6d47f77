/** The control tower: how everything stands, what needs the reader, who has it, and what is new. One look from above. */
import { getRouteApi } from '@tanstack/react-router';
import { keepPreviousData } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useLive } from '../api/live';
import { towerQuery } from '../api/tower';
import type { ExportedList } from '../export/download';
import { ExportMenu } from '../export/ExportMenu';
import { texts } from '../texts';
import { LoadingRows } from '../ui/Loading';
import { Failure } from '../ui/Note';
import { PageHead } from '../ui/Page';
import { usePageTitle } from '../ui/pageTitle';
import { Segments } from '../ui/Segments';
import { Age } from './Age';
import { Courts, Loads } from './Courts';
import { Headline } from './Headline';
import { LiveMap } from './LiveMap';
import { NeedsYou } from './NeedsYou';
import { TowerFilters } from './TowerFilters';
import { PERIODS, readTowerSearch, withTower, type TowerChange, type TowerSearch } from './towerSearch';
import { Changes, Troubles } from './Troubles';
import { Views } from './Views';
import { WaitingCosts } from './WaitingCosts';
import classes from './Tower.module.css';

const route = getRouteApi('/tower');

export function TowerPage() {
  const words = texts.tower;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const tower = useLive({ ...towerQuery(search), placeholderData: keepPreviousData });
  const change = (to: TowerChange) => void navigate({ search: (before) => withTower(before, to), replace: true });
  const { days: _, ...narrowing } = search;
  usePageTitle(words.title);
  return (
    <div className={classes.page}>
      <PageHead
        title={words.title}
        actions={
          <>
            <Segments
              label={words.period}
              name="days"
              value={search.days ?? '7'}
              onChange={(days) => change({ days })}
              options={PERIODS.map((value) => ({ value, label: words.periods[value] }))}
            />
            <Views page="tower" read={readTowerSearch} search={search} go={(to) => void navigate({ search: to })} />
          </>
        }
      >
        <TowerFilters search={search} change={change} />
      </PageHead>
      <div className={classes.body} data-stale={tower.isPlaceholderData || undefined}>
        {tower.error && !tower.data && <Failure error={tower.error} again={() => void tower.refetch()} />}
        {!tower.data && !tower.error && <LoadingRows rows={10} height={36} gap={18} />}
        {tower.data && (
          <>
            <Headline tower={tower.data} />
            <p className={classes.foot}>{words.usualIs(tower.data.period.days, tower.data.period.usualPeriods)}</p>
            <Section name={words.sections.needs} lists={[['needs', words.sections.needs]]} query={search}>
              <NeedsYou needs={tower.data.needsYou} />
            </Section>
            <Section name={words.sections.courts} lists={[['courts-of-parties', words.courts.parties], ['courts-of-people', words.courts.people]]} query={search}>
              <div className={classes.halves}>
                <Courts of={tower.data.parties} name={words.courts.parties} />
                <Courts of={tower.data.people} name={words.courts.people} />
              </div>
            </Section>
            <Section name={words.sections.ageing} lists={[['ageing', words.sections.ageing]]} query={search}>
              <Age query={narrowing} />
            </Section>
            <Section name={words.sections.map}>
              <LiveMap query={narrowing} />
            </Section>
            <Section name={words.sections.load} lists={[['loads-of-people', words.courts.people], ['loads-of-teams', words.courts.parties]]} query={search}>
              <Loads tower={tower.data} />
            </Section>
            <div className={classes.halves}>
              <Section name={words.sections.incidents} lists={[['incident-kinds', words.sections.incidents]]} query={search}>
                <Troubles of={tower.data.incidents} />
              </Section>
              {tower.data.waiting.length > 0 && (
                <Section name={words.sections.waiting} lists={[['waiting-costs', words.sections.waiting]]} query={search}>
                  <WaitingCosts of={tower.data.waiting} />
                </Section>
              )}
            </div>
            <Section name={words.sections.changes}>
              <Changes of={tower.data.changes} />
            </Section>
          </>
        )}
      </div>
    </div>
  );
}

interface SectionProps {
  name: string;
  /** What of it can be had as a file, and what that is called. */
  lists?: readonly (readonly [ExportedList, string])[];
  query?: TowerSearch;
  children: ReactNode;
}

const NONE: NonNullable<SectionProps['lists']> = [];
const ALL: TowerSearch = {};

function Section({ name, lists = NONE, query = ALL, children }: SectionProps) {
  return (
    <section className={classes.section} aria-label={name}>
      <div className={classes.sectionHead}>
        <h2>{name}</h2>
        {lists.map(([list, what]) => (
          <ExportMenu key={list} list={list} query={query} what={what} small />
        ))}
      </div>
      {children}
    </section>
  );
}
