/** The addresses of the app. Filters and the chosen task live in the address, so every view can be sent to somebody. */
import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { withQuery } from './api/client';
import { CasePage } from './cases/CasePage';
import { CasesPage } from './cases/CasesPage';
import { readCasesSearch } from './cases/casesSearch';
import { readCompanyTab } from './company/companyTabs';
import { InboxPage } from './inbox/InboxPage';
import { readInboxSearch } from './inbox/inboxSearch';
import { OutboxPage } from './outbox/OutboxPage';
import { ProcessesPage } from './processes/ProcessesPage';
import { ProcessPage } from './processes/ProcessPage';
import { NoPage, PageBroken } from './shell/Lost';
import { Root } from './shell/Root';

const root = createRootRouteWithContext<{ queries: QueryClient }>()({
  component: Root,
  notFoundComponent: NoPage,
  errorComponent: PageBroken,
});

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/inbox', replace: true });
  },
});

const inbox = createRoute({
  getParentRoute: () => root,
  path: '/inbox',
  validateSearch: readInboxSearch,
  component: InboxPage,
});

const cases = createRoute({
  getParentRoute: () => root,
  path: '/cases',
  validateSearch: readCasesSearch,
  component: CasesPage,
});

const oneCase = createRoute({ getParentRoute: () => root, path: '/cases/$key', component: CasePage });
const processes = createRoute({ getParentRoute: () => root, path: '/processes', component: ProcessesPage });
const outbox = createRoute({ getParentRoute: () => root, path: '/outbox', component: OutboxPage });
const oneProcess = createRoute({ getParentRoute: () => root, path: '/processes/$key', component: ProcessPage });

const companyHome = createRoute({
  getParentRoute: () => root,
  path: '/company',
  beforeLoad: () => {
    throw redirect({ to: '/company/$tab', params: { tab: 'people' }, replace: true });
  },
});

/** Seldom visited: they come when they are asked for. */
const company = createRoute({
  getParentRoute: () => root,
  path: '/company/$tab',
  params: { parse: ({ tab }) => ({ tab: readCompanyTab(tab) }), stringify: ({ tab }) => ({ tab }) },
  component: lazyRouteComponent(() => import('./company/CompanyPage')),
});
const account = createRoute({ getParentRoute: () => root, path: '/tokens', component: lazyRouteComponent(() => import('./account/AccountPage')) });

const design = createRoute({
  getParentRoute: () => root,
  path: '/processes/$key/design',
  validateSearch: (raw: Record<string, unknown>): { template?: string } =>
    typeof raw['template'] === 'string' ? { template: raw['template'] } : {},
  component: lazyRouteComponent(() => import('./designer/DesignerPage')),
});

export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([home, inbox, cases, oneCase, processes, oneProcess, companyHome, company, account, design, outbox]),
    context: { queries },
    // Every parameter is text: `?task=1042.10` must not become the number 1042.1.
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => withQuery('', search as Record<string, string>),
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
