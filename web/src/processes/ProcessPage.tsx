/** One process: how it does, where its cases stand, step by step and version by version, who starts it and what happens when nobody acts. */
import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ChevronRight, FlaskConical, PencilRuler, Plus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useLive } from '../api/live';
import { processQuery } from '../api/queries';
import { figuresQuery, mapQuery } from '../api/tower';
import type { ProcessDetail } from '../api/types';
import { Diagram } from '../diagram/Diagram';
import { NO_MARKS } from '../diagram/marks';
import { useSession } from '../session/session';
import type { ExportedList } from '../export/download';
import { TitledList } from '../export/TitledList';
import { texts } from '../texts';
import { Moment } from '../time/When';
import { Headline } from '../tower/Headline';
import { MapDiagram } from '../tower/LiveMap';
import { PERIODS } from '../tower/towerSearch';
import { LoadingRows } from '../ui/Loading';
import { Failure } from '../ui/Note';
import { usePageTitle } from '../ui/pageTitle';
import { Segments } from '../ui/Segments';
import { Policies } from './Policies';
import { StartCase } from './StartCase';
import { StepFigures } from './StepFigures';
import { VersionTable } from './VersionTable';
import { Quality, Weeks } from './Weeks';
import classes from './Processes.module.css';

const route = getRouteApi('/processes/$key');

export function ProcessPage() {
  const { key } = route.useParams();
  const process = useQuery(processQuery(key));
  usePageTitle(process.data?.name ?? key);
  if (process.data) return <OneProcess process={process.data} />;
  return (
    <div className={classes.page}>
      <h1>{key}</h1>
      {process.isPending && <LoadingRows rows={8} height={36} gap={16} />}
      {process.error && <Failure error={process.error} again={() => void process.refetch()} />}
    </div>
  );
}

function OneProcess({ process }: { process: ProcessDetail }) {
  const words = texts.processes;
  const { days = '30' } = route.useSearch();
  const figures = useLive({ ...figuresQuery(process.key, days), placeholderData: keepPreviousData });
  const map = useLive(mapQuery({ process: process.key }));
  const as = (list: ExportedList) => ({ list, query: { key: process.key, days } });
  return (
    <div className={classes.page}>
      <Head process={process} />
      {figures.error && !figures.data && <Failure error={figures.error} again={() => void figures.refetch()} />}
      {figures.data ? (
        <section className={classes.figures} aria-label={words.figures} data-stale={figures.isPlaceholderData || undefined}>
          <Headline tower={figures.data} />
          <p className={classes.foot}>{texts.tower.usualIs(figures.data.period.days, figures.data.period.usualPeriods)}</p>
        </section>
      ) : (
        !figures.error && <LoadingRows rows={2} height={36} gap={12} />
      )}
      <Section name={words.whereTheyStand}>{map.data ? <MapDiagram map={map.data} /> : <Diagram process={process} marks={NO_MARKS} />}</Section>
      <Section name={words.steps} lead={words.stepsLead} exported={as('step-figures')}>
        <StepFigures process={process} map={map.data} usual={figures.data?.usual ?? []} />
      </Section>
      {figures.data && (
        <div className={classes.uneven}>
          <Section name={words.weeks} exported={as('weeks')}>
            <Weeks weeks={figures.data.weeks} />
          </Section>
          <Section name={words.quality}>
            <Quality quality={figures.data.quality} />
          </Section>
        </div>
      )}
      <Section name={words.versions} exported={as('version-figures')}>
        <VersionTable process={process} figures={figures.data?.versions ?? []} />
      </Section>
      <div className={classes.uneven}>
        <Section name={words.policies}>
          <Policies process={process} />
        </Section>
        <Section name={words.starts}>
          <Starts process={process} />
        </Section>
      </div>
    </div>
  );
}

interface SectionProps {
  name: string;
  lead?: string;
  exported?: { list: ExportedList; query: Record<string, string> };
  children: ReactNode;
}

function Section({ name, lead, exported, children }: SectionProps) {
  return (
    <section className={classes.section} aria-label={name}>
      {exported ? <TitledList title={name} {...exported} /> : <h2>{name}</h2>}
      {lead !== undefined && <p className={classes.lead}>{lead}</p>}
      {children}
    </section>
  );
}

function Head({ process }: { process: ProcessDetail }) {
  const words = texts.processes;
  const { person } = useSession();
  const { days = '30' } = route.useSearch();
  const navigate = route.useNavigate();
  const [starting, setStarting] = useState(false);
  const newest = process.versions.find(({ version }) => version === process.version);
  return (
    <header>
      <div className={classes.crumbs}>
        <Link to="/processes">{words.back}</Link>
        <ChevronRight size={13} aria-hidden="true" />
        <span className="key">{process.key}</span>
      </div>
      <div className={classes.titleRow}>
        <h1 className={classes.title}>{process.name}</h1>
        <span className={classes.acts}>
          <Link to="/processes/$key/design" params={{ key: process.key }} className={classes.design}>
            <PencilRuler size={14} aria-hidden="true" /> {texts.designer.design}
          </Link>
          {person.admin && (
            <Link to="/processes/$key/design" params={{ key: process.key }} search={{ view: 'try' }} className={classes.design}>
              <FlaskConical size={14} aria-hidden="true" /> {texts.designer.tryIt}
            </Link>
          )}
          {process.manualStart && process.mayStart && (
            <Button leftSection={<Plus size={14} />} onClick={() => setStarting(true)}>
              {words.start}
            </Button>
          )}
        </span>
      </div>
      <div className={`${classes.titleRow} ${classes.about}`}>
        <p>
          {words.prefix(process.prefix)} · {words.version(process.version)}
          {newest && (
            <>
              , {newest.deployedBy ? `${words.published} ${newest.deployedBy.name}, ` : ''}
              <Moment at={newest.deployedAt} />
            </>
          )}
        </p>
        <Segments
          label={texts.tower.period}
          name="days"
          value={days}
          onChange={(chosen) => void navigate({ search: chosen === '30' ? {} : { days: chosen }, replace: true })}
          options={PERIODS.map((value) => ({ value, label: texts.tower.periods[value] }))}
        />
      </div>
      <StartCase process={starting ? process : null} close={() => setStarting(false)} />
    </header>
  );
}

function Starts({ process }: { process: ProcessDetail }) {
  const words = texts.processes;
  if (process.starts.length === 0) return <p className="dim">{words.startsNone}</p>;
  return (
    <ul className={classes.list}>
      {process.starts.map(({ how, what }) => (
        <li key={`${how} ${what}`}>{words.startsBy(how, what, process.key)}</li>
      ))}
    </ul>
  );
}
