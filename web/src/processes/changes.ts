/**
 * What is otherwise in another version: bpmn-js-differ finds the elements, and what is said about each comes from
 * comparing their attributes, those of Baton's extensions included.
 */
import { BpmnModdle } from 'bpmn-moddle';
import { diff } from 'bpmn-js-differ';
import type { SourceFile } from '../designer/project';

export interface Named {
  id: string;
  type: string;
  name: string;
}

/** `before` or `after` is null where it is not there. */
export interface Difference {
  what: string;
  before: string | null;
  after: string | null;
}

export interface Changes {
  added: Named[];
  removed: Named[];
  changed: (Named & { differences: Difference[] })[];
  moved: Named[];
  files: { name: string; change: 'added' | 'removed' | 'changed' }[];
}

interface Element {
  $type: string;
  id?: string;
  name?: string;
  $attrs?: Record<string, unknown>;
  [key: string]: unknown;
}

const NODES = /:(.*Task|.*Event|.*Gateway|SubProcess|CallActivity|Task)$/;
/** What stands elsewhere in the file, or follows from the flows. */
const LEFT_OUT = new Set(['$type', '$attrs', '$parent', 'id', 'di', 'incoming', 'outgoing', 'flowElements', 'lanes', 'flowNodeRef', 'artifacts', 'laneSets', 'boundaryEventRefs']);

export async function changesOf(before: string, after: string, filesBefore: readonly SourceFile[], filesAfter: readonly SourceFile[]): Promise<Changes> {
  const [a, b] = await Promise.all([before, after].map(async (xml) => (await new BpmnModdle().fromXML(xml)).rootElement as Element));
  if (a === undefined || b === undefined) throw new Error('no definitions');
  const { _added: added, _removed: removed, _changed: touched, _layoutChanged: moved } = diff(a, b);
  const [own, other] = [byId(a), byId(b)];
  const changed = [];
  for (const id of Object.keys(touched)) {
    const [old, now] = [own.get(id), other.get(id)];
    if (old === undefined || now === undefined) continue;
    const differences = compared(facts(old), facts(now));
    if (differences.length > 0) changed.push({ ...named(id, now), differences });
  }
  return {
    added: those(added, other),
    removed: those(removed, own),
    changed,
    moved: those(moved, other),
    files: filesChanged(filesBefore, filesAfter),
  };
}

/** The nodes that a token can be at. */
export function isNode({ type }: Named): boolean {
  return NODES.test(type);
}

/** The element of the other version that this one is most likely to be: of its kind, and called the same. */
export function proposed(node: Named, candidates: readonly Named[]): string {
  return candidates.find((each) => each.type === node.type && each.name === node.name)?.id ?? '';
}

function those(ids: Record<string, unknown>, of: Map<string, Element>): Named[] {
  return Object.keys(ids).flatMap((id) => {
    const element = of.get(id);
    return element === undefined ? [] : [named(id, element)];
  });
}

function named(id: string, element: Element): Named {
  return { id, type: element.$type, name: element.name ?? between(element) ?? id };
}

/** A flow that has no name of its own. */
function between({ sourceRef, targetRef }: Element): string | undefined {
  return isElement(sourceRef) && isElement(targetRef) ? `${sourceRef.name ?? sourceRef.id} → ${targetRef.name ?? targetRef.id}` : undefined;
}

function byId(root: Element): Map<string, Element> {
  const all = new Map<string, Element>();
  const visit = (value: unknown) => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (isElement(value)) {
      if (value.id !== undefined && all.get(value.id) === undefined) all.set(value.id, value);
      for (const [key, inner] of Object.entries(value)) if (!LEFT_OUT.has(key) || OWNS.has(key)) visit(inner);
    }
  };
  visit(root);
  return all;
}

/** Lists of elements that belong to the element; all else refers to elements elsewhere. */
const OWNS = new Set(['flowElements', 'lanes', 'laneSets']);

function isElement(value: unknown): value is Element {
  return typeof value === 'object' && value !== null && typeof (value as Element).$type === 'string';
}

/** All that is said of an element, by a name that people can read: `task accept-by`, `conditionExpression`. */
function facts(element: Element): Map<string, string> {
  const said = new Map<string, string>();
  const say = (prefix: string, of: Element, depth: number) => {
    const attributes = { ...of, ...of.$attrs };
    for (const [key, value] of Object.entries(attributes)) {
      if (LEFT_OUT.has(key) || key === '$children' || depth > 6) continue;
      const name = prefix === '' ? key : `${prefix} ${key}`;
      if (Array.isArray(value)) value.forEach((each, at) => isElement(each) && sayChild(prefix, each, at, depth));
      else if (isElement(value)) {
        if (value.id !== undefined && key.endsWith('Ref')) said.set(name, value.name ?? value.id);
        else say(key === 'extensionElements' ? prefix : name, value, depth + 1);
      } else if (value !== undefined && value !== null) said.set(name, String(value));
    }
    const children = of['$children'];
    if (Array.isArray(children)) children.forEach((each, at) => isElement(each) && sayChild(prefix, each, at, depth));
  };
  const sayChild = (prefix: string, child: Element, at: number, depth: number) => {
    const kind = child.$type.replace(/^.*:/, '') + (child.name === undefined ? (at === 0 ? '' : ` ${at + 1}`) : ` ${child.name}`);
    const name = prefix === '' ? kind : `${prefix} ${kind}`;
    said.set(name, '');
    say(name, child, depth + 1);
  };
  say('', element, 0);
  return said;
}

function compared(old: Map<string, string>, now: Map<string, string>): Difference[] {
  const names = new Set([...old.keys(), ...now.keys()]);
  return [...names]
    .filter((name) => old.get(name) !== now.get(name))
    .map((what) => ({ what, before: old.get(what) ?? null, after: now.get(what) ?? null }));
}

function filesChanged(before: readonly SourceFile[], after: readonly SourceFile[]): Changes['files'] {
  const files: Changes['files'] = [];
  for (const file of before.filter(isBeside)) {
    const now = after.find((each) => each.name === file.name);
    if (now === undefined) files.push({ name: file.name, change: 'removed' });
    else if (now.body !== file.body) files.push({ name: file.name, change: 'changed' });
  }
  for (const file of after.filter(isBeside)) {
    if (!before.some((each) => each.name === file.name)) files.push({ name: file.name, change: 'added' });
  }
  return files;
}

/** Forms and decisions; the process itself is compared element by element. */
function isBeside(file: SourceFile): boolean {
  return !file.name.endsWith('.bpmn');
}
