/** What the administrator's pages read. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { get, withQuery } from './client';
import type { Items, Page, PersonRef } from './types';

export interface Brand {
  name: string;
  colour: string;
  logo: string | null;
  linkDays: number;
}

export interface AuditEntry {
  id: string;
  at: string;
  by: PersonRef;
  actingAs?: PersonRef | null;
  program: boolean;
  act: string;
  about?: PersonRef | null;
  subject?: string | null;
  detail?: string | null;
}

export interface OwnedToken {
  id: string;
  name: string;
  person: PersonRef;
  admin: boolean;
  createdAt: string;
  expiresAt: string;
}

export interface Store {
  version: string;
  embedded: boolean;
  bytes: number;
  connections: number;
  connectionsMax: number;
  tables: { name: string; bytes: number; rows: number }[];
}

export interface Connections {
  mailOut: { server?: string | null; from: string; last?: { at: string; delivered: boolean; reason?: string | null } | null };
  mailIn: { domain?: string | null; receiver?: string | null; mailbox?: string | null };
  scim: { path: string; people: number; teams: number };
  workers: { worker: string; types: string[]; at: string; taken: number }[];
  jobTypes: { type: string; open: number; leased: number; failed: number; oldest: string }[];
  database: Store;
}

export interface Channel {
  name: string;
  preference: string;
  setUp: 'ON' | 'OUTBOX' | 'OFF';
  where?: string | null;
  settings: string[];
  /** The path to which the other side sends what people do there; it is heard only once its secret is set. */
  callback?: string | null;
  hears: boolean;
  lastSuccessAt?: string | null;
  lastErrorAt?: string | null;
  lastError?: string | null;
}

export type QueueName = 'TIMERS' | 'DELIVERIES' | 'JOBS' | 'MAIL_IN' | 'KEPT_MAILS' | 'MESSAGES' | 'TASKS';

export interface Loop {
  name: string;
  working: boolean;
  seconds: number;
  failures: number;
  failure?: string | null;
}

export interface NodeSeen {
  name: string;
  version: string;
  startedAt: string;
  seenAt: string;
  gone: boolean;
  loops: Loop[];
}

export interface Health {
  at: string;
  version: string;
  nodes: NodeSeen[];
  queues: { queue: QueueName; waiting: number; oldest?: string | null }[];
  countMax: number;
  database: Store;
  verified?: { at: string; cases: number; entries: number; problems: number } | null;
}

export interface KeptMail {
  id: string;
  from: string;
  subject: string;
  recipient: string;
  receivedAt: string;
  bytes: number;
  problem: string;
}

export interface KeptMailDetail {
  mail: KeptMail;
  text: string;
  files: { name: string; type: string; bytes: number }[];
  mentions: string[];
}

const pages = <Item>(key: string, path: string, query: Record<string, string | undefined>) =>
  infiniteQueryOptions({
    queryKey: [key, query],
    queryFn: ({ signal, pageParam }) => get<Page<Item>>(withQuery(path, { ...query, cursor: pageParam, limit: 50 }), signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

export const auditQuery = (query: Record<string, string | undefined>) => pages<AuditEntry>('audit', '/audit', query);
export const allTokensQuery = pages<OwnedToken>('all-tokens', '/connections/tokens', {});
export const keptMailsQuery = pages<KeptMail>('kept-mails', '/kept-mails', {});

export const keptMailQuery = (id: string) =>
  queryOptions({ queryKey: ['kept-mail', id], queryFn: ({ signal }) => get<KeptMailDetail>(`/kept-mails/${id}`, signal) });

export const channelsQuery = queryOptions({
  queryKey: ['channels'],
  queryFn: async ({ signal }) => (await get<Items<Channel>>('/channels', signal)).items,
});

export const connectionsQuery = queryOptions({
  queryKey: ['connections'],
  queryFn: ({ signal }) => get<Connections>('/connections', signal),
});

export const brandQuery = queryOptions({ queryKey: ['brand'], queryFn: ({ signal }) => get<Brand>('/brand', signal) });

export const healthQuery = queryOptions({ queryKey: ['health'], queryFn: ({ signal }) => get<Health>('/health', signal) });
