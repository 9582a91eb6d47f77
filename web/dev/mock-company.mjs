// The mock's company: people, teams, and cases of a vendor payment that advance by a few rules, seeded so that every
// start looks the same.
const HOUR = 3_600_000;
const now = Date.now();
let seed = 20261122;
const random = () => ((seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648);
const pick = (list) => list[Math.floor(random() * list.length)];
const iso = (time) => new Date(time).toISOString();

export const teams = [
  { key: 'accounts-payable', name: 'Accounts payable', kind: 'team' },
  { key: 'budget-owner', name: 'Budget owner', kind: 'team' },
  { key: 'legal', name: 'Legal', kind: 'team' },
  { key: 'treasury', name: 'Treasury', kind: 'team' },
];
const names = ['Ines Okafor', 'Mara Lind', 'Jonas Weber', 'Priya Raman', 'Tomás Herrera', 'Aiko Tanaka', 'Lena Fischer', 'Samuel Mensah', 'Chloé Martin', 'Viktor Novak', 'Amara Diallo', 'Erik Sandberg', 'Yara Haddad', 'Noah Clarke', 'Sofia Ricci', 'Daniel Osei'];
export const people = names.map((name, i) => ({
  id: `p${i + 1}`, name, kind: 'member', email: `${name.split(' ')[0].toLowerCase()}@example.org`,
  teams: i === 0 ? ['accounts-payable', 'treasury'] : [teams[i % 4].key],
}));
const ref = (person) => person && { id: person.id, name: person.name };
const teamOf = (key) => { const team = teams.find((each) => each.key === key); return team && { key: team.key, name: team.name }; };

const AP = 'accounts-payable';
const nodes = {
  received: ['Invoice received', 'startEvent', AP], match: ['Three-way match', 'serviceTask', AP], matched: ['Matches?', 'exclusiveGateway', AP],
  clarify: ['Clarify with vendor', 'userTask', AP], register: ['Register invoice', 'userTask', AP], amount: ['Decide approval level', 'businessRuleTask', AP],
  split: [null, 'parallelGateway', AP], approve: ['Approve invoice', 'userTask', 'budget-owner'], 'check-contract': ['Check contract', 'userTask', 'legal'],
  join: [null, 'parallelGateway', AP], approved: ['Approved?', 'exclusiveGateway', AP], rejected: ['Rejected', 'endEvent', AP],
  release: ['Release payment', 'userTask', 'treasury'], bank: ['Bank confirms', 'receiveTask', 'treasury'], remit: ['Send remittance advice', 'sendTask', AP], paid: ['Paid', 'endEvent', AP],
};
const next = {
  received: ['match'], match: ['matched'], matched: (c) => [c.variables.matches ? 'register' : 'clarify'], clarify: ['amount'], register: ['amount'], amount: ['split'],
  split: ['approve', 'check-contract'], approve: ['join'], 'check-contract': ['join'], join: ['approved'],
  approved: (c) => [c.variables.decision === 'reject' ? 'rejected' : 'release'], release: ['bank'], bank: ['remit'], remit: ['paid'],
};
const waits = (node) => ['userTask', 'receiveTask'].includes(nodes[node][1]);

const key = 'vendor-payment';
const deployed = [1, 2, 3].map((version) => ({ version, deployedAt: iso(now - (4 - version) * 600 * HOUR), deployedBy: null }));
export const process = {
  key, name: 'Vendor payment', prefix: 'PAY', version: 3, deployedAt: deployed[2].deployedAt, startForm: 'new-invoice', manualStart: true, mayStart: true,
  detail: {
    key, name: 'Vendor payment', prefix: 'PAY', version: 3, versions: deployed, manualStart: true, mayStart: true, startForm: 'new-invoice', starts: [{ how: 'BY_HAND', what: null }],
    nodes: Object.entries(nodes).map(([id, [name, type, party]]) => ({ id, name, type, party })),
  },
};

const text = (label, field, more) => ({ type: 'textfield', label, key: field, ...more });
const required = { validate: { required: true } };
const form = (id, title, ...components) => ({ id, type: 'default', schemaVersion: 18, components: [{ type: 'text', text: title }, ...components].map((c, i) => ({ id: `${id}${i}`, ...c })) });
const invoice = [
  text('Vendor', 'vendor', required),
  { type: 'number', label: 'Amount', key: 'amount', decimalDigits: 2, appearance: { prefixAdorner: 'EUR' }, validate: { required: true, min: 1 } },
  text('Invoice number', 'invoiceNumber', { ...required, description: 'As printed on the invoice.' }),
];
export const forms = {
  'new-invoice': form('new-invoice', 'What did the vendor send?', ...invoice, { type: 'datetime', subtype: 'date', dateLabel: 'Invoice date', key: 'invoiceDate' }),
  register: form('register', 'Check what was read from the invoice.', ...invoice,
    { type: 'select', label: 'Cost centre', key: 'costCentre', values: [{ label: '4100 · Operations', value: '4100' }, { label: '4200 · IT', value: '4200' }, { label: '4300 · Facilities', value: '4300' }], validate: { required: true } },
    { type: 'checkbox', label: 'The vendor is new to us', key: 'newVendor' }),
  approve: form('approve', '**{{vendor}}** invoices **EUR {{amount}}** ({{invoiceNumber}}).',
    { type: 'radio', label: 'Your decision', key: 'decision', values: [{ label: 'Approve', value: 'approve' }, { label: 'Reject', value: 'reject' }], validate: { required: true } },
    { type: 'textarea', label: 'Comment', key: 'comment', description: 'The vendor does not see this.' }),
  release: form('release', 'Pay **EUR {{amount}}** to **{{vendor}}**.', text('IBAN', 'iban', required),
    { type: 'datetime', subtype: 'date', dateLabel: 'Pay on', key: 'payOn', validate: { required: true } }, { type: 'checkbox', label: 'I checked the bank details against the contract', key: 'checked', validate: { required: true } }),
};

export const cases = [];

class Case {
  constructor(number, vendor, at, owner) {
    Object.assign(this, { number, key: `PAY-${number}`, startedAt: at, owner: owner.id, state: 'open', endedAt: null, steps: [], journal: [], incidents: [], travelled: [], visited: [], open: [] });
    this.variables = { vendor, invoiceNumber: `${2000 + Math.floor(random() * 900)}-${number}`, amount: Math.round(random() * 4_000_000) / 100, currency: 'EUR', matches: random() < 0.7, lines: [{ sku: 'A-100', quantity: 4, price: 120.5 }, { sku: 'B-20', quantity: 1, price: 890 }], contact: { name: 'Robin Hale', email: 'robin@vendor.example' }, iban: 'DE89 3704 0044 0532 0130 00', newVendor: null };
    this.title = `Payment to ${vendor}`;
    this.say(at, owner, 'StartCase', [['CaseStarted', `${this.key} started: ${this.title}.`], ['VariablesSet', 'Eight variables were set.']]);
    this.enter('received', at, null);
  }
  say(at, actor, command, events) {
    this.journal.push({ seq: this.journal.length + 1, at: iso(at), actor: ref(actor), command, events: events.map(([type, sentence]) => ({ type, text: sentence })) });
  }
  enter(node, at, from) {
    if (from) this.travelled.push(`f-${from}-${node}`);
    this.visited.push(node);
    if (node === 'join' && this.visited.filter((each) => each === 'join').length < 2) return;
    const [name, type, party] = nodes[node];
    const step = { id: `${this.number}.${this.steps.length + 1}`, node, name: name ?? node, type, scope: null, enteredAt: iso(at), leftAt: null, state: 'open', holder: null, party: teamOf(party) };
    this.steps.push(step);
    if (type === 'userTask') this.say(at, null, 'OpenTask', [['TaskOpened', `${name} waits with ${teamOf(party).name}.`]]);
    if (type === 'receiveTask') this.say(at, null, 'Await', [['MessageAwaited', `Waits for the bank's confirmation.`]]);
    if (type === 'serviceTask' && random() < 0.12) {
      this.incidents.push({ id: `i${this.number}`, caseKey: this.key, node, name, kind: 'failed job', message: 'ERP answered 503: purchase order service is down for maintenance (3 attempts).', raisedAt: iso(at + HOUR) });
      this.say(at + HOUR, null, 'FailJob', [['IncidentRaised', 'Three-way match failed three times: the ERP answered 503.']]);
      return void this.open.push(step);
    }
    if (waits(node)) return void this.open.push(step);
    this.leave(step, at + 1200, 'passed');
  }
  leave(step, at, state) {
    Object.assign(step, { leftAt: iso(at), state });
    this.open = this.open.filter((each) => each !== step);
    if (step.type === 'endEvent') { Object.assign(this, { state: 'completed', endedAt: iso(at) }); this.say(at, null, 'End', [['CaseCompleted', `${this.key} is completed: ${step.name.toLowerCase()}.`]]); return; }
    if (step.type === 'serviceTask') this.say(at, null, 'CompleteJob', [['JobCompleted', `${step.name} was done by the worker.`]]);
    const follow = next[step.node];
    for (const node of typeof follow === 'function' ? follow(this) : follow) this.enter(node, at, step.node);
  }
  accountable() {
    return ref(people.find((person) => person.id === this.owner));
  }
  tasks() {
    return this.state === 'open' ? this.open.filter((s) => s.type === 'userTask').map((step) => {
      const dueAt = iso(Date.parse(step.enteredAt) + 72 * HOUR);
      return { id: step.id, caseKey: this.key, caseTitle: this.title, process: { key, name: process.name }, node: step.node, name: step.name, party: step.party, holder: step.holder ?? this.accountable(), claimed: !!step.holder, claimedBy: step.holder, openedAt: step.enteredAt, dueAt, overdue: Date.parse(dueAt) < Date.now(), form: forms[step.node] ? step.node : null };
    }) : [];
  }
  view() {
    const counted = (list) => [...new Set(list)].map((node) => ({ node, count: list.filter((each) => each === node).length }));
    const at = this.state === 'open' ? this.open : [];
    return {
      key: this.key, title: this.title, process: { key, name: process.name, version: 3 }, state: this.state, owner: ref(people.find((p) => p.id === this.owner)), startedAt: iso(this.startedAt), endedAt: this.endedAt,
      openSteps: at.map(({ node, name, holder, party, enteredAt }) => ({ node, name, holder: holder ?? this.accountable(), claimed: !!holder, party, since: enteredAt })),
      tokens: counted(at.map((s) => s.node)), travelled: this.travelled, visited: counted(this.visited), tasks: this.tasks(),
      jobs: at.filter((s) => s.type === 'serviceTask').map((s) => ({ id: s.id, type: 'three-way-match', caseKey: this.key, node: s.node, name: s.name, retries: 0 })),
      timers: at.filter((s) => s.node === 'approve').map((s) => ({ id: `${s.id}t`, node: 'late', name: '3 days', dueAt: iso(Date.parse(s.enteredAt) + 96 * HOUR) })),
      awaited: at.filter((s) => s.node === 'bank').map((s) => ({ node: s.node, name: s.name, message: 'payment-confirmed', key: this.variables.invoiceNumber })),
      incidents: this.incidents, variables: this.variables,
    };
  }
  cancel(reason, actor) {
    for (const step of this.open) Object.assign(step, { leftAt: iso(Date.now()), state: 'terminated' });
    Object.assign(this, { state: 'cancelled', endedAt: iso(Date.now()), open: [], incidents: [] });
    this.say(Date.now(), actor, 'CancelCase', [['CaseCancelled', `${actor.name} cancelled the case: ${reason}`]]);
  }
  resolve(actor) {
    this.incidents = [];
    this.say(Date.now(), actor, 'ResolveIncident', [['IncidentResolved', `${actor.name} had the step tried again.`]]);
    this.leave(this.open.find((s) => s.type === 'serviceTask'), Date.now(), 'completed');
  }
}

const find = (id) => cases.flatMap((one) => one.open.map((step) => [one, step])).find(([, step]) => step.id === id);
export function claim(id, person, at = Date.now()) {
  const [one, step] = find(id);
  step.holder = ref(person);
  one.say(at, person, 'ClaimTask', [['TaskClaimed', `${person.name} claimed ${step.name}.`]]);
}
export function release(id, person) {
  const [one, step] = find(id);
  step.holder = null;
  one.say(Date.now(), person, 'ReleaseTask', [['TaskReleased', `${person.name} put ${step.name} back in the queue.`]]);
}
export function complete(id, variables, person, at = Date.now()) {
  const [one, step] = find(id);
  Object.assign(one.variables, variables);
  one.say(at, person, 'CompleteTask', [['TaskCompleted', `${person.name} completed ${step.name}.`], ...(Object.keys(variables).length ? [['VariablesSet', `${Object.keys(variables).join(', ')} changed.`]] : [])]);
  one.leave(step, at, 'completed');
}
export function start(variables, person) {
  const one = new Case(1042 + cases.length, variables.vendor ?? 'Somebody', Date.now(), person);
  Object.assign(one.variables, variables);
  cases.unshift(one);
  return one;
}

const vendors = ['Nordwind Logistics', 'Papeterie Lumière', 'Okada Instruments', 'Brightwell Facilities Management', 'Castellan IT Services', 'Fjord Energy', 'Quarry & Stone', 'Helios Print', 'Marlow Catering', 'Atlas Freight'];
for (let i = 0; i < 64; i++) {
  let at = now - (64 - i) * 9 * HOUR - random() * 5 * HOUR;
  const one = new Case(1042 + i, pick(vendors), at, people[Math.floor(random() * 6)]);
  cases.unshift(one);
  for (let turn = Math.floor(random() * 7); turn > 0 && one.open.length > 0 && one.incidents.length === 0; turn--) {
    at += random() * 30 * HOUR;
    if (at > now - HOUR) break;
    const step = pick(one.open);
    if (step.type !== 'userTask') { one.leave(step, at, 'completed'); continue; }
    const person = pick(people.filter((each) => each.teams.includes(step.party.key)));
    claim(step.id, person, at);
    if (random() < 0.85) complete(step.id, step.node === 'approve' ? { decision: random() < 0.85 ? 'approve' : 'reject' } : {}, person, Math.min(at + HOUR, now));
    else break;
  }
}
const mine = cases.flatMap((one) => one.tasks()).filter((task) => !task.claimed && people[0].teams.includes(task.party.key));
for (const task of mine.slice(0, 5)) claim(task.id, people[0], now - HOUR);
cases[3].cancel('Duplicate of PAY-1099.', people[0]);
