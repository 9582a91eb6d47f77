/** One person: how they work and are reached, when they are away, and their leaving. */
import { Button, Checkbox, CopyButton, MultiSelect, NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useAct } from '../api/act';
import { calendarsQuery, personQuery, teamsQuery } from '../api/queries';
import type { PersonDetail } from '../api/types';
import { useMe, useSession } from '../session/session';
import { texts } from '../texts';
import { Day } from '../time/When';
import { ActForm } from '../ui/ActForm';
import { EditDrawer } from '../ui/EditDrawer';
import { LoadingRows } from '../ui/Loading';
import { Failure } from '../ui/Note';
import { PersonSelect } from '../ui/PersonSelect';
import { toast, toastFailure } from '../ui/toast';
import { Absences } from './Absences';
import { Addresses } from './Addresses';
import classes from './Company.module.css';
import { changed, zones } from './fields';

const CHANNELS = ['mail', 'chat', 'sms', 'web', 'api'];

export function PersonDrawer({ id, close }: { id: string; close: () => void }) {
  const person = useQuery(personQuery(id));
  if (person.data) return <Edit person={person.data} close={close} />;
  return (
    <EditDrawer title={texts.company.person} close={close} saved="">
      {person.error ? <Failure error={person.error} again={() => void person.refetch()} /> : <LoadingRows rows={8} height={32} gap={14} />}
    </EditDrawer>
  );
}

type Fields = Pick<
  PersonDetail,
  'name' | 'email' | 'teams' | 'admin' | 'timeZone' | 'calendar' | 'quietFrom' | 'quietUntil' | 'usualWork' | 'skills' | 'channels' | 'locale' | 'ratePerHour'
> & { manager: string | null };

function fieldsOf(person: PersonDetail): Fields {
  const { name, email, teams, admin, timeZone, calendar, quietFrom, quietUntil, usualWork, skills, channels, locale, ratePerHour } = person;
  return {
    name, email: email ?? null, teams, admin, timeZone, calendar, quietFrom, quietUntil, usualWork, skills, channels, locale, ratePerHour,
    manager: person.manager?.id ?? null,
  };
}

function Edit({ person, close }: { person: PersonDetail; close: () => void }) {
  const words = texts.company;
  const session = useSession();
  const me = useMe();
  const before = fieldsOf(person);
  const [fields, setFields] = useState(before);
  const set = (change: Partial<Fields>) => setFields({ ...fields, ...change });
  const admin = session.person.admin;
  const mayChange = admin || me.id === person.id;
  const change = changed(before, fields);
  const request =
    change === null ? null : ({ method: 'PATCH', path: `/people/${encodeURIComponent(person.id)}`, body: change } as const);
  return (
    <EditDrawer
      title={person.name}
      close={close}
      saved={words.saved(fields.name)}
      {...(mayChange ? { request } : {})}
      more={
        <>
          <Absences person={person} mayChange={mayChange || person.manager?.id === me.id} />
          {(admin || me.id === person.id) && <Addresses person={person} admin={admin} />}
          {admin && <Leaving person={person} close={close} />}
        </>
      }
    >
      <Who fields={fields} set={set} admin={admin} contact={person.kind === 'contact'} />
      <HowTheyWork fields={fields} set={set} admin={admin} own={mayChange} />
    </EditDrawer>
  );
}

interface PartProps {
  fields: Fields;
  set: (change: Partial<Fields>) => void;
  admin: boolean;
}

function Who({ fields, set, admin, contact }: PartProps & { contact: boolean }) {
  const words = texts.company;
  const teams = useQuery(teamsQuery);
  return (
    <>
      <TextInput label={words.name} disabled={!admin} value={fields.name} onChange={(event) => set({ name: event.currentTarget.value })} />
      <TextInput
        label={words.email}
        type="email"
        disabled={!admin}
        value={fields.email ?? ''}
        onChange={(event) => set({ email: event.currentTarget.value === '' ? null : event.currentTarget.value })}
      />
      <MultiSelect
        label={words.teams}
        disabled={!admin}
        searchable
        size="sm"
        data={(teams.data ?? []).map((each) => ({ value: each.key, label: each.name }))}
        value={fields.teams}
        onChange={(value) => set({ teams: value })}
      />
      {admin && <PersonSelect label={words.manager} clearable value={fields.manager} onChange={(manager) => set({ manager })} />}
      {!contact && (
        <Checkbox label={words.administrator} disabled={!admin} checked={fields.admin} onChange={(event) => set({ admin: event.currentTarget.checked })} />
      )}
    </>
  );
}

