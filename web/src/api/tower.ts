/** The control tower's part of the REST contract, and its reads. A `count` beside a `list` is how many items that list has. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { get, withQuery } from './client';
import type { Incident, Page, PartyRef, PersonRef, Task } from './types';

export interface Span {
  seconds: number;
  duration: string;
}

export interface Counted {
  count: number;
  list: string;
}

export interface Figure extends Counted {
  usual: number | null;
  trend: number[];
}

export interface Took extends Counted {
  span: Span | null;
  usual: Span | null;
}

export interface NeedAct {
  what: 'OPEN' | 'OFFER' | 'RETRY' | 'ACCEPT_OWNERSHIP' | 'AGREE' | 'CLEAR';
  method: 'POST' | 'DELETE' | null;
  path: string | null;
  body: Record<string, unknown> | null;
  person: PersonRef | null;
}

export interface Need {
  caseKey: string;
  caseTitle: string | null;
  process: { key: string; name: string };
  why: string;
  kind: string;
  suggestion: string | null;
  step: string | null;
  holder: PersonRef | null;
  since: string;
  due: string | null;
  act: NeedAct;
}

export interface Court extends Counted {
  party: PartyRef | null;
  person: PersonRef | null;
  steps: number;
  oldest: string;
  held: Span;
}

export interface Trouble extends Counted {
  kind: string;
  severity: 'HIGH' | 'MEDIUM' | 'LOW';
  late: Counted;
  oldest: string;
}

export interface DearestCase {
  caseKey: string;
  caseTitle: string | null;
  perDay: number;
  soFar: number;
}

export interface Tower {
  at: string;
  period: { days: number; since: string; usualPeriods: number };
  headline: {
    open: Figure;
    onTime: { share: number | null; usual: number | null; onTime: Counted; late: Counted } | null;
    atRisk: Figure;
    overdue: Figure;
    orphaned: Figure;
    throughput: Figure | null;
    median: Took | null;
    p85: Took | null;
  };
  needsYou: Need[];
  parties: Court[];
  people: Court[];
  personLoads: (Counted & { person: PersonRef; usual: number })[];
  teamLoads: (Counted & { team: PartyRef; usual: number })[];
  incidents: Trouble[];
  waiting: (Counted & { currency: string | null; perDay: number; soFar: number; dearest: DearestCase[] })[];
  changes: {
    since: string;
    started: Counted;
    completed: Counted | null;
    cancelled: Counted | null;
    overdue: Counted;
    incidents: Counted;
  };
}

export interface AgeColumn extends Counted {
  key: string;
  name: string;
  overP50: Counted | null;
  overP85: Counted | null;
  overP95: Counted | null;
  oldest: string;
}

export interface AgePoint {
  caseKey: string;
  caseTitle: string | null;
  column: string;
  startedAt: string;
  overdue: boolean;
  atRisk: boolean;
}

export interface Ageing {
  at: string;
  of: number;
  p50: Span | null;
  p85: Span | null;
  p95: Span | null;
  columns: AgeColumn[];
  oldest: AgePoint[];
}

export interface MapNode extends Counted {
  node: string;
  name: string;
  party: PartyRef | null;
  untaken: Counted;
  oldest: string;
  held: Span;
}

export interface LiveMap {
  process: { key: string; name: string; version: number };
  nodes: MapNode[];
  arcs: (Counted & { flow: string; from: PartyRef; to: PartyRef })[];
}

/** How one process does. All but what is open is of the period; the weeks are the last thirteen. */
export interface Figures {
  at: string;
  period: Tower['period'];
  headline: Tower['headline'];
  quality: { share: number | null; firstTimeRight: Counted; reworked: Counted };
  weeks: { since: string; before: string; completed: Counted; late: Counted }[];
  versions: VersionFigures[];
  /** `recent` and `longest` are lists: of the last cases counted, and of those in which the step took longest. */
  usual: { node: string; n: number; median: Span; p85: Span; countedAt: string; recent: string; longest: string }[];
}

export interface VersionFigures {
  version: number;
  open: Counted;
  completed: Counted;
  onTime: number | null;
  late: Counted;
  median: Span | null;
  p85: Span | null;
  firstTimeRight: number | null;
  reworked: Counted;
}

export type TowerQuery = Partial<Record<'process' | 'party' | 'owner' | 'variable' | 'value' | 'days', string>>;

export const homeQuery = queryOptions({
  queryKey: ['home'],
  queryFn: ({ signal }) => get<{ page: 'tower' | 'inbox' }>('/home', signal),
});

export const towerQuery = (query: TowerQuery) =>
  queryOptions({
    queryKey: ['tower', query],
    queryFn: ({ signal }) => get<Tower>(withQuery('/tower', query), signal),
  });

export const ageingQuery = (query: TowerQuery) =>
  queryOptions({
    queryKey: ['ageing', query],
    queryFn: ({ signal }) => get<Ageing>(withQuery('/tower/ageing', query), signal),
  });

export const mapQuery = (query: TowerQuery & { process: string }) =>
  queryOptions({
    queryKey: ['map', query],
    queryFn: ({ signal }) => get<LiveMap>(withQuery('/tower/map', query), signal),
  });

export const figuresQuery = (process: string, days: string) =>
  queryOptions({
    queryKey: ['figures', process, days],
    queryFn: ({ signal }) => get<Figures>(withQuery(`/processes/${encodeURIComponent(process)}/figures`, { days }), signal),
  });

export interface SavedView {
  id: string;
  name: string;
  page: 'tower' | 'cases' | 'ledger';
  query: string;
  owner: PersonRef | null;
  team: PartyRef | null;
  mine: boolean;
  digest: 'day' | 'week' | null;
}

export const savedViewsQuery = queryOptions({
  queryKey: ['views'],
  queryFn: async ({ signal }) => (await get<{ items: SavedView[] }>('/views', signal)).items,
  staleTime: 30_000,
});

export type ListQuery = Record<string, string | undefined>;

const pages = <T>(kind: 'tasks' | 'incidents', query: ListQuery) =>
  infiniteQueryOptions({
    queryKey: [kind, query],
    queryFn: ({ signal, pageParam }) =>
      get<Page<T>>(withQuery(`/${kind}`, { ...query, cursor: pageParam, limit: 50 }), signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

export const allTasksQuery = (query: ListQuery) => pages<Task>('tasks', { ...query, view: 'all' });

export const incidentsQuery = (query: ListQuery) => pages<ListedIncident>('incidents', query);

export interface ListedIncident extends Incident {
  caseTitle: string | null;
  severity: 'HIGH' | 'MEDIUM' | 'LOW';
  holder: PersonRef | null;
  suggestion: string;
  dueAt: string;
  overdue: boolean;
}
