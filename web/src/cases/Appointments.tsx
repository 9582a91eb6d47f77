/** What was booked in a case: when, and with whom. The owner moves it or calls it off; who booked it is told by mail. */
import { Button } from '@mantine/core';
import { CalendarClock } from 'lucide-react';
import { useState } from 'react';
import type { Act } from '../api/act';
import type { Appointment, CaseDetail } from '../api/types';
import { useMe } from '../session/session';
import { texts } from '../texts';
import { clock } from '../time/time';
import { useNow } from '../time/When';
import { ActForm, Reason } from '../ui/ActForm';
import { DateTime } from '../ui/DateTime';
import { toast } from '../ui/toast';
import classes from './CasePage.module.css';

type What = 'move' | 'cancel';

export function Appointments({ of }: { of: CaseDetail }) {
  const me = useMe();
  const now = useNow();
  const [dialog, setDialog] = useState<{ what: What; one: Appointment } | null>(null);
  const words = texts.appointments;
  if (of.appointments.length === 0) return null;
  const mayChange = (one: Appointment) =>
    of.state === 'open' && new Date(one.at).getTime() > now && (of.mayDecide === true || one.with?.id === me.id || one.person?.id === me.id);
  return (
    <section aria-label={words.title}>
      <h2 className={classes.sectionTitle}>{words.title}</h2>
      <ul className={classes.waiting}>
        {of.appointments.map((one) => (
          <li key={one.step}>
            <CalendarClock size={15} aria-hidden="true" />
            <span>
              <time dateTime={one.at}>{clock.full(one.at)}</time>
              <span className={classes.waitingFact}>
                {one.name} · {words.between(one.person?.name ?? '', one.with?.name ?? one.withTeam?.name ?? '')}
              </span>
              {of.state !== 'open' && new Date(one.at).getTime() > now && <span className={classes.waitingFact}>{words.over}</span>}
              {mayChange(one) && (
                <span className={classes.appointmentActs}>
                  <Button variant="default" size="xs" onClick={() => setDialog({ what: 'move', one })}>
                    {words.move.title}
                  </Button>
                  <Button variant="subtle" size="xs" onClick={() => setDialog({ what: 'cancel', one })}>
                    {words.cancel.title}
                  </Button>
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
      {dialog && <Change what={dialog.what} one={dialog.one} caseKey={of.key} close={() => setDialog(null)} />}
    </section>
  );
}

function Change({ what, one, caseKey, close }: { what: What; one: Appointment; caseKey: string; close: () => void }) {
  const words = texts.appointments[what];
  const [at, setAt] = useState<string | null>(one.at);
  const [reason, setReason] = useState('');
  const path = `/cases/${encodeURIComponent(caseKey)}/appointments/${one.step}`;
  const request: Act | null =
    what === 'move'
      ? at === null || at === one.at
        ? null
        : { method: 'PUT', path, body: { at } }
      : reason.trim() === ''
        ? null
        : { method: 'POST', path: `${path}/cancellation`, body: { reason: reason.trim() } };
  return (
    <ActForm title={words.ask(one.name)} lead={words.lead} confirm={words.confirm} grave={what === 'cancel'} request={request} close={close} done={() => toast(words.done)}>
      {what === 'move' ? <DateTime label={texts.acts.when} value={at} onChange={setAt} first /> : <Reason label={texts.acts.why} value={reason} onChange={setReason} first />}
    </ActForm>
  );
}
