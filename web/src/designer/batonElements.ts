/**
 * Baton's extension elements in a BPMN model (`<baton:task due="P2D"/>`), read and changed without a schema: an attribute
 * that this screen does not know is kept as it is.
 */
export const BATON = 'urn:baton:bpmn:1';

/** Of the model, only what is needed here. */
export interface Moddle {
  $type: string;
  id?: string;
  name?: string;
  extensionElements?: { values?: Moddle[] } | undefined;
  $parent?: unknown;
  [name: string]: unknown;
}

export interface Factory {
  create(type: string, properties: object): Moddle;
  createAny(type: string, namespace: string, properties: object): Moddle;
}

export type Attributes = Record<string, string>;

/** The extension element of that kind, or undefined. */
export function find(of: Moddle, kind: string): Moddle | undefined {
  return of.extensionElements?.values?.find((each) => each.$type === kind);
}

export function attributes(of: Moddle | undefined): Attributes {
  if (of === undefined) return {};
  const own = Object.entries(of).filter(
    (entry): entry is [string, string] => !entry[0].startsWith('$') && typeof entry[1] === 'string',
  );
  return Object.fromEntries(own);
}

export function attribute(of: Moddle, kind: string, name: string): string {
  return attributes(find(of, kind))[name] ?? '';
}

/** What `extensionElements` becomes when that attribute does; undefined when nothing is left in it. */
export function withAttribute(of: Moddle, kind: string, name: string, value: string, factory: Factory): Moddle | undefined {
  const all = of.extensionElements?.values ?? [];
  const old = find(of, kind);
  const { [name]: _, ...others } = attributes(old);
  const now = value === '' ? others : { ...others, [name]: value };
  const children = old?.['$children'] as Moddle[] | undefined;
  const keep = Object.keys(now).length > 0 || (children?.length ?? 0) > 0;
  const made = keep ? factory.createAny(kind, BATON, { ...now, ...(children ? { $children: children } : {}) }) : undefined;
  const values = all.flatMap((each) => (each === old ? (made ?? []) : each));
  if (old === undefined && made !== undefined) values.push(made);
  if (values.length === 0) return undefined;
  const extension = factory.create('bpmn:ExtensionElements', { values });
  for (const each of values) each.$parent = extension;
  extension.$parent = of;
  return extension;
}
