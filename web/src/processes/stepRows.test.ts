import { expect, it } from 'vitest';
import type { Figures, MapNode } from '../api/tower';
import { stepRows } from './stepRows';

const node = (id: string, type = 'userTask', name: string | null = id) => ({ id, name, type, party: null, policy: null });
const span = (seconds: number) => ({ seconds, duration: '' });
const here = (id: string, seconds: number): MapNode => ({
  node: id, name: id, party: null, count: 1, list: '', untaken: { count: 0, list: '' }, oldest: '', held: span(seconds),
});
const usual = (id: string, seconds: number): Figures['usual'][number] => ({ node: id, n: 20, median: span(seconds), p85: span(seconds), countedAt: '', recent: 'cases', longest: 'cases' });

it('puts where work stands longest first, then what usually takes longest, and leaves out what is passed at once', () => {
  const nodes = [node('begin', 'startEvent'), node('quick'), node('either', 'exclusiveGateway'), node('slow'), node('checked'), node('paid'), node('unnamed', 'serviceTask', null)];
  const rows = stepRows(nodes, [here('checked', 5), here('paid', 20)], [usual('quick', 1), usual('slow', 90), usual('paid', 2)]);
  expect(rows.map(({ node: { id } }) => id)).toEqual(['paid', 'checked', 'slow', 'quick']);
  expect(rows.map(({ warmth }) => warmth)).toEqual([1, 0.25, 0, 0]);
  expect(rows[0]?.took?.n).toBe(20);
});

it('shows what is passed at once where a case stands at it all the same', () => {
  expect(stepRows([node('join', 'parallelGateway', null)], [here('join', 0)], [])).toHaveLength(1);
});
