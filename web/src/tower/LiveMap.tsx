/** The process as it is drawn, with how many cases stand where, how long by now, and which handoffs wait to be taken. */
import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLive } from '../api/live';
import { processesQuery } from '../api/queries';
import { mapQuery, type LiveMap as Map, type TowerQuery } from '../api/tower';
import { Diagram } from '../diagram/Diagram';
import type { Marks } from '../diagram/marks';
import { texts } from '../texts';
import { duration } from '../time/time';
import { Ago } from '../time/When';
import { LoadingRows } from '../ui/Loading';
import { Failure } from '../ui/Note';
import { Count } from './Count';
import { useFirst } from './More';
import classes from './Tower.module.css';

export function LiveMap({ query }: { query: TowerQuery }) {
  const words = texts.tower.map;
  const processes = useQuery(processesQuery).data ?? [];
  const busiest = processes.toSorted((a, b) => b.openCases - a.openCases)[0]?.key;
  const [chosen, setChosen] = useState<string | null>(null);
  const process = query.process ?? chosen ?? busiest;
  if (process === undefined) return <p className="dim">{words.none}</p>;
  return (
    <>
      {query.process === undefined && processes.length > 1 && (
        <Select
          size="xs"
          className={classes.mapSelect ?? ''}
          aria-label={words.process}
          data={processes.map(({ key, name }) => ({ value: key, label: name }))}
          value={process}
          onChange={setChosen}
          allowDeselect={false}
        />
      )}
      <Mapped query={{ ...query, process }} />
    </>
  );
}

function Mapped({ query }: { query: TowerQuery & { process: string } }) {
  const words = texts.tower.map;
  const map = useLive(mapQuery(query));
  const { rows, more } = useFirst((map.data?.nodes ?? []).toSorted((a, b) => b.held.seconds - a.held.seconds));
  if (map.error && !map.data) return <Failure error={map.error} again={() => void map.refetch()} />;
  if (!map.data) return <LoadingRows rows={8} height={30} />;
  const { nodes } = map.data;
  return (
    <>
      <MapDiagram map={map.data} />
      {nodes.length === 0 ? (
        <p className="dim">{words.empty}</p>
      ) : (
        <>
            <table className={classes.table}>
              <thead>
                <tr>
                  <th scope="col">{words.step}</th>
                  <th scope="col" data-wide-only>{words.party}</th>
                  <th scope="col" className={classes.number}>
                    {words.cases}
                  </th>
                  <th scope="col" className={classes.number}>
                    {words.untaken}
                  </th>
                  <th scope="col" className={classes.number}>
                    {words.held}
                  </th>
                  <th scope="col" className={classes.number} data-wide-only>
                    {words.oldest}
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map((node) => (
                  <tr key={node.node}>
                    <td>{node.name}</td>
                    <td className="dim" data-wide-only>
                      {node.party?.name ?? texts.none}
                    </td>
                    <td className={classes.number}>
                      <Count of={node} what={node.name} />
                    </td>
                    <td className={classes.number}>
                      <Count of={node.untaken} what={words.untakenOf(node.name)} />
                    </td>
                    <td className={classes.number}>
                      <Count of={node} what={node.name} className={classes.rate}>
                        {duration(node.held.seconds * 1000)}
                      </Count>
                    </td>
                    <td className={classes.number} data-wide-only>
                      <Count of={node} what={node.name} className={classes.rate}>
                        <Ago at={node.oldest} />
                      </Count>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          {more}
        </>
      )}
    </>
  );
}

export function MapDiagram({ map }: { map: Map }) {
  return <Diagram process={map.process} marks={marksOf(map)} />;
}

const HEATS = 4;

/** The hottest step is where work stands longest; the others are coloured against it. */
function marksOf(map: Map): Marks {
  const longest = Math.max(1, ...map.nodes.map((node) => node.held.seconds));
  const heat = (seconds: number) => Math.min(HEATS, Math.ceil((seconds / longest) * HEATS));
  return {
    visited: [],
    travelled: [],
    tokens: [
      ...map.nodes.map((node) => ({
        node: node.node,
        badge: node.count.toLocaleString(),
        title: `${node.name}: ${texts.tower.map.count(node.count)}, ${duration(node.held.seconds * 1000)}`,
        trouble: false,
        heat: heat(node.held.seconds),
      })),
      ...map.arcs.map((arc) => ({
        node: arc.flow,
        badge: arc.count.toLocaleString(),
        title: texts.tower.map.arc(arc.from.name, arc.to.name, arc.count),
        trouble: false,
        heat: HEATS + 1,
      })),
    ],
    said: texts.tower.map.said(map.nodes.length),
  };
}
