/** One process: its drawing, its steps and who does them, its versions. */
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ChevronRight, PencilRuler, Plus } from 'lucide-react';
import { useState } from 'react';
import { processesQuery, processQuery, teamsQuery } from '../api/queries';
import type { Process, ProcessDetail } from '../api/types';
import { Diagram } from '../diagram/Diagram';
import { NO_MARKS } from '../diagram/marks';
import { nodeType, texts } from '../texts';
import { Moment } from '../time/When';
import { LoadingRows } from '../ui/Loading';
import { Failure } from '../ui/Note';
import { usePageTitle } from '../ui/pageTitle';
import { StartCase } from './StartCase';
import classes from './Processes.module.css';

const route = getRouteApi('/processes/$key');

export function ProcessPage() {
  const { key } = route.useParams();
  const process = useQuery(processQuery(key));
  const listed = useQuery(processesQuery).data?.find((each) => each.key === key);
  usePageTitle(process.data?.name ?? key);
  if (process.data) return <OneProcess process={process.data} listed={listed} />;
  return (
    <div className={classes.page}>
      <h1>{key}</h1>
      {process.isPending && <LoadingRows rows={8} height={36} gap={16} />}
      {process.error && <Failure error={process.error} again={() => void process.refetch()} />}
    </div>
  );
}

function OneProcess({ process, listed }: { process: ProcessDetail; listed: Process | undefined }) {
  const words = texts.processes;
  const [starting, setStarting] = useState(false);
  return (
    <div className={classes.page}>
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
            {process.manualStart && (
              <Button leftSection={<Plus size={14} />} onClick={() => setStarting(true)}>
                {words.start}
              </Button>
            )}
          </span>
        </div>
        <p className="dim">
          {words.prefix(process.prefix)}{listed && ' · '}
          {listed && (
            <Link to="/cases" search={{ process: process.key }} className="link">
              {words.openCases(listed.openCases)}
            </Link>
          )}
        </p>
      </header>
      <Diagram process={process} marks={NO_MARKS} />
      <div className={classes.columns}>
        <Nodes process={process} />
        <section>
          <h2>{words.versions}</h2>
          <ul className={classes.versions}>
            {process.versions.toSorted((a, b) => b.version - a.version).map(({ version, deployedAt }) => (
              <li key={version}>
                <span>{words.version(version)}</span>
                <span className="dim">
                  <Moment at={deployedAt} />
                </span>
              </li>
            ))}
          </ul>
          {process.versions.length > 1 && (
            <Link to="/processes/$key/versions" params={{ key: process.key }} className="link">
              {words.compare}
            </Link>
          )}
        </section>
      </div>
      <StartCase process={starting ? process : null} close={() => setStarting(false)} />
    </div>
  );
}

/** Only what has a name: the others are the drawing's business. */
function Nodes({ process }: { process: ProcessDetail }) {
  const teams = useQuery(teamsQuery).data;
  const partyName = (key: string) => teams?.find((team) => team.key === key)?.name ?? key;
  const words = texts.processes.stepColumns;
  return (
    <section>
      <h2>{texts.processes.steps}</h2>
      <table className={classes.nodes}>
        <thead>
          <tr>
            <th scope="col">{words.step}</th>
            <th scope="col">{words.type}</th>
            <th scope="col">{words.party}</th>
          </tr>
        </thead>
        <tbody>
          {process.nodes
            .filter((node) => node.name)
            .map((node) => (
              <tr key={node.id}>
                <td>{node.name}</td>
                <td className="dim">{nodeType(node.type)}</td>
                <td className="dim">{node.party ? partyName(node.party) : texts.none}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
}
