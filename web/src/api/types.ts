/** What the server says and hears, as types: the one place that mirrors the REST contract. Times are ISO 8601 in UTC. */

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
export type Variables = Record<string, Json>;

export interface PersonRef {
  id: string;
  name: string;
}

export interface PartyRef {
  key: string;
  name: string;
}

export interface Items<T> {
  items: T[];
}

export interface Page<T> {
  items: T[];
  next: string | null;
}

/** `person` is who acts; `actingAs` is there while somebody else signed in, and names the same person. */
export interface Session {
  person: PersonRef & { email: string; teams: string[]; admin: boolean };
  actingAs?: PersonRef | null;
  demo: boolean;
  organisation: { name: string };
}

export interface Person extends PersonRef {
  email?: string | null;
  kind: 'member' | 'contact';
  teams: string[];
  organisation?: string | null;
  leftAt?: string | null;
}

export const PARTY_KINDS = ['team', 'organisation', 'system', 'assistant'] as const;

export interface Team extends PartyRef {
  kind: (typeof PARTY_KINDS)[number];
  lead?: PersonRef | null;
  calendar?: string | null;
  timeZone?: string | null;
  costPerDay?: number | null;
  emailDomain?: string | null;
  members: PersonRef[];
}

export interface Absence {
  id: string;
  from: string;
  until: string;
  substitute: PersonRef | null;
  reason: string | null;
}

export interface PersonDetail extends Person {
  admin: boolean;
  timeZone: string | null;
  calendar: string | null;
  quietFrom: string | null;
  quietUntil: string | null;
  manager: PersonRef | null;
  usualWork: number;
  skills: string[];
  channels: string[];
  locale: string | null;
  /** Null also where the reader may not know it. */
  ratePerHour: number | null;
  leftAt: string | null;
  absences: Absence[];
}

/** Durations are ISO 8601. */
export interface PolicyBody {
  acceptBy: string | null;
  workingTime: boolean;
  digest: boolean;
  reminders: { when: string; every?: string | null; maximum?: number | null }[];
  /** `to`: holder, team-lead, owner, or a person's id. */
  ladder: { after: string; to: string }[];
  atEnd: { after: string; reassign: string } | null;
  /** By which people are reached who prefer none themselves, in this order; none: as usual. */
  channels?: ('mail' | 'chat' | 'sms')[];
}

export interface Policy {
  key: string;
  version: number;
  createdAt: string;
  createdBy: PersonRef | null;
  policy: PolicyBody;
}

export interface Calendar {
  key: string;
  name: string;
  zone: string;
  /** By weekday, from `monday`; hours are like `09:00-17:30`. */
  hours: Record<string, string[]>;
  country: string | null;
  region: string | null;
  exceptions: { date: string; hours: string[]; name: string | null }[];
}

export interface Country {
  code: string;
  name: string;
  regions: { code: string; name: string }[];
}

export interface ApiToken {
  id: string;
  name: string;
  createdAt: string;
  expiresAt: string;
}

export interface Process {
  key: string;
  name: string;
  prefix: string;
  version: number;
  deployedAt: string;
  startForm?: string | null;
  openCases: number;
  manualStart: boolean;
  /** Whether the reader may. */
  mayStart: boolean;
}

export interface ProcessDetail {
  key: string;
  name: string;
  prefix: string;
  version: number;
  versions: { version: number; deployedAt: string; deployedBy: PersonRef | null }[];
  /** `policy`: the key of what happens there when nobody acts. */
  nodes: { id: string; name: string | null; type: string; party?: string | null; policy?: string | null }[];
  startForm?: string | null;
  manualStart: boolean;
  mayStart: boolean;
  /** `what` is the message, the schedule, the process, or the teams whose members may. */
  starts: { how: 'BY_HAND' | 'BY_MAIL' | 'BY_ANY_MAIL' | 'BY_MESSAGE' | 'ON_SCHEDULE' | 'CALLED'; what: string | null }[];
}

export type CaseState = 'open' | 'completed' | 'cancelled';

/** The holder has custody: whoever claimed the step, and until somebody does, whoever gave it (`claimed` false). */
export interface OpenStep {
  node: string;
  name: string;
  holder?: PersonRef | null;
  claimed?: boolean;
  party?: PartyRef | null;
  since: string;
}

