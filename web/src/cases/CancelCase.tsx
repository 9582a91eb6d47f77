/** Cancelling a case: a reason is required, and what will happen is said before. */
import { useState } from 'react';
import { texts } from '../texts';
import { ActForm, Reason } from '../ui/ActForm';
import { toast } from '../ui/toast';

export function CancelCase({ caseKey, close }: { caseKey: string; close: () => void }) {
  const words = texts.case;
  const [reason, setReason] = useState('');
  const body = { reason: reason.trim() };
  return (
    <ActForm
      title={words.cancelTitle(caseKey)}
      lead={words.cancelLead}
      confirm={words.cancelConfirm}
      cancel={words.keepOpen}
      grave
      request={body.reason === '' ? null : { method: 'POST', path: `/cases/${encodeURIComponent(caseKey)}/cancellation`, body }}
      close={close}
      done={() => toast(words.cancelled(caseKey))}
    >
      <Reason label={words.cancelReason} hint={words.cancelReasonHint} value={reason} onChange={setReason} first />
    </ActForm>
  );
}