function HowTheyWork({ fields, set, admin, own }: PartProps & { own: boolean }) {
  const words = texts.company;
  const calendars = useQuery(calendarsQuery);
  return (
    <>
      <div className={classes.pair}>
        <Select label={words.timeZone} disabled={!own} searchable clearable data={zones()} value={fields.timeZone} onChange={(timeZone) => set({ timeZone })} />
        <Select
          label={words.calendar}
          disabled={!admin}
          clearable
          data={(calendars.data ?? []).map((each) => ({ value: each.key, label: each.name }))}
          value={fields.calendar}
          onChange={(calendar) => set({ calendar })}
        />
        <TextInput label={words.quietFrom} disabled={!own} type="time" value={fields.quietFrom ?? ''} onChange={(event) => set({ quietFrom: event.currentTarget.value || null })} />
        <TextInput label={words.quietUntil} disabled={!own} type="time" value={fields.quietUntil ?? ''} onChange={(event) => set({ quietUntil: event.currentTarget.value || null })} />
      </div>
      <MultiSelect label={words.channels} description={words.channelsHint} disabled={!own} size="sm" data={CHANNELS} value={fields.channels} onChange={(channels) => set({ channels })} />
      <TagsInput label={words.skills} description={words.skillsHint} disabled={!admin} size="sm" value={fields.skills} onChange={(skills) => set({ skills })} />
      <div className={classes.pair}>
        <NumberInput label={words.usualWork} disabled={!admin} size="sm" min={1} max={1000} value={fields.usualWork} onChange={(value) => set({ usualWork: Number(value) || 1 })} />
        {admin && (
          <NumberInput label={words.rate} size="sm" min={0} decimalScale={2} value={fields.ratePerHour ?? ''} onChange={(value) => set({ ratePerHour: value === '' ? null : Number(value) })} />
        )}
        <TextInput label={words.locale} disabled={!own} placeholder="en-GB" value={fields.locale ?? ''} onChange={(event) => set({ locale: event.currentTarget.value || null })} />
      </div>
    </>
  );
}

/** The way in, for whoever has no password yet; and the way out, which hands on all that somebody has. */
function Leaving({ person, close }: { person: PersonDetail; close: () => void }) {
  const words = texts.company;
  const link = useAct<{ path: string }>();
  const back = useAct();
  const [leaving, setLeaving] = useState(false);
  const path = `/people/${encodeURIComponent(person.id)}`;
  if (person.leftAt) {
    return (
      <section className={classes.sub}>
        <p className="dim">
          {words.leftOn} <Day at={person.leftAt} />.
        </p>
        <Button
          variant="default"
          mt="xs"
          loading={back.isPending}
          onClick={() => back.mutate({ method: 'DELETE', path: `${path}/leaving` }, { onError: toastFailure, onSuccess: () => toast(words.isBack(person.name)) })}
        >
          {words.comeBack}
        </Button>
      </section>
    );
  }
  return (
    <section className={classes.sub}>
      {link.data && (
        <CopyButton value={`${window.location.origin}${link.data.path}`}>
          {({ copy, copied }) => (
            <p>
              <code className={classes.secret}>{`${window.location.origin}${link.data.path}`}</code>{' '}
              <Button variant="default" onClick={copy}>
                {copied ? texts.variables.copied : texts.variables.copy}
              </Button>
            </p>
          )}
        </CopyButton>
      )}
      <div className={classes.bar}>
        {person.kind === 'member' && !link.data && (
          <Button variant="default" loading={link.isPending} onClick={() => link.mutate({ method: 'POST', path: `${path}/sign-in-link`, body: {} }, { onError: toastFailure })}>
            {words.signInLink}
          </Button>
        )}
        <Button variant="default" color="red" onClick={() => setLeaving(true)}>
          {words.leave}
        </Button>
      </div>
      {leaving && (
        <ActForm
          title={words.leaveTitle(person.name)}
          lead={words.leaveLead}
          confirm={words.leaveConfirm}
          grave
          request={{ method: 'POST', path: `${path}/leaving`, body: {} }}
          close={() => setLeaving(false)}
          done={() => {
            toast(words.hasLeft(person.name));
            close();
          }}
        >
          {null}
        </ActForm>
      )}
    </section>
  );
}

export function NewPerson({ close }: { close: () => void }) {
  const words = texts.company;
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [organisation, setOrganisation] = useState('');
  const [teams, setTeams] = useState<string[]>([]);
  const all = useQuery(teamsQuery);
  const body = { name: name.trim(), email: email.trim() || null, organisation: organisation.trim() || null, teams };
  return (
    <EditDrawer
      title={words.addPerson}
      close={close}
      saved={words.saved(body.name)}
      request={body.name === '' ? null : { method: 'POST', path: '/people', body }}
    >
      <TextInput data-autofocus label={words.name} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <TextInput label={words.email} type="email" value={email} onChange={(event) => setEmail(event.currentTarget.value)} />
      <TextInput label={words.organisation} description={words.organisationHint} value={organisation} onChange={(event) => setOrganisation(event.currentTarget.value)} />
      <MultiSelect label={words.teams} size="sm" searchable data={(all.data ?? []).map((each) => ({ value: each.key, label: each.name }))} value={teams} onChange={setTeams} />
    </EditDrawer>
  );
}
