/** Two versions of a process side by side, what is otherwise in words, and the way to move running cases from one to the other. */
import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { bpmnQuery, filesQuery, processQuery } from '../api/queries';
import type { ProcessDetail } from '../api/types';
import { parse } from '../company/duration';
import { Diagram } from '../diagram/Diagram';
import { NO_MARKS, type Marks } from '../diagram/marks';
import { useSession } from '../session/session';
import { texts } from '../texts';
import { LoadingRows } from '../ui/Loading';
import { Empty, Failure } from '../ui/Note';
import { usePageTitle } from '../ui/pageTitle';
import { changesOf, type Changes } from './changes';
import { MoveCases } from './MoveCases';
import classes from './Processes.module.css';

const route = getRouteApi('/processes/$key/versions');

export function VersionsPage() {
  const { key } = route.useParams();
  const process = useQuery(processQuery(key));
  usePageTitle(texts.versions.title(process.data?.name ?? key));
  if (process.data) return <Versions process={process.data} />;
  return (
    <div className={classes.page}>
      <h1>{key}</h1>
      {process.isPending && <LoadingRows rows={8} height={36} gap={16} />}
      {process.error && <Failure error={process.error} again={() => void process.refetch()} />}
    </div>
  );
}

function Versions({ process }: { process: ProcessDetail }) {
  const words = texts.versions;
  const search = route.useSearch();
  const navigate = useNavigate();
  const numbers = process.versions.map((each) => each.version).toSorted((a, b) => b - a);
  const known = (text: string | undefined, other: number | undefined) => numbers.find((each) => String(each) === text) ?? other;
  const from = known(search.from, numbers[1]);
  const to = known(search.to, numbers[0]);
  const choose = (chosen: { from?: string; to?: string }) =>
    void navigate({ to: '/processes/$key/versions', params: { key: process.key }, search: { from: String(from), to: String(to), ...chosen }, replace: true });
  return (
    <div className={classes.page}>
      <header>
        <div className={classes.crumbs}>
          <Link to="/processes">{texts.processes.back}</Link>
          <ChevronRight size={13} aria-hidden="true" />
          <Link to="/processes/$key" params={{ key: process.key }}>
            {process.name}
          </Link>
          <ChevronRight size={13} aria-hidden="true" />
          <span>{words.crumb}</span>
        </div>
        <h1 className={classes.title}>{words.title(process.name)}</h1>
      </header>
      {from === undefined || to === undefined ? (
        <Empty title={words.onlyOne}>{words.onlyOneHow}</Empty>
      ) : (
        <>
          <div className={classes.chosen}>
            <Version label={words.from} numbers={numbers} value={from} choose={(version) => choose({ from: version })} />
            <Version label={words.to} numbers={numbers} value={to} choose={(version) => choose({ to: version })} />
          </div>
          {from === to ? <p className="dim">{words.same}</p> : <Compared key={`${from} ${to}`} process={process} from={from} to={to} />}
        </>
      )}
    </div>
  );
}

function Version({ label, numbers, value, choose }: { label: string; numbers: number[]; value: number; choose: (version: string) => void }) {
  return (
    <Select
      label={label}
      allowDeselect={false}
      data={numbers.map((each) => ({ value: String(each), label: texts.processes.version(each) }))}
      value={String(value)}
      onChange={(version) => version !== null && choose(version)}
    />
  );
}

function Compared({ process, from, to }: { process: ProcessDetail; from: number; to: number }) {
  const { person } = useSession();
  const changes = useChanges(process.key, from, to);
  if (changes.error) return <Failure error={changes.error} />;
  const found = changes.data;
  return (
    <>
      <div className={classes.beside}>
        <OneVersion process={process} version={from} marks={found ? marksOf(found, from, 'removed') : NO_MARKS} />
        <OneVersion process={process} version={to} marks={found ? marksOf(found, to, 'added') : NO_MARKS} />
      </div>
      {found ? (
        <>
          <ListOfChanges changes={found} />
          {person.admin && <MoveCases process={process.key} from={from} to={to} changes={found} />}
        </>
      ) : (
        <LoadingRows rows={4} height={24} gap={12} />
      )}
    </>
  );
}

function OneVersion({ process, version, marks }: { process: ProcessDetail; version: number; marks: Marks }) {
  return (
    <section aria-label={texts.processes.version(version)}>
      <h2>{texts.processes.version(version)}</h2>
      <Diagram process={{ key: process.key, name: process.name, version }} marks={marks} />
    </section>
  );
}

function useChanges(key: string, from: number, to: number) {
  const before = useQuery(bpmnQuery(key, from));
  const after = useQuery(bpmnQuery(key, to));
  const filesBefore = useQuery(filesQuery(key, from));
  const filesAfter = useQuery(filesQuery(key, to));
  const ready = before.data !== undefined && after.data !== undefined && filesBefore.data !== undefined && filesAfter.data !== undefined;
  const compared = useQuery({
    queryKey: ['changes', key, from, to],
    queryFn: () => changesOf(before.data ?? '', after.data ?? '', filesBefore.data ?? [], filesAfter.data ?? []),
    enabled: ready,
    staleTime: Infinity,
  });
  return { data: compared.data, error: before.error ?? after.error ?? filesBefore.error ?? filesAfter.error ?? compared.error };
}

function marksOf(changes: Changes, version: number, own: 'added' | 'removed'): Marks {
  const all = [
    ...changes[own].map(({ id }) => ({ node: id, change: own })),
    ...changes.changed.map(({ id }) => ({ node: id, change: 'changed' as const })),
    ...changes.moved.map(({ id }) => ({ node: id, change: 'moved' as const })),
  ];
  return { ...NO_MARKS, changes: all, said: texts.versions.marked(version, all.length) };
}

function ListOfChanges({ changes }: { changes: Changes }) {
  const words = texts.versions;
  const none = Object.values(changes).every((list) => list.length === 0);
  return (
    <section>
      <h2>{words.changes}</h2>
      {none && <p className="dim">{words.nothing}</p>}
      <ul className={classes.changes} aria-label={words.changes}>
        {(['added', 'removed', 'changed', 'moved'] as const).flatMap((kind) =>
          changes[kind].map((each) => (
            <li key={`${kind} ${each.id}`} data-change={kind}>
              <span className={classes.change}>{words.kinds[kind]}</span>
              <span>
                <strong>{each.name}</strong> <span className="dim">{typeOf(each.type)}</span>
                {'differences' in each &&
                  each.differences.map(({ what, before, after }) => <span key={what} className={classes.difference}>{words.difference(what, spoken(before), spoken(after))}</span>)}
              </span>
            </li>
          )),
        )}
        {changes.files.map(({ name, change }) => (
          <li key={name} data-change={change}>
            <span className={classes.change}>{words.kinds[change]}</span>
            <strong>{name}</strong>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** `P2D` is 2 days. */
function spoken(value: string | null): string | null {
  const amount = value === null || !value.startsWith('P') ? null : parse(value);
  return amount === null ? value : texts.durations.length(amount.count, amount.unit);
}

/** `bpmn:SequenceFlow` is a sequence flow. */
function typeOf(type: string): string {
  return type.replace(/^.*:/, '').replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}
