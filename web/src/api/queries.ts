/** Every read the screens make, with its cache key. */
import { infiniteQueryOptions, queryOptions, type QueryClient } from '@tanstack/react-query';
import { ApiError, get, getText, withQuery } from './client';
import type {
  ApiToken,
  Calendar,
  CaseDetail,
  Delivery,
  CaseFiles,
  CaseSummary,
  Conversation,
  Country,
  FormSchema,
  Items,
  JournalEntry,
  OutboxLine,
  OutboxMail,
  LedgerView,
  Overview,
  Paper,
  Page,
  Person,
  PersonDetail,
  Policy,
  Process,
  ProcessDetail,
  Session,
  Step,
  Task,
  TaskDetail,
  TaskView,
  Team,
  VariableScope,
} from './types';

const FOREVER = Number.POSITIVE_INFINITY;
const path = encodeURIComponent;

/** null: nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return await get<Session>('/session', signal);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 60_000,
});

export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: ({ signal }) => get<Overview>('/overview', signal),
});

export const teamsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: async ({ signal }) => (await get<Page<Team>>('/teams?limit=200', signal)).items,
  staleTime: 60_000,
});

export const peopleQuery = (q: string) =>
  queryOptions({
    queryKey: ['people', q],
    queryFn: async ({ signal }) => (await get<Page<Person>>(withQuery('/people', { q, limit: 50 }), signal)).items,
    staleTime: 60_000,
  });

export type PeopleQuery = Partial<Record<'q' | 'team' | 'left', string>>;

export const peoplePagesQuery = (query: PeopleQuery) =>
  infiniteQueryOptions({
    queryKey: ['people', 'pages', query],
    queryFn: ({ signal, pageParam }) =>
      get<Page<Person>>(withQuery('/people', { ...query, cursor: pageParam, limit: 100 }), signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

export const personQuery = (id: string) =>
  queryOptions({ queryKey: ['person', id], queryFn: ({ signal }) => get<PersonDetail>(`/people/${path(id)}`, signal) });

export interface PersonAddress {
  channel: string;
  address: string;
  stopped: boolean;
}

/** Where somebody is reached beside their mail address. */
export const addressesQuery = (id: string) =>
  queryOptions({
    queryKey: ['person', id, 'addresses'],
    queryFn: async ({ signal }) => (await get<Items<PersonAddress>>(`/people/${path(id)}/addresses`, signal)).items,
  });

export const policiesQuery = queryOptions({
  queryKey: ['policies'],
  queryFn: async ({ signal }) => (await get<Page<Policy>>('/policies?limit=200', signal)).items,
});

export const calendarsQuery = queryOptions({
  queryKey: ['calendars'],
  queryFn: async ({ signal }) => (await get<Page<Calendar>>('/calendars?limit=200', signal)).items,
});

export const countriesQuery = queryOptions({
  queryKey: ['countries'],
  queryFn: async ({ signal }) => (await get<{ items: Country[] }>('/holidays/countries', signal)).items,
  staleTime: FOREVER,
  meta: { unchanging: true },
});

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: async ({ signal }) => (await get<Page<ApiToken>>('/tokens', signal)).items,
});

export const processesQuery = queryOptions({
  queryKey: ['processes'],
  queryFn: async ({ signal }) => (await get<Page<Process>>('/processes?limit=200', signal)).items,
  staleTime: 30_000,
});

export const processQuery = (key: string) =>
  queryOptions({
    queryKey: ['process', key],
    queryFn: ({ signal }) => get<ProcessDetail>(`/processes/${path(key)}`, signal),
  });

/** A version never changes, so its drawing is read once. */
export const bpmnQuery = (key: string, version: number) =>
  queryOptions({
    queryKey: ['bpmn', key, version],
    queryFn: ({ signal }) => getText(`/processes/${path(key)}/versions/${version}/bpmn`, signal),
    staleTime: FOREVER,
    meta: { unchanging: true },
  });

/** All files of a version, as they can be deployed again. */
export const filesQuery = (key: string, version: number) =>
  queryOptions({
    queryKey: ['files-of-version', key, version],
    queryFn: async ({ signal }) =>
      (await get<Items<{ name: string; body: string }>>(`/processes/${path(key)}/versions/${version}/files`, signal)).items,
    staleTime: FOREVER,
    meta: { unchanging: true },
  });

export const formQuery = (processKey: string, form: string) =>
  queryOptions({
    queryKey: ['form', processKey, form],
    queryFn: ({ signal }) => get<FormSchema>(`/processes/${path(processKey)}/forms/${path(form)}`, signal),
  });

