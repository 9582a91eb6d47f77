/** What only the owner of a case does: pause it, move its date, hand it over. Each with its reason in the journal. */
import { useState } from 'react';
import type { Act } from '../api/act';
import type { CaseDetail } from '../api/types';
import { texts } from '../texts';
import { ActForm, Reason } from '../ui/ActForm';
import { DateTime } from '../ui/DateTime';
import { PersonSelect } from '../ui/PersonSelect';
import { toast } from '../ui/toast';
import { useUndo } from '../ui/useUndo';

export type OwnerAct = 'pause' | 'due' | 'handOver';

export interface OwnerAnswer {
  at: string | null;
  person: string | null;
  reason: string;
}

export function OwnerActDialog({ act, one, close }: { act: OwnerAct; one: CaseDetail; close: () => void }) {
  const words = texts.ownerActs[act];
  const [answer, setAnswer] = useState<OwnerAnswer>({ at: act === 'due' ? (one.dueAt ?? null) : null, person: null, reason: '' });
  const undo = useUndo();
  const back = act === 'pause' ? undo({ method: 'DELETE', path: `/cases/${encodeURIComponent(one.key)}/pause` }) : undefined;
  return (
    <ActForm
      title={words.title(one.key)}
      lead={words.lead}
      confirm={words.confirm}
      request={isWhole(act, answer) ? requestOf(act, one.key, answer) : null}
      close={close}
      done={() => toast(words.done(one.key), undefined, back)}
    >
      <OwnerActFields act={act} owner={one.owner?.id} answer={answer} set={(change) => setAnswer({ ...answer, ...change })} />
    </ActForm>
  );
}

interface FieldsProps {
  act: OwnerAct;
  owner: string | undefined;
  answer: OwnerAnswer;
  set: (change: Partial<OwnerAnswer>) => void;
}

export function OwnerActFields({ act, owner, answer, set }: FieldsProps) {
  const words = texts.ownerActs;
  return (
    <>
      {act !== 'handOver' && <DateTime label={words[act].when} value={answer.at} onChange={(at) => set({ at })} first />}
      {act !== 'due' && (
        <PersonSelect
          label={words[act].who}
          except={act === 'handOver' ? owner : undefined}
          clearable={act === 'pause'}
          value={answer.person}
          onChange={(person) => set({ person })}
          first={act === 'handOver'}
        />
      )}
      <Reason label={texts.acts.why} value={answer.reason} onChange={(reason) => set({ reason })} />
    </>
  );
}

/** Whether nothing is missing. */
export function isWhole(act: OwnerAct, { at, person, reason }: OwnerAnswer): boolean {
  return reason.trim() !== '' && (act === 'handOver' ? person : at) !== null;
}

function requestOf(act: OwnerAct, key: string, { at, person, reason }: OwnerAnswer): Act {
  const path = `/cases/${encodeURIComponent(key)}`;
  const why = reason.trim();
  switch (act) {
    case 'pause':
      return { method: 'POST', path: `${path}/pause`, body: { until: at, reason: why, ...(person === null ? {} : { charged: person }) } };
    case 'due':
      return { method: 'PUT', path: `${path}/due`, body: { due: at, reason: why } };
    case 'handOver':
      return { method: 'POST', path: `${path}/owner`, body: { person, reason: why } };
  }
}
