/** The steps of a process: how many cases stand there now and for how long, how long it usually takes, and who sees to it that somebody acts. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { teamsQuery } from '../api/queries';
import type { Figures, LiveMap, Span } from '../api/tower';
import type { ProcessDetail } from '../api/types';
import { nodeType, texts } from '../texts';
import { duration } from '../time/time';
import { Count } from '../tower/Count';
import { useFirst } from '../tower/More';
import { readList } from '../tower/towerSearch';
import { stepRows } from './stepRows';
import classes from './Processes.module.css';

interface Props {
  process: ProcessDetail;
  map: LiveMap | undefined;
  usual: Figures['usual'];
}

/** How long a step took, and the cases from which that was counted. */
function Took({ list, said, span }: { list: string; said: string; span: Span }) {
  const { page, search } = readList(list);
  return (
    <Link to={page} search={search} title={said} data-list={list} className={classes.rate}>
      <span className="hidden">{said}: </span>
      {duration(span.seconds * 1000)}
    </Link>
  );
}

export function StepFigures({ process, map, usual }: Props) {
  const teams = useQuery(teamsQuery).data;
  const partyName = (key: string) => teams?.find((team) => team.key === key)?.name ?? key;
  const words = texts.processes;
  const columns = words.stepColumns;
  const { rows, more } = useFirst(stepRows(process.nodes, map?.nodes ?? [], usual));
  return (
    <>
      <table className={`${classes.grid} ${classes.steps}`}>
        <thead>
          <tr>
            <th scope="col">{columns.step}</th>
            <th scope="col">{columns.party}</th>
            {[columns.here, columns.untaken, columns.held, columns.usual, columns.p85].map((name) => (
              <th key={name} scope="col" className={classes.number}>
                {name}
              </th>
            ))}
            <th scope="col">{columns.policy}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ node, name, now, took, warmth }) => (
            <tr key={node.id} data-quiet={now === undefined || undefined}>
              <th scope="row">
                {name}
                <span className={classes.kind}>
                  {nodeType(node.type)}
                  {node.party && <span className={classes.alsoParty}> · {partyName(node.party)}</span>}
                </span>
              </th>
              <td data-label={columns.party}>{node.party ? partyName(node.party) : texts.none}</td>
              <td data-label={columns.here} className={classes.number}>
                {now ? <Count of={now} what={words.here(name)} /> : <span className="dim">0</span>}
              </td>
              <td data-label={columns.untaken} className={classes.number}>
                {now && now.untaken.count > 0 ? <Count of={now.untaken} what={texts.tower.map.untakenOf(name)} /> : texts.none}
              </td>
              <td data-label={columns.held} className={classes.number}>
                {now ? (
                  <Count of={now} what={words.here(name)} className={classes.warm}>
                    {duration(now.held.seconds * 1000)}
                    <span className={classes.warmth} style={{ width: `${Math.round(warmth * 100)}%` }} />
                  </Count>
                ) : (
                  texts.none
                )}
              </td>
              <td data-label={columns.usual} className={classes.number}>
                {took ? <Took list={took.recent} said={words.usuallyOf(name, took.n)} span={took.median} /> : texts.none}
              </td>
              <td data-label={columns.p85} className={classes.number}>
                {took ? <Took list={took.longest} said={words.longestOf(name, took.n)} span={took.p85} /> : texts.none}
              </td>
              <td data-label={columns.policy} data-none={!node.policy || undefined}>
                {node.policy ? (
                  <Link to="/company/$tab" params={{ tab: 'policies' }} className="link">
                    {node.policy}
                  </Link>
                ) : (
                  texts.none
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {more}
    </>
  );
}
