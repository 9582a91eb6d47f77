/** Moves running cases to another version: what is gone is mapped, the whole is tried, then done portion by portion. */
import { Button, Progress, Select } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { write } from '../api/client';
import { versions } from '../texts/versions';
import { Failure } from '../ui/Note';
import { isNode, proposed, type Changes } from './changes';
import classes from './Processes.module.css';

interface Hindrance {
  element: string;
  name: string;
  reason: string;
  suggestion: string;
}

interface Result {
  caseKey: string;
  outcome: 'POSSIBLE' | 'MIGRATED' | 'HINDERED' | 'GONE';
  hindrances: Hindrance[];
}

interface Portion {
  items: Result[];
  left: number;
  next: string | null;
}

/** Where a run of portions stands; `left` cases are still to come. */
interface Standing {
  dryRun: boolean;
  results: Result[];
  left: number;
  over: boolean;
}

const PORTION = 100;
const SHOWN_MAX = 200;

export function MoveCases({ process, from, to, changes }: { process: string; from: number; to: number; changes: Changes }) {
  const words = versions;
  const gone = changes.removed.filter(isNode);
  const candidates = changes.added.filter(isNode);
  const [moves, setMoves] = useState<Record<string, string>>(() => Object.fromEntries(gone.map((each) => [each.id, proposed(each, candidates)])));
  const [standing, setStanding] = useState<Standing | null>(null);
  const [error, setError] = useState<unknown>(null);
  const left = useRef(false);
  const client = useQueryClient();
  useEffect(() => () => void (left.current = true), []);

  const run = async (dryRun: boolean) => {
    setError(null);
    const results: Result[] = [];
    const body = { to, moves: Object.fromEntries(Object.entries(moves).filter(([, target]) => target !== '')) };
    try {
      let cursor: string | null = '0';
      while (cursor !== null && !left.current) {
        const path: string = `/processes/${encodeURIComponent(process)}/versions/${from}/migrations?dryRun=${dryRun}&limit=${PORTION}&cursor=${cursor}`;
        const portion: Portion = await write<Portion>('POST', path, body, crypto.randomUUID());
        results.push(...portion.items);
        cursor = portion.next;
        setStanding({ dryRun, results: [...results], left: portion.left, over: cursor === null });
      }
    } catch (failed) {
      setError(failed);
      setStanding((now) => now && { ...now, over: true });
    }
    if (!dryRun) void client.invalidateQueries();
  };
  const busy = standing !== null && !standing.over;
  const possible = standing?.dryRun === true && standing.over ? standing.results.filter((each) => each.outcome === 'POSSIBLE').length : 0;
  return (
    <section className={classes.move}>
      <h2>{words.migrate}</h2>
      <p className="dim">{words.migrateLead(from, to)}</p>
      {gone.length > 0 && (
        <fieldset className={classes.mapping} disabled={busy}>
          <legend>{words.mapping}</legend>
          <p className="dim">{words.mappingHow}</p>
          {gone.map((each) => (
            <Select
              key={each.id}
              label={words.mapTo(each.name)}
              data={[
                { value: '', label: words.notMapped },
                ...candidates.filter(({ type }) => type === each.type).map(({ id, name }) => ({ value: id, label: name })),
              ]}
              allowDeselect={false}
              value={moves[each.id] ?? ''}
              onChange={(target) => {
                setMoves({ ...moves, [each.id]: target ?? '' });
                setStanding(null);
              }}
            />
          ))}
        </fieldset>
      )}
      <div className={classes.acts}>
        <Button variant="default" disabled={busy} onClick={() => void run(true)}>
          {words.tryIt}
        </Button>
        {possible > 0 && <Button onClick={() => void run(false)}>{words.move(possible)}</Button>}
      </div>
      {error !== null && <Failure error={error} />}
      {standing && <Standings standing={standing} />}
    </section>
  );
}

function Standings({ standing }: { standing: Standing }) {
  const words = versions;
  const { results, left, over, dryRun } = standing;
  const count = (outcome: Result['outcome']) => results.filter((each) => each.outcome === outcome).length;
  const said = dryRun ? words.tried(count('POSSIBLE'), count('HINDERED')) : words.moved(count('MIGRATED'), count('HINDERED'));
  return (
    <>
      {!over && <Progress value={(100 * results.length) / (results.length + left)} aria-label={dryRun ? words.trying : words.moving} />}
      <p role="status">{over && results.length === 0 ? words.noCases : said}</p>
      <Reasons results={results} />
      {results.length > 0 && <Results results={results} />}
    </>
  );
}

/** Grouped: one line for a reason, however many cases it keeps. */
function Reasons({ results }: { results: Result[] }) {
  const words = versions;
  const groups = new Map<string, { first: Hindrance; cases: number }>();
  for (const { hindrances } of results) {
    for (const each of hindrances) {
      const key = `${each.element} ${each.reason}`;
      groups.set(key, { first: each, cases: (groups.get(key)?.cases ?? 0) + 1 });
    }
  }
  if (groups.size === 0) return null;
  return (
    <>
      <h3>{words.why}</h3>
      <ul className={classes.changes} aria-label={words.why}>
        {[...groups].map(([key, { first, cases }]) => (
          <li key={key} data-change="removed">
            <span className={classes.change}>{words.cases(cases)}</span>
            <span>
              {words.reason(first.name, first.reason)}
              <span className={classes.difference}>{first.suggestion}</span>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Results({ results }: { results: Result[] }) {
  const words = versions;
  return (
    <details>
      <summary>{words.results}</summary>
      {results.length > SHOWN_MAX && <p className="dim">{words.shown(SHOWN_MAX, results.length)}</p>}
      <table className={classes.nodes} aria-label={words.results}>
        <thead>
          <tr>
            <th scope="col">{words.columns.case}</th>
            <th scope="col">{words.columns.outcome}</th>
            <th scope="col">{words.columns.why}</th>
          </tr>
        </thead>
        <tbody>
          {results.slice(0, SHOWN_MAX).map((each) => (
            <tr key={each.caseKey}>
              <td>
                <Link to="/cases/$key" params={{ key: each.caseKey }} className="link">
                  {each.caseKey}
                </Link>
              </td>
              <td>{words.outcomes[each.outcome]}</td>
              <td className="dim">{each.hindrances.map(({ name, reason }) => words.reason(name, reason)).join('; ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