export interface CaseSummary {
  key: string;
  title: string | null;
  process: { key: string; name: string; version: number };
  state: CaseState;
  owner?: PersonRef | null;
  startedAt: string;
  endedAt?: string | null;
  openSteps: OpenStep[];
  incidents: number;
}

export interface NodeCount {
  node: string;
  count: number;
}

/** As with an open step, `holder` has custody and `claimedBy` is who took it. */
export interface Task {
  id: string;
  caseKey: string;
  caseTitle: string | null;
  process: { key: string; name: string };
  node: string;
  name: string;
  party: PartyRef | null;
  holder: PersonRef | null;
  claimed: boolean;
  claimedBy: PersonRef | null;
  openedAt: string;
  dueAt?: string | null;
  overdue: boolean;
  /** Who is asked to take it; until they accept, the holder still has it. */
  offeredTo?: PersonRef | null;
  offeredToTeam?: PartyRef | null;
  acceptBy?: string | null;
  promisedAt?: string | null;
  blockedBy?: PersonRef | null;
  /** Completed, but not in effect yet: until then it can be taken back. */
  decided?: { by: PersonRef | null; at: string; effectiveAt: string } | null;
  form: string | null;
  mayClaim: boolean;
  mayComplete: boolean;
  mayRelease: boolean;
}

/** What whoever looks at a task can do with it, as the engine says. */
export type TaskAct =
  | 'ACCEPT'
  | 'PUT_BACK'
  | 'DECLINE'
  | 'WITHDRAW'
  | 'OFFER'
  | 'SEND_BACK'
  | 'PROMISE'
  | 'PROPOSE'
  | 'ANSWER_PROPOSAL'
  | 'REPORT_STUCK'
  | 'REMOVE_OBSTACLE'
  | 'CHANGE_DUE'
  | 'WAIVE'
  | 'TAKE_BACK'
  | 'TAKE_BACK_ACT';

export interface TaskDetail extends Task {
  variables: Variables;
  formSchema: FormSchema | null;
  giver: PersonRef | null;
  /** The last offer, and why it was made. */
  given: { at: string; by: PersonRef | null; person: PersonRef | null; team: PartyRef | null; reason: string } | null;
  /** `until` is null for who has it now. */
  custody: { holder: PersonRef | null; since: string; until: string | null }[];
  /** How often the work before was not ready. */
  returns: number;
  promise: { at: string; slips: number; broken: boolean } | null;
  proposal: { due: string; reason: string } | null;
  obstacle: { kind: string; reason: string; blocker: PersonRef | null } | null;
  policy: { key: string; version: number } | null;
  ifNobodyActs: { at: string; what: string; person: PersonRef | null; text: string }[];
  /** What the reader did here a moment ago and may take back. */
  slip: { kind: 'PROMISED' | 'DECLINED' | 'SENT_BACK'; at: string; until: string } | null;
  /** Whoever completes it has some time to take that back. */
  undoable: boolean;
  acts: TaskAct[];
}

/** What the reader has done in a case and may take back, by deleting `undo` of the task. */
export interface Undoable {
  task: string;
  name: string;
  what: 'ANSWERED' | 'PROMISED' | 'DECLINED' | 'SENT_BACK' | 'OFFERED' | 'STUCK';
  until: string | null;
  undo: 'completion' | 'slip' | 'offer' | 'obstacle';
}

export interface FormComponent {
  type: string;
  key?: string;
  label?: string;
  components?: FormComponent[];
}

/** A form-js schema; only what Baton reads of it itself is named. */
export interface FormSchema {
  id?: string;
  components: FormComponent[];
}

export interface Job {
  id: string;
  type: string;
  caseKey: string;
  node: string;
  name?: string | null;
  retries: number;
  leasedUntil?: string | null;
}

export interface Timer {
  id: string;
  node: string;
  name: string;
  dueAt: string;
}

export interface AwaitedMessage {
  node: string;
  name: string;
  message: string;
  key?: string | null;
}

export interface Incident {
  id: string;
  caseKey: string;
  node: string;
  name: string;
  kind: string;
  message: string;
  raisedAt: string;
}

/** An amount of time. */
export interface Span {
  seconds: number;
  duration: string;
}

export interface Charge {
  holder: PersonRef | null;
  party: PartyRef | null;
  elapsed: Span;
  working: Span;
  /** Percent; those of a ledger add up to 100. */
  share: number;
}

