/** The decision packet of a task, as the server gives it. */
import type { PartyRef, PersonRef, Span } from '../api/types';

export interface Packet {
  id: string;
  question: { field: string; label: string } | null;
  evidence: Evidence[];
  files: { id: string; name: string; type: string; size: number; at: string; by: PersonRef | null }[];
  rule: { policy: { key: string; version: number } | null; sentences: string[] };
  before: { step: string; name: string; person: PersonRef | null; at: string; answer: string }[];
  answers: PossibleAnswer[];
  similar: { compared: number; by: string[]; items: SimilarCase[] } | null;
}

export interface Evidence {
  name: string;
  label: string;
  value: unknown;
  setAt: string | null;
  setBy: PersonRef | null;
  setIn: string | null;
}

export interface PossibleAnswer {
  value: string | boolean;
  label: string;
  notPossible: string | null;
  caseState: 'open' | 'completed' | 'cancelled';
  effectiveAt: string | null;
  next: Next[];
  going: Next[];
  unknown: string[];
}

export interface Next {
  node: string;
  name: string;
  kind: 'TASK' | 'JOB' | 'WAIT';
  party: PartyRef | null;
  person: PersonRef | null;
  due: string | null;
  text: string;
}

export interface SimilarCase {
  caseKey: string;
  caseTitle: string | null;
  caseState: 'completed' | 'cancelled';
  endedAt: string | null;
  caseTook: Span;
  person: PersonRef | null;
  decidedAt: string;
  took: Span;
  onTime: boolean;
  answer: unknown;
  answerLabel: string;
  why: string;
  compared: { name: string; label: string; here: string; there: string | null; same: boolean }[];
}
