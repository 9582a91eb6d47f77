/** What is shown upon a process's drawing: where the tokens are, the way they came, and what is in trouble. */
import type { CaseDetail } from '../api/types';
import { taken } from '../cases/standing';
import { initials } from '../ui/Avatar';

export interface Marks {
  tokens: Token[];
  visited: string[];
  travelled: string[];
  /** Of two versions compared: what is otherwise. */
  changes?: { node: string; change: 'added' | 'removed' | 'changed' | 'moved' }[];
  /** What is read aloud instead of where the case is. */
  said?: string;
}

export interface Token {
  node: string;
  /** What the badge says: the holder's initials when one person holds it, else how many tokens there are. */
  badge: string;
  title: string;
  trouble: boolean;
  /** From 1 to 4 how long work stands here; 5 is a handoff on its flow. Without it, a token of one case. */
  heat?: number;
}

export const NO_MARKS: Marks = { tokens: [], visited: [], travelled: [] };

export function marksOf(of: Pick<CaseDetail, 'tokens' | 'visited' | 'travelled' | 'openSteps' | 'tasks' | 'incidents'>): Marks {
  const troubled = new Set(of.incidents.map((incident) => incident.node));
  const counts = new Map(of.tokens.map(({ node, count }) => [node, count]));
  for (const node of troubled) if (!counts.has(node)) counts.set(node, 1);
  return {
    tokens: [...counts].map(([node, count]) => {
      const steps = of.openSteps.filter((step) => step.node === node);
      const [first] = steps;
      const holder = count === 1 && first && taken(first, of.tasks) ? first.holder : null;
      const who = steps
        .map((step) => (taken(step, of.tasks) ? step.holder?.name : undefined) ?? step.party?.name)
        .filter((name) => name !== undefined);
      return {
        node,
        badge: holder ? initials(holder.name) : String(count),
        title: [first?.name ?? node, ...new Set(who)].join(' · '),
        trouble: troubled.has(node),
      };
    }),
    visited: of.visited.map(({ node }) => node).filter((node) => !counts.has(node)),
    travelled: of.travelled,
  };
}