/** `left` = due − now − the `elapsed` of all terms. */
export interface BufferView {
  due: string;
  now: string;
  left: Span;
  negative: boolean;
  steps: {
    id: string;
    name: string;
    left: Span;
    usedUpAt: string;
    terms: { node: string; name: string; takes: Span; workingTime: boolean; from: string; elapsed: Span }[];
  }[];
}

export interface LedgerView {
  from: string;
  until: string;
  elapsed: Span;
  charges: Charge[];
}

/** `with` is whose time it is: a person, or else a team. */
export interface Appointment {
  step: number;
  name: string;
  at: string;
  until: string;
  person?: PersonRef | null;
  with?: PersonRef | null;
  withTeam?: PartyRef | null;
}

export interface CaseDetail extends Omit<CaseSummary, 'incidents'> {
  dueAt?: string | null;
  overdue?: boolean;
  pause?: { since: string; until: string; reason: string; charged: PersonRef | null } | null;
  /** Who is asked to become the owner. */
  heir?: PersonRef | null;
  /** Whether the case is the reader's to decide. */
  mayDecide?: boolean;
  buffer?: BufferView | null;
  tokens: NodeCount[];
  travelled: string[];
  visited: NodeCount[];
  tasks: Task[];
  jobs: Job[];
  timers: Timer[];
  awaited: AwaitedMessage[];
  appointments: Appointment[];
  undos: Undoable[];
  incidents: Incident[];
  variables: Variables;
}

export interface Step {
  id: string;
  node: string;
  name: string;
  type: string;
  scope?: string | null;
  enteredAt: string;
  leftAt?: string | null;
  state: 'open' | 'completed' | 'terminated' | 'passed';
  holder?: PersonRef | null;
  party?: PartyRef | null;
}

export interface JournalEntry {
  seq: number;
  at: string;
  actor?: PersonRef | null;
  command: string;
  events: { type: string; text?: string | null; fields?: Record<string, Json> }[];
}

/** What Baton wrote to somebody about a case, and what became of the last attempt. */
export interface Delivery {
  entry: number;
  at: string;
  /** null where the process wrote to an address of nobody known. */
  to?: PersonRef | null;
  channel: string;
  why: string;
  became: 'ACCEPTED' | 'NOT_NOW' | 'NOT_AT_ALL' | 'CAME_BACK';
  problem?: string | null;
}

/** Step 0 is the case itself. */
export interface VariableScope {
  step: number;
  node?: string | null;
  name?: string | null;
  variables: Variables;
}

export interface Overview {
  openCases: number;
  myTasks: number;
  teamTasks: number;
  overdueTasks: number;
  incidents: number;
  completedLast7Days: number;
}

export const TASK_VIEWS = ['mine', 'team', 'waiting'] as const;
export type TaskView = (typeof TASK_VIEWS)[number];

/** A mail that would have gone, where there is no mail server. */
export interface OutboxLine {
  id: string;
  to: PersonRef;
  address: string;
  subject: string;
  caseKey: string | null;
  at: string;
}

export interface OutboxMail extends OutboxLine {
  text: string;
  html: string;
}

/** Somebody who may see something in a case room: a person's id, or `@` and the name of an organisation. */
export interface AudienceRef {
  party: string;
  name: string;
  outside: boolean;
}

export interface Comment {
  id: string;
  step?: string | null;
  stepName?: string | null;
  at: string;
  author?: PersonRef | null;
  /** null once it is erased. */
  text?: string | null;
  outside: boolean;
  byOutsider: boolean;
  audience: AudienceRef[];
  asked?: PersonRef | null;
  erased: boolean;
}

export interface Conversation {
  items: Comment[];
  parties: AudienceRef[];
}

export interface CaseFile {
  id: string;
  /** null once it is erased. */
  name?: string | null;
  type: string;
  size: number;
  step?: string | null;
  stepName?: string | null;
  at: string;
  by?: PersonRef | null;
  outside: boolean;
  byOutsider: boolean;
  audience: AudienceRef[];
  opened: { person?: PersonRef | null; at: string }[];
  signed: { person?: PersonRef | null; at: string }[];
  erased: boolean;
}

/** A file that a task asks to be opened or signed. */
export interface Paper {
  file: string;
  name?: string | null;
  toOpen: boolean;
  opened: boolean;
  toSign: boolean;
  signed: boolean;
}

export interface CaseFiles {
  items: CaseFile[];
  parties: AudienceRef[];
  types: string[];
  bytesMax: number;
}
