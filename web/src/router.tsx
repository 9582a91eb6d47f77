/** The addresses of the app. Filters and the chosen task live in the address, so every view can be sent to somebody. */
import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { withQuery } from './api/client';
import { readCasesSearch } from './cases/casesSearch';
import { readAdminSearch, readAdminTab } from './admin/adminTabs';
import { readCompanyTab } from './company/companyTabs';
import { readDesignSearch } from './designer/designSearch';
import { readInboxSearch } from './inbox/inboxSearch';
import { readLedgerSearch } from './ledger/ledgerSearch';
import { readListSearch } from './lists/listSearch';
import { NoPage, PageBroken } from './shell/Lost';
import { Root } from './shell/Root';
import { homeQuery } from './api/tower';
import { TowerPage } from './tower/TowerPage';
import { readPeriod, readTowerSearch } from './tower/towerSearch';

/** The tower comes with the app; the other pages when a link to them is looked at, or they are opened. */
const root = createRootRouteWithContext<{ queries: QueryClient }>()({
  component: Root,
  notFoundComponent: NoPage,
  errorComponent: PageBroken,
});

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  // Signed out, or without an answer, the inbox is where one signs in or sees why.
  beforeLoad: async ({ context }) => {
    const page = await context.queries.fetchQuery(homeQuery).then(
      ({ page: first }) => first,
      () => 'inbox' as const,
    );
    throw redirect({ to: page === 'tower' ? '/tower' : '/inbox', replace: true });
  },
});

const tower = createRoute({
  getParentRoute: () => root,
  path: '/tower',
  validateSearch: readTowerSearch,
  component: TowerPage,
});

const tasks = createRoute({
  getParentRoute: () => root,
  path: '/tasks',
  validateSearch: readListSearch,
  component: lazyRouteComponent(() => import('./lists/TasksPage'), 'TasksPage'),
});

const incidents = createRoute({
  getParentRoute: () => root,
  path: '/incidents',
  validateSearch: readListSearch,
  component: lazyRouteComponent(() => import('./lists/IncidentsPage'), 'IncidentsPage'),
});

const ledger = createRoute({
  getParentRoute: () => root,
  path: '/ledger',
  validateSearch: readLedgerSearch,
  component: lazyRouteComponent(() => import('./ledger/LedgerPage'), 'LedgerPage'),
});
const ledgerCases = createRoute({
  getParentRoute: () => root,
  path: '/ledger/cases',
  validateSearch: readListSearch,
  component: lazyRouteComponent(() => import('./ledger/LedgerCasesPage'), 'LedgerCasesPage'),
});

const inbox = createRoute({
  getParentRoute: () => root,
  path: '/inbox',
  validateSearch: readInboxSearch,
  component: lazyRouteComponent(() => import('./inbox/InboxPage'), 'InboxPage'),
});

const cases = createRoute({
  getParentRoute: () => root,
  path: '/cases',
  validateSearch: readCasesSearch,
  component: lazyRouteComponent(() => import('./cases/CasesPage'), 'CasesPage'),
});

const oneCase = createRoute({ getParentRoute: () => root, path: '/cases/$key', component: lazyRouteComponent(() => import('./cases/CasePage'), 'CasePage') });
const processes = createRoute({ getParentRoute: () => root, path: '/processes', component: lazyRouteComponent(() => import('./processes/ProcessesPage'), 'ProcessesPage') });
const outbox = createRoute({ getParentRoute: () => root, path: '/outbox', component: lazyRouteComponent(() => import('./outbox/OutboxPage'), 'OutboxPage') });
const oneProcess = createRoute({
  getParentRoute: () => root,
  path: '/processes/$key',
  validateSearch: readPeriod,
  component: lazyRouteComponent(() => import('./processes/ProcessPage'), 'ProcessPage'),
});

const companyHome = createRoute({
  getParentRoute: () => root,
  path: '/company',
  beforeLoad: () => {
    throw redirect({ to: '/company/$tab', params: { tab: 'people' }, replace: true });
  },
});

const company = createRoute({
  getParentRoute: () => root,
  path: '/company/$tab',
  params: { parse: ({ tab }) => ({ tab: readCompanyTab(tab) }), stringify: ({ tab }) => ({ tab }) },
  component: lazyRouteComponent(() => import('./company/CompanyPage')),
});
const adminHome = createRoute({
  getParentRoute: () => root,
  path: '/admin',
  beforeLoad: () => {
    throw redirect({ to: '/admin/$tab', params: { tab: 'health' }, replace: true });
  },
});
const administration = createRoute({
  getParentRoute: () => root,
  path: '/admin/$tab',
  params: { parse: ({ tab }) => ({ tab: readAdminTab(tab) }), stringify: ({ tab }) => ({ tab }) },
  validateSearch: readAdminSearch,
  component: lazyRouteComponent(() => import('./admin/AdminPage')),
});
const account = createRoute({ getParentRoute: () => root, path: '/tokens', component: lazyRouteComponent(() => import('./account/AccountPage')) });

const design = createRoute({
  getParentRoute: () => root,
  path: '/processes/$key/design',
  validateSearch: readDesignSearch,
  component: lazyRouteComponent(() => import('./designer/DesignerPage')),
});

const versions = createRoute({
  getParentRoute: () => root,
  path: '/processes/$key/versions',
  validateSearch: (raw: Record<string, unknown>): { from?: string; to?: string } => ({
    ...(typeof raw['from'] === 'string' ? { from: raw['from'] } : {}),
    ...(typeof raw['to'] === 'string' ? { to: raw['to'] } : {}),
  }),
  component: lazyRouteComponent(() => import('./processes/VersionsPage'), 'VersionsPage'),
});

export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([home, tower, inbox, tasks, incidents, ledger, ledgerCases, cases, oneCase, processes, oneProcess, companyHome, company, adminHome, administration, account, design, versions, outbox]),
    context: { queries },
    // Every parameter is text: `?task=1042.10` must not become the number 1042.1.
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => withQuery('', search as Record<string, string>),
    defaultPreload: 'intent',
    scrollRestoration: true,
    scrollToTopSelectors: ['#content'],
    defaultErrorComponent: PageBroken,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
