/** Giving a step to somebody else, with everything filled in: whoever of the team has least to do, and the reason. */
import { useState } from 'react';
import type { Need } from '../api/tower';
import { texts } from '../texts';
import { ActForm, Reason } from '../ui/ActForm';
import { PersonSelect } from '../ui/PersonSelect';
import { toast } from '../ui/toast';

export function GiveTo({ need, close }: { need: Need; close: () => void }) {
  const words = texts.tower.give;
  const [person, setPerson] = useState<string | null>(need.act.person?.id ?? null);
  const [reason, setReason] = useState(words.because(texts.tower.needs.why(need.kind)));
  const ready = person !== null && reason.trim() !== '' && need.act.path !== null;
  return (
    <ActForm
      title={words.title(need.step ?? need.caseTitle ?? need.caseKey)}
      lead={words.lead}
      confirm={words.confirm}
      request={ready ? { method: 'POST', path: need.act.path ?? '', body: { person, reason: reason.trim() } } : null}
      close={close}
      done={() => toast(words.done, need.caseKey)}
    >
      <PersonSelect label={words.to} value={person} onChange={setPerson} except={need.holder?.id} first />
      <Reason label={words.reason} value={reason} onChange={setReason} />
    </ActForm>
  );
}
