/**
 * A process as an indented list of steps, for people who do not think in diagrams: in the order of the flow, each branch
 * of a choice one level deeper, and where a flow comes back to a step that was told already, a line that says so.
 */
import { attribute, type Moddle } from './batonElements';

export interface Flow extends Moddle {
  sourceRef: FlowNode;
  targetRef: FlowNode;
  conditionExpression?: { body?: string };
}

export interface FlowNode extends Moddle {
  id: string;
  outgoing?: Flow[];
  incoming?: Flow[];
  lanes?: Moddle[];
  default?: Flow;
  attachedToRef?: FlowNode;
  flowElements?: Moddle[];
}

export interface Line {
  /** A node, or for `branch` the flow that leads there. */
  id: string;
  kind: 'step' | 'event' | 'choice' | 'parallel' | 'branch' | 'exception' | 'back' | 'inside';
  depth: number;
  name: string;
  /** The party whose work it is: named at the step, else by its lane. */
  team: string;
  lane: string;
  due: string;
  policy: string;
  /** The condition of a branch. */
  when: string;
  /** The branch that is taken when no condition holds. */
  otherwise: boolean;
  /** A branch of which conditions decide whether it is taken. */
  choice: boolean;
}

const LINES_MAX = 2_000;

export function outline(process: Moddle): Line[] {
  const lines: Line[] = [];
  const told = new Set<string>();
  const parties = partiesOf(process);
  walk(process, 0);
  return lines;

  function walk(scope: Moddle, depth: number) {
    const nodes = ((scope['flowElements'] as Moddle[] | undefined) ?? []).filter(isNode);
    const starts = nodes.filter((node) => (node.incoming ?? []).length === 0 && node.$type !== 'bpmn:BoundaryEvent');
    for (const start of starts) follow(start, depth);
    // What only a circle leads to.
    for (const node of nodes) if (!told.has(node.id) && node.$type !== 'bpmn:BoundaryEvent') follow(node, depth);
  }

  function follow(first: FlowNode, depth: number) {
    let node: FlowNode | undefined = first;
    while (node !== undefined && lines.length < LINES_MAX) {
      if (told.has(node.id)) {
        if (named(node)) add(node, 'back', depth);
        else backToNext(node, depth);
        return;
      }
      told.add(node.id);
      const out: Flow[] = node.outgoing ?? [];
      if (isTold(node)) add(node, kindOf(node), depth);
      if (node.flowElements) walk(node, depth + 1);
      exceptions(node, depth);
      if (out.length > 1) {
        for (const flow of out) branch(flow, depth + 1);
        return;
      }
      node = out[0]?.targetRef;
    }
  }

  /** A gateway without a name says nothing: the step behind it does. */
  function backToNext(node: FlowNode, depth: number) {
    const seen = new Set<string>();
    let next: FlowNode | undefined = node;
    while (next !== undefined && !named(next) && !seen.has(next.id)) {
      seen.add(next.id);
      next = next.outgoing?.length === 1 ? next.outgoing[0]?.targetRef : undefined;
    }
    if (next !== undefined && named(next)) add(next, 'back', depth);
  }

  function branch(flow: Flow, depth: number) {
    lines.push({
      id: flow.id ?? '', kind: 'branch', depth, name: flow.name ?? '', team: '', lane: '', due: '', policy: '',
      when: flow.conditionExpression?.body ?? '',
      otherwise: flow.sourceRef.default?.id === flow.id,
      choice: /(Exclusive|Inclusive)Gateway$/.test(flow.sourceRef.$type),
    });
    follow(flow.targetRef, depth + 1);
  }

  function exceptions(node: FlowNode, depth: number) {
    const scope = node.$parent as Moddle | undefined;
    const all = ((scope?.['flowElements'] as Moddle[] | undefined) ?? []).filter(isNode);
    for (const event of all.filter((each) => each.attachedToRef?.id === node.id)) {
      told.add(event.id);
      add(event, 'exception', depth + 1);
      for (const flow of event.outgoing ?? []) follow(flow.targetRef, depth + 2);
    }
  }

  function add(node: FlowNode, kind: Line['kind'], depth: number) {
    lines.push({
      id: node.id, kind, depth,
      name: node.name ?? '',
      team: attribute(node, 'baton:task', 'team'),
      lane: parties.get(node.id) ?? '',
      due: attribute(node, 'baton:task', 'due'),
      policy: attribute(node, 'baton:task', 'policy'),
      when: '',
      otherwise: false,
      choice: false,
    });
  }
}

export function isNode(of: Moddle): of is FlowNode {
  return !['bpmn:SequenceFlow', 'bpmn:DataObject', 'bpmn:DataObjectReference', 'bpmn:DataStoreReference'].includes(of.$type);
}

/** A gateway or an event without a name says nothing; a step is told also before it has one. */
function isTold(node: FlowNode): boolean {
  return named(node) || (node.outgoing ?? []).length > 1 || ['step', 'inside'].includes(kindOf(node));
}

function named(node: FlowNode): boolean {
  return (node.name ?? '') !== '';
}

function kindOf(node: FlowNode): Line['kind'] {
  if (node.$type.endsWith('ParallelGateway')) return 'parallel';
  if (node.$type.endsWith('Gateway')) return 'choice';
  if (node.$type.endsWith('Event')) return 'event';
  return node.flowElements ? 'inside' : 'step';
}

/** The innermost lane that names a node. */
function partiesOf(process: Moddle): Map<string, string> {
  const parties = new Map<string, string>();
  const read = (set: Moddle | undefined) => {
    for (const lane of (set?.['lanes'] as Moddle[] | undefined) ?? []) {
      for (const node of (lane['flowNodeRef'] as Moddle[] | undefined) ?? []) parties.set(node.id ?? '', lane.name ?? '');
      read(lane['childLaneSet'] as Moddle | undefined);
    }
  };
  for (const set of (process['laneSets'] as Moddle[] | undefined) ?? []) read(set);
  return parties;
}