export type CaseQuery = Record<string, string | undefined>;

export const casesQuery = (query: CaseQuery) =>
  infiniteQueryOptions({
    queryKey: ['cases', query],
    queryFn: ({ signal, pageParam }) =>
      get<Page<CaseSummary>>(withQuery('/cases', { ...query, cursor: pageParam, limit: 50 }), signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

export const caseQuery = (key: string) =>
  queryOptions({
    queryKey: ['case', key],
    queryFn: ({ signal }) => get<CaseDetail>(`/cases/${path(key)}`, signal),
  });

export const stepsQuery = (key: string) =>
  queryOptions({
    queryKey: ['steps', key],
    queryFn: async ({ signal }) => (await get<{ items: Step[] }>(`/cases/${path(key)}/steps`, signal)).items,
  });

export const variablesQuery = (key: string) =>
  queryOptions({
    queryKey: ['variables', key],
    queryFn: async ({ signal }) =>
      (await get<{ scopes: VariableScope[] }>(`/cases/${path(key)}/variables`, signal)).scopes,
  });

export const ledgerQuery = (key: string) =>
  queryOptions({
    queryKey: ['ledger', key],
    queryFn: ({ signal }) => get<LedgerView>(`/cases/${path(key)}/ledger`, signal),
  });

export const commentsQuery = (key: string) =>
  queryOptions({
    queryKey: ['comments', key],
    queryFn: ({ signal }) => get<Conversation>(`/cases/${path(key)}/comments`, signal),
  });

export const deliveriesQuery = (key: string) =>
  queryOptions({
    queryKey: ['deliveries', key],
    queryFn: async ({ signal }) => (await get<Items<Delivery>>(`/cases/${path(key)}/deliveries`, signal)).items,
  });

export const caseFilesQuery = (key: string) =>
  queryOptions({
    queryKey: ['files', key],
    queryFn: ({ signal }) => get<CaseFiles>(`/cases/${path(key)}/files`, signal),
  });

/** By the task's id, which names its case: so the journal's news refresh it. */
export const papersQuery = (task: string) =>
  queryOptions({
    queryKey: ['files', task],
    queryFn: async ({ signal }) => (await get<{ items: Paper[] }>(`/tasks/${path(task)}/papers`, signal)).items,
  });

export interface Journal {
  entries: JournalEntry[];
  /** More entries are known to follow. */
  more: boolean;
}

const JOURNAL_PAGE = 200;
const JOURNAL_PAGES_MAX = 10;

/** The journal only grows: what is known is kept, and a refresh asks for what came after it. */
export const journalQuery = (key: string, client: QueryClient) =>
  queryOptions({
    queryKey: ['journal', key],
    queryFn: async ({ signal, queryKey }): Promise<Journal> => {
      const entries = [...(client.getQueryData<Journal>(queryKey)?.entries ?? [])];
      let more = true;
      for (let page = 0; more && page < JOURNAL_PAGES_MAX; page++) {
        const after = entries.at(-1)?.seq;
        const answer = await get<Page<JournalEntry>>(
          withQuery(`/cases/${path(key)}/journal`, { after, limit: JOURNAL_PAGE }),
          signal,
        );
        entries.push(...answer.items);
        more = answer.next !== null && answer.items.length > 0;
      }
      return { entries, more };
    },
    structuralSharing: false,
  });

export const tasksQuery = (query: { view: TaskView | 'all'; q?: string; case?: string }) =>
  infiniteQueryOptions({
    queryKey: ['tasks', query],
    queryFn: ({ signal, pageParam }) =>
      get<Page<Task>>(withQuery('/tasks', { ...query, cursor: pageParam, limit: 50 }), signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

export const taskQuery = (id: string) =>
  queryOptions({
    queryKey: ['task', id],
    queryFn: ({ signal }) => get<TaskDetail>(`/tasks/${path(id)}`, signal),
  });

export const outboxQuery = infiniteQueryOptions({
  queryKey: ['outbox'],
  queryFn: ({ signal, pageParam }) =>
    get<Page<OutboxLine>>(withQuery('/outbox', { cursor: pageParam, limit: 50 }), signal),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.next,
});

/** A mail never changes. */
export const outboxMailQuery = (id: string) =>
  queryOptions({
    queryKey: ['outbox-mail', id],
    queryFn: ({ signal }) => get<OutboxMail>(`/outbox/${path(id)}`, signal),
    staleTime: FOREVER,
    meta: { unchanging: true },
  });
