/** The parties that lanes name: teams, outside organisations, systems, assistants. */
import { Button, NumberInput, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useAct } from '../api/act';
import { calendarsQuery, teamsQuery } from '../api/queries';
import { PARTY_KINDS, type Team } from '../api/types';
import { ExportMenu } from '../export/ExportMenu';
import { useSession } from '../session/session';
import { texts } from '../texts';
import { Person } from '../ui/Avatar';
import { DataTable, type Column } from '../ui/DataTable';
import { EditDrawer } from '../ui/EditDrawer';
import { LoadingRows } from '../ui/Loading';
import { Empty, Failure } from '../ui/Note';
import { PersonSelect } from '../ui/PersonSelect';
import { toastFailure } from '../ui/toast';
import classes from './Company.module.css';
import { changed, keyOf, zones } from './fields';

export function Teams() {
  const words = texts.company;
  const { person: me } = useSession();
  const teams = useQuery(teamsQuery);
  const [open, setOpen] = useState<string | 'new' | null>(null);
  const chosen = teams.data?.find((each) => each.key === open);
  const columns: Column<Team>[] = [
    { head: words.name, render: (team) => team.name },
    { head: words.key, render: (team) => <span className="key">{team.key}</span>, wideOnly: true },
    { head: words.kind, render: (team) => words.partyKinds[team.kind] },
    { head: words.lead, render: (team) => (team.lead ? <Person name={team.lead.name} id={team.lead.id} /> : texts.none), named: true },
    { head: words.members, render: (team) => team.members.length, number: true },
  ];
  return (
    <>
      <div className={classes.bar}>
        <span className="dim">{words.teamsLead}</span>
        <ExportMenu list="teams" query={{}} />
        {me.admin && (
          <Button leftSection={<Plus size={14} />} onClick={() => setOpen('new')}>
            {words.addTeam}
          </Button>
        )}
      </div>
      {teams.isPending && <LoadingRows rows={8} height={24} gap={14} />}
      {teams.error && <Failure error={teams.error} again={() => void teams.refetch()} />}
      {teams.data?.length === 0 && <Empty title={words.noTeam}>{words.noTeamHow}</Empty>}
      {teams.data && teams.data.length > 0 && (
        <DataTable label={words.tabs.teams} columns={columns} rows={teams.data} keyOf={(team) => team.key} open={(team) => setOpen(team.key)} />
      )}
      {open === 'new' && <EditTeam team={null} close={() => setOpen(null)} />}
      {chosen && <EditTeam team={chosen} close={() => setOpen(null)} />}
    </>
  );
}

const NEW = { name: '', kind: 'team' as Team['kind'], lead: null, calendar: null, timeZone: null, costPerDay: null, emailDomain: null };

function EditTeam({ team, close }: { team: Team | null; close: () => void }) {
  const words = texts.company;
  const { person: me } = useSession();
  const calendars = useQuery(calendarsQuery);
  const before = team
    ? {
        name: team.name,
        kind: team.kind,
        lead: team.lead?.id ?? null,
        calendar: team.calendar ?? null,
        timeZone: team.timeZone ?? null,
        costPerDay: team.costPerDay ?? null,
        emailDomain: team.emailDomain ?? null,
      }
    : NEW;
  const [fields, setFields] = useState<typeof before>(before);
  const set = (change: Partial<typeof before>) => setFields({ ...fields, ...change });
  const key = team?.key ?? keyOf(fields.name);
  const ready = fields.name.trim() !== '' && changed(before, fields) !== null;
  return (
    <EditDrawer
      title={team?.name ?? words.addTeam}
      close={close}
      saved={words.saved(fields.name)}
      {...(me.admin ? { request: ready ? ({ method: 'PUT', path: `/teams/${encodeURIComponent(key)}`, body: fields } as const) : null } : {})}
      more={team && <Members team={team} mayChange={me.admin} />}
    >
      <TextInput
        label={words.name}
        {...(team ? {} : { description: key === '' ? words.keyHint : words.keyWillBe(key), 'data-autofocus': true })}
        disabled={!me.admin}
        value={fields.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <Select
        label={words.kind}
        disabled={!me.admin}
        allowDeselect={false}
        data={PARTY_KINDS.map((value) => ({ value, label: words.partyKinds[value] }))}
        value={fields.kind}
        onChange={(value) => set({ kind: PARTY_KINDS.find((each) => each === value) ?? 'team' })}
      />
      {me.admin && (
        <PersonSelect
          label={fields.kind === 'system' || fields.kind === 'assistant' ? words.sponsor : words.lead}
          clearable
          value={fields.lead}
          onChange={(lead) => set({ lead })}
        />
      )}
      <div className={classes.pair}>
        <Select
          label={words.calendar}
          disabled={!me.admin}
          clearable
          data={(calendars.data ?? []).map((each) => ({ value: each.key, label: each.name }))}
          value={fields.calendar}
          onChange={(calendar) => set({ calendar })}
        />
        <Select label={words.timeZone} disabled={!me.admin} searchable clearable data={zones()} value={fields.timeZone} onChange={(timeZone) => set({ timeZone })} />
        <NumberInput
          label={words.costPerDay}
          disabled={!me.admin}
          size="sm"
          min={0}
          decimalScale={2}
          value={fields.costPerDay ?? ''}
          onChange={(value) => set({ costPerDay: value === '' ? null : Number(value) })}
        />
        <TextInput
          label={words.emailDomain}
          disabled={!me.admin}
          placeholder="example.com"
          value={fields.emailDomain ?? ''}
          onChange={(event) => set({ emailDomain: event.currentTarget.value || null })}
        />
      </div>
    </EditDrawer>
  );
}

function Members({ team, mayChange }: { team: Team; mayChange: boolean }) {
  const words = texts.company;
  const act = useAct();
  const path = (person: string) => `/teams/${encodeURIComponent(team.key)}/members/${encodeURIComponent(person)}`;
  return (
    <section className={classes.sub}>
      <h2>{words.members}</h2>
      {team.members.length === 0 && <p className="dim">{words.noMembers}</p>}
      <ul className={classes.items}>
        {team.members.map((each) => (
          <li key={each.id}>
            <Person name={each.name} id={each.id} />
            {mayChange && (
              <Button variant="subtle" color="gray" disabled={act.isPending} onClick={() => act.mutate({ method: 'DELETE', path: path(each.id) }, { onError: toastFailure })}>
                {words.remove}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mayChange && (
        <PersonSelect
          label={words.addMember}
          value={null}
          onChange={(person) => person !== null && act.mutate({ method: 'PUT', path: path(person), body: {} }, { onError: toastFailure })}
        />
      )}
    </section>
  );
}
