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

export function OwnerActDialog({ act, one, close }: { act: OwnerAct; one: CaseDetail; close: () => void }) {
  const words = texts.ownerActs;
  const [at, setAt] = useState<string | null>(act === 'due' ? (one.dueAt ?? null) : null);
  const [person, setPerson] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const undo = useUndo();
  const back = act === 'pause' ? undo({ method: 'DELETE', path: `/cases/${encodeURIComponent(one.key)}/pause` }) : undefined;
  return (
    <ActForm
      title={words[act].title(one.key)}
      lead={words[act].lead}
      confirm={words[act].confirm}
      request={requestOf(act, one.key, at, person, reason.trim())}
      close={close}
      done={() => toast(words[act].done(one.key), undefined, back)}
    >
      {act !== 'handOver' && <DateTime label={words[act].when} value={at} onChange={setAt} first />}
      {act !== 'due' && (
        <PersonSelect
          label={words[act].who}
          except={act === 'handOver' ? one.owner?.id : undefined}
          clearable={act === 'pause'}
          value={person}
          onChange={setPerson}
          first={act === 'handOver'}
        />
      )}
      <Reason label={texts.acts.why} value={reason} onChange={setReason} />
    </ActForm>
  );
}

function requestOf(act: OwnerAct, key: string, at: string | null, person: string | null, reason: string): Act | null {
  const path = `/cases/${encodeURIComponent(key)}`;
  if (reason === '') return null;
  switch (act) {
    case 'pause':
      return at === null
        ? null
        : { method: 'POST', path: `${path}/pause`, body: { until: at, reason, ...(person === null ? {} : { charged: person }) } };
    case 'due':
      return at === null ? null : { method: 'PUT', path: `${path}/due`, body: { due: at, reason } };
    case 'handOver':
      return person === null ? null : { method: 'POST', path: `${path}/owner`, body: { person, reason } };
  }
}
