// A stand-in for the server while screens are made: the REST contract in memory, with thirty seeded cases of one process.
// `npm run dev:mock` puts Vite in front of it; `node dev/mock-server.mjs --dist` serves the built app under the real
// content security policy. Never part of the product. MOCK_SLOW_MS delays every answer, MOCK_PORT chooses the port.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cases, claim, complete, forms, people, process as definition, release, start, teams } from './mock-company.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const bpmn = readFileSync(join(here, 'vendor-payment.bpmn'), 'utf8');
const slow = Number(process.env.MOCK_SLOW_MS ?? 0);
let signedIn = !process.argv.includes('--signed-out');
let actingAs = null;

const ref = (id) => people.find((person) => person.id === id) && { id, name: people.find((p) => p.id === id).name };
const me = () => people.find((person) => person.id === (actingAs ?? 'p1'));
const problem = (status, code, detail, errors) => ({ status, body: { type: 'about:blank', title: code, status, code, detail, errors } });
const page = (items, query) => {
  const limit = Number(query.get('limit') ?? 50);
  const from = Number(query.get('cursor') ?? 0);
  return { items: items.slice(from, from + limit), next: from + limit < items.length ? String(from + limit) : null };
};
const incident = (one) => one.incidents.length > 0;
const summary = (one) => {
  const { key, title, process, state, owner, startedAt, endedAt, openSteps } = one.view();
  return { key, title, process, state, owner, startedAt, endedAt, openSteps, incidents: one.incidents.length };
};
const openTasks = () => cases.flatMap((one) => one.tasks()).toSorted((a, b) => (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9'));
const taskView = {
  mine: (task) => task.claimedBy?.id === me().id,
  team: (task) => !task.claimed && me().teams.includes(task.party?.key),
  all: () => true,
};
const may = (task) => {
  const mayClaim = !task.claimed && me().teams.includes(task.party.key);
  const mayRelease = task.claimedBy?.id === me().id;
  return { ...task, mayClaim, mayComplete: mayClaim || mayRelease, mayRelease };
};
const session = () => ({
  person: { ...ref(me().id), email: me().email, teams: me().teams, admin: me().id === 'p1' },
  actingAs: actingAs && ref(actingAs),
  demo: true,
  organisation: { name: 'Halden & Sons' },
});
const matches = (query) => (one) =>
  (!query.get('state') || (query.get('state') === 'incident' ? incident(one) : one.state === query.get('state'))) &&
  (!query.get('process') || query.get('process') === definition.key) &&
  (!query.get('owner') || one.owner === query.get('owner')) &&
  (!query.get('party') || one.view().openSteps.some((step) => step.party?.key === query.get('party'))) &&
  `${one.key} ${one.title}`.toLowerCase().includes((query.get('q') ?? '').toLowerCase());

const routes = [
  ['GET', '/session', () => (signedIn ? session() : problem(401, 'NotSignedIn'))],
  ['POST', '/session', (_, { body }) => (body.password === 'wrong' ? problem(401, 'BadCredentials') : ((signedIn = true), session()))],
  ['DELETE', '/session', () => void (signedIn = false)],
  ['PUT', '/session/acting-as', (_, { body }) => ((actingAs = body.person === 'p1' ? null : body.person), session())],
  ['DELETE', '/session/acting-as', () => ((actingAs = null), session())],
  ['GET', '/people', (_, { query }) => page(people.filter((p) => p.name.toLowerCase().includes((query.get('q') ?? '').toLowerCase())), query)],
  ['GET', '/teams', (_, { query }) => page(teams.map((t) => ({ ...t, members: people.filter((p) => p.teams.includes(t.key)).map((p) => ref(p.id)) })), query)],
  ['GET', '/overview', () => ({
    openCases: cases.filter((c) => c.state === 'open').length,
    myTasks: openTasks().filter(taskView.mine).length,
    teamTasks: openTasks().filter(taskView.team).length,
    overdueTasks: openTasks().filter((t) => t.overdue).length,
    incidents: cases.reduce((sum, c) => sum + c.incidents.length, 0),
    completedLast7Days: cases.filter((c) => c.state === 'completed').length,
  })],
  ['GET', '/processes', (_, { query }) => page([{ ...definition, openCases: cases.filter((c) => c.state === 'open').length }], query)],
  ['GET', '/processes/:key', () => definition.detail],
  ['GET', '/processes/:key/versions/:version/bpmn', () => ({ xml: bpmn })],
  ['GET', '/processes/:key/forms/:form', ({ form }) => forms[form] ?? problem(404, 'NoSuchForm')],
  ['GET', '/cases', (_, { query }) => page(cases.filter(matches(query)).map(summary), query)],
  ['POST', '/cases', (_, { body }) => ({ status: 201, body: summary(start(body.variables ?? {}, me())) })],
  ['GET', '/cases/:key', (_, { one }) => ({ ...one.view(), tasks: one.tasks().map(may) })],
  ['GET', '/cases/:key/steps', (_, { one }) => ({ items: one.steps })],
  ['GET', '/cases/:key/journal', (_, { one, query }) => page(one.journal.filter((e) => e.seq > Number(query.get('after') ?? 0)), query)],
  ['GET', '/cases/:key/variables', (_, { one }) => ({ scopes: [{ step: 0, variables: one.variables }] })],
  ['POST', '/cases/:key/cancellation', (_, { one, body }) => void one.cancel(body.reason, me())],
  ['POST', '/cases/:key/incidents/:id/resolution', (_, { one }) => void one.resolve(me())],
  ['GET', '/tasks', (_, { query }) => page(openTasks().filter(taskView[query.get('view') ?? 'all']).filter((t) => `${t.caseKey} ${t.caseTitle} ${t.name}`.toLowerCase().includes((query.get('q') ?? '').toLowerCase())).map(may), query)],
  ['GET', '/tasks/:id', (_, { task, one }) => ({ ...may(task), variables: one.variables, formSchema: forms[task.form] ?? null })],
  ['POST', '/tasks/:id/claim', (_, { task }) => (task.claimed ? problem(409, 'AlreadyClaimed', 'Somebody has claimed it.') : void claim(task.id, me()))],
  ['DELETE', '/tasks/:id/claim', (_, { task }) => void release(task.id, me())],
  ['POST', '/tasks/:id/completion', (_, { task, body }) =>
    body.variables?.iban === 'BAD' ? problem(422, 'InvalidVariables', 'One answer is not acceptable.', [{ field: 'iban', message: 'is not an IBAN' }]) : void complete(task.id, body.variables ?? {}, me())],
];

function answer(method, path, query, body) {
  for (const [verb, pattern, act] of routes) {
    const found = verb === method && new RegExp(`^${pattern.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}$`).exec(path);
    if (!found) continue;
    const names = found.groups ?? {};
    const one = pattern.startsWith('/cases/') ? cases.find((each) => each.key === names.key) : null;
    const task = names.id && pattern.startsWith('/tasks') ? openTasks().find((each) => each.id === names.id) : null;
    if (pattern.startsWith('/cases/') && !one) return problem(404, 'NoSuchCase', 'There is no such case.');
    if (pattern.startsWith('/tasks/:id') && !task) return problem(404, 'NoSuchTask', 'This task is not open.');
    return act(names, { query, body, task, one: one ?? cases.find((each) => each.key === task?.caseKey) });
  }
  return problem(404, 'NoSuchRoute');
}

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };

function file(path, response) {
  const known = TYPES[extname(path)] && path !== '/';
  response.setHeader('Content-Security-Policy', "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'");
  response.setHeader('Content-Type', TYPES[known ? extname(path) : '.html']);
  response.end(readFileSync(join(here, '../dist', known ? path : 'index.html')));
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://mock');
  if (!url.pathname.startsWith('/api')) return file(url.pathname, response);
  let text = '';
  for await (const chunk of request) text += chunk;
  await new Promise((resolve) => setTimeout(resolve, slow));
  const result = answer(request.method, url.pathname.slice(4), url.searchParams, text ? JSON.parse(text) : {}) ?? { status: 204 };
  response.setHeader('Set-Cookie', 'XSRF-TOKEN=mock; Path=/');
  response.statusCode = Number.isInteger(result.status) ? result.status : 200;
  if (response.statusCode === 204) return response.end();
  response.setHeader('Content-Type', response.statusCode >= 400 ? 'application/problem+json' : result.xml ? 'application/xml' : 'application/json');
  response.end(result.xml ?? JSON.stringify(Number.isInteger(result.status) ? result.body : result));
});

server.listen(Number(process.env.MOCK_PORT ?? 0), '127.0.0.1', async () => {
  const address = `http://127.0.0.1:${server.address().port}`;
  console.log(`mock server: ${address}`);
  if (!process.argv.includes('--with-vite')) return;
  process.env.BATON_API = address;
  const { createServer: createVite } = await import('vite');
  const vite = await createVite({ root: join(here, '..') });
  await vite.listen();
  vite.printUrls();
});
