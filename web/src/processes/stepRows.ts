/** The steps of a process in the order in which they matter: where work stands longest comes first, then what usually takes longest. */
import type { Figures, MapNode } from '../api/tower';
import type { ProcessDetail } from '../api/types';

type Node = ProcessDetail['nodes'][number];

export interface StepRow {
  node: Node;
  name: string;
  now: MapNode | undefined;
  took: Figures['usual'][number] | undefined;
  /** From 0 to 1: the time that work has stood here against where it stands longest. */
  warmth: number;
}

/** What a token passes at once is the drawing's business. */
const PASSES = /Gateway$|^(startEvent|endEvent|intermediateThrowEvent)$/;

export function stepRows(nodes: readonly Node[], now: readonly MapNode[], usual: Figures['usual']): StepRow[] {
  const longest = Math.max(1, ...now.map(({ held }) => held.seconds));
  return nodes
    .map((node): StepRow => {
      const here = now.find((each) => each.node === node.id);
      return {
        node,
        name: node.name ?? here?.name ?? node.id,
        now: here,
        took: usual.find((each) => each.node === node.id),
        warmth: (here?.held.seconds ?? 0) / longest,
      };
    })
    .filter((row) => row.now !== undefined || (row.node.name !== null && !PASSES.test(row.node.type)))
    .toSorted((a, b) => (b.now?.held.seconds ?? -1) - (a.now?.held.seconds ?? -1) || (b.took?.median.seconds ?? -1) - (a.took?.median.seconds ?? -1));
}
