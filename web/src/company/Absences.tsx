/** When somebody is away, and who stands in for them. */
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/act';
import type { PersonDetail } from '../api/types';
import { texts } from '../texts';
import { Day } from '../time/When';
import { ActForm } from '../ui/ActForm';
import { PersonSelect } from '../ui/PersonSelect';
import { toast, toastFailure } from '../ui/toast';
import classes from './Company.module.css';

export function Absences({ person, mayChange }: { person: PersonDetail; mayChange: boolean }) {
  const words = texts.company;
  const removing = useAct();
  const [adding, setAdding] = useState(false);
  return (
    <section className={classes.sub}>
      <h2>{words.absences}</h2>
      {person.absences.length === 0 && <p className="dim">{words.noAbsence}</p>}
      <ul className={classes.items}>
        {person.absences.map((each) => (
          <li key={each.id}>
            <span>
              <Day at={each.from} /> – <Day at={each.until} />
              {each.substitute && <span className="dim"> · {words.standsIn(each.substitute.name)}</span>}
              {each.reason && <span className="dim"> · {each.reason}</span>}
            </span>
            {mayChange && (
              <Button
                variant="subtle"
                color="gray"
                onClick={() =>
                  removing.mutate({ method: 'DELETE', path: `/absences/${each.id}` }, { onError: toastFailure, onSuccess: () => toast(words.absenceRemoved) })
                }
              >
                {words.remove}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mayChange && (
        <Button variant="default" onClick={() => setAdding(true)}>
          {words.addAbsence}
        </Button>
      )}
      {adding && <NewAbsence person={person} close={() => setAdding(false)} />}
    </section>
  );
}

function NewAbsence({ person, close }: { person: PersonDetail; close: () => void }) {
  const words = texts.company;
  const [from, setFrom] = useState('');
  const [last, setLast] = useState('');
  const [substitute, setSubstitute] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const complete = from !== '' && last !== '' && from <= last;
  return (
    <ActForm
      title={words.addAbsence}
      lead={words.absenceLead}
      confirm={texts.save}
      request={
        complete
          ? {
              method: 'POST',
              path: `/people/${encodeURIComponent(person.id)}/absences`,
              body: { from: startOf(from, 0), until: startOf(last, 1), substitute, reason: reason.trim() || null },
            }
          : null
      }
      close={close}
      done={() => toast(words.absenceAdded)}
    >
      <div className={classes.pair}>
        <TextInput data-autofocus type="date" label={words.firstDay} value={from} onChange={(event) => setFrom(event.currentTarget.value)} />
        <TextInput type="date" label={words.lastDay} value={last} min={from} onChange={(event) => setLast(event.currentTarget.value)} />
      </div>
      <PersonSelect label={words.substitute} clearable except={person.id} value={substitute} onChange={setSubstitute} />
      <TextInput label={words.absenceReason} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </ActForm>
  );
}

/** Midnight of that day in the reader's zone, or so many days later. */
function startOf(day: string, later: number): string {
  const date = new Date(`${day}T00:00`);
  date.setDate(date.getDate() + later);
  return date.toISOString();
}
