/** What happens when nobody acts: each policy in plain sentences, edited as the few rules it is made of. */
import { ActionIcon, Button, Checkbox, Group, MultiSelect, NumberInput, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { peopleQuery, policiesQuery } from '../api/queries';
import type { Policy, PolicyBody } from '../api/types';
import { ExportMenu } from '../export/ExportMenu';
import { useSession } from '../session/session';
import { texts } from '../texts';
import { Day } from '../time/When';
import { DataTable, type Column } from '../ui/DataTable';
import { EditDrawer } from '../ui/EditDrawer';
import { LoadingRows } from '../ui/Loading';
import { Empty, Failure } from '../ui/Note';
import classes from './Company.module.css';
import { DurationField } from './DurationField';
import { changed, keyOf } from './fields';
import { policySentences } from './policySentences';
import { useNames } from './useNames';

export function Policies() {
  const words = texts.policies;
  const { person: me } = useSession();
  const policies = useQuery(policiesQuery);
  const nameOf = useNames();
  const [open, setOpen] = useState<string | 'new' | null>(null);
  const chosen = policies.data?.find((each) => each.key === open);
  const columns: Column<Policy>[] = [
    { head: words.key, render: (each) => each.key },
    {
      head: words.whatHappens,
      render: (each) => (
        <span className={classes.sentences}>
          {policySentences(each.policy, nameOf).map((sentence) => (
            <span key={sentence}>{sentence}</span>
          ))}
        </span>
      ),
    },
    { head: words.version, render: (each) => each.version, number: true, wideOnly: true },
    { head: words.since, render: (each) => <Day at={each.createdAt} />, wideOnly: true },
  ];
  return (
    <>
      <div className={classes.bar}>
        <span className="dim">{words.lead}</span>
        <Group gap="xs">
          <ExportMenu list="policies" query={{}} />
          {me.admin && (
            <Button leftSection={<Plus size={14} />} onClick={() => setOpen('new')}>
              {words.add}
            </Button>
          )}
        </Group>
      </div>
      {policies.isPending && <LoadingRows rows={4} height={48} gap={14} />}
      {policies.error && <Failure error={policies.error} again={() => void policies.refetch()} />}
      {policies.data?.length === 0 && <Empty title={words.none}>{words.noneHow}</Empty>}
      {policies.data && policies.data.length > 0 && (
        <DataTable label={texts.company.tabs.policies} columns={columns} rows={policies.data} keyOf={(each) => each.key} open={(each) => setOpen(each.key)} />
      )}
      {open === 'new' && <EditPolicy policy={null} close={() => setOpen(null)} />}
      {chosen && <EditPolicy policy={chosen} close={() => setOpen(null)} />}
    </>
  );
}

const NEW: PolicyBody = {
  acceptBy: 'PT8H',
  workingTime: true,
  digest: false,
  reminders: [{ when: '-P1D' }, { when: 'PT0S', every: 'P1D', maximum: 3 }],
  ladder: [{ after: 'P1D', to: 'team-lead' }],
  atEnd: null,
};

function EditPolicy({ policy, close }: { policy: Policy | null; close: () => void }) {
  const words = texts.policies;
  const { person: me } = useSession();
  const [key, setKey] = useState(policy?.key ?? '');
  const [body, setBody] = useState(policy?.policy ?? NEW);
  const set = (change: Partial<PolicyBody>) => setBody({ ...body, ...change });
  const named = keyOf(key);
  const ready = named !== '' && (policy === null || changed(policy.policy, body) !== null);
  return (
    <EditDrawer
      title={policy?.key ?? words.add}
      close={close}
      saved={words.saved(named)}
      {...(me.admin ? { request: ready ? ({ method: 'PUT', path: `/policies/${named}`, body } as const) : null } : {})}
    >
      {policy === null && <TextInput data-autofocus label={words.key} value={key} onChange={(event) => setKey(event.currentTarget.value)} />}
      {policy !== null && <p className="dim">{words.newVersion}</p>}
      <Checkbox
        label={words.accept}
        checked={body.acceptBy !== null}
        onChange={(event) => set({ acceptBy: event.currentTarget.checked ? 'PT8H' : null })}
      />
      {body.acceptBy !== null && <DurationField label={words.acceptLabel} value={body.acceptBy} onChange={(acceptBy) => set({ acceptBy })} />}
      <Reminders of={body.reminders} change={(reminders) => set({ reminders })} />
      <Ladder of={body.ladder} change={(ladder) => set({ ladder })} />
      <AtEnd of={body.atEnd} change={(atEnd) => set({ atEnd })} />
      <Checkbox label={words.workingTime} description={words.workingTimeHint} checked={body.workingTime} onChange={(event) => set({ workingTime: event.currentTarget.checked })} />
      <Checkbox label={words.digest} checked={body.digest} onChange={(event) => set({ digest: event.currentTarget.checked })} />
      <MultiSelect
        label={words.channels}
        description={words.channelsHint}
        data={(['mail', 'chat', 'sms'] as const).map((value) => ({ value, label: words.channel[value] }))}
        value={body.channels ?? []}
        onChange={(channels) => set({ channels: channels as ('mail' | 'chat' | 'sms')[] })}
      />
    </EditDrawer>
  );
}

interface RulesProps<Rule> {
  title: string;
  add: string;
  of: readonly Rule[];
  fresh: Rule;
  change: (rules: Rule[]) => void;
  children: (rule: Rule, set: (rule: Rule) => void) => ReactNode;
}

function Rules<Rule>({ title, add, of, fresh, change, children }: RulesProps<Rule>) {
  return (
    <fieldset style={{ display: 'grid', gap: '0.75rem', margin: 0, padding: 0, border: 0 }}>
      <legend style={{ padding: 0, fontWeight: 600, fontSize: '0.8125rem' }}>{title}</legend>
      {of.map((rule, place) => (
        // A rule has no name of its own: it is its place.
        <div key={place} className={classes.rule}>
          <div>{children(rule, (next) => change(of.map((each, at) => (at === place ? next : each))))}</div>
          <ActionIcon aria-label={texts.company.remove} onClick={() => change(of.filter((_, at) => at !== place))}>
            <X size={15} />
          </ActionIcon>
        </div>
      ))}
      <Button variant="default" style={{ justifySelf: 'start' }} leftSection={<Plus size={14} />} onClick={() => change([...of, fresh])}>
        {add}
      </Button>
    </fieldset>
  );
}

function Reminders({ of, change }: { of: PolicyBody['reminders']; change: (of: PolicyBody['reminders']) => void }) {
  const words = texts.policies;
  return (
    <Rules title={words.reminders} add={words.addReminder} of={of} fresh={{ when: 'PT0S' }} change={change}>
      {(rule, set) => (
        <>
          <DurationField before label={words.remindLabel} value={rule.when} onChange={(when) => set({ ...rule, when })} />
          <Checkbox
            mt="xs"
            label={words.repeat}
            checked={Boolean(rule.every)}
            onChange={(event) => set(event.currentTarget.checked ? { ...rule, every: 'P1D', maximum: 3 } : { when: rule.when })}
          />
          {rule.every && (
            <>
              <DurationField label={words.every} value={rule.every} onChange={(every) => set({ ...rule, every })} />
              <NumberInput size="sm" w="5.5rem" label={words.maximum} min={1} max={50} value={rule.maximum ?? 1} onChange={(value) => set({ ...rule, maximum: Number(value) || 1 })} />
            </>
          )}
        </>
      )}
    </Rules>
  );
}

function Ladder({ of, change }: { of: PolicyBody['ladder']; change: (of: PolicyBody['ladder']) => void }) {
  const words = texts.policies;
  return (
    <Rules title={words.ladder} add={words.addRung} of={of} fresh={{ after: 'P1D', to: 'owner' }} change={change}>
      {(rule, set) => (
        <>
          <To label={words.tellLabel} value={rule.to} onChange={(to) => set({ ...rule, to })} among={['holder', 'team-lead', 'owner']} />
          <DurationField before label={words.when} value={rule.after} onChange={(after) => set({ ...rule, after })} />
        </>
      )}
    </Rules>
  );
}

function AtEnd({ of, change }: { of: PolicyBody['atEnd']; change: (of: PolicyBody['atEnd']) => void }) {
  const words = texts.policies;
  return (
    <>
      <Checkbox label={words.atEnd} checked={of !== null} onChange={(event) => change(event.currentTarget.checked ? { after: 'P5D', reassign: 'owner' } : null)} />
      {of && (
        <>
          <To label={words.toWhom} value={of.reassign} onChange={(reassign) => change({ ...of, reassign })} among={['team-lead', 'owner']} />
          <DurationField before label={words.when} value={of.after} onChange={(after) => change({ ...of, after })} />
        </>
      )}
    </>
  );
}

function To({ label, value, onChange, among }: { label: string; value: string; onChange: (to: string) => void; among: ('holder' | 'team-lead' | 'owner')[] }) {
  const people = useQuery(peopleQuery(''));
  const roles = among.map((role) => ({ value: role, label: texts.policies.to[role] }));
  const members = (people.data ?? []).filter((each) => each.kind === 'member').map((each) => ({ value: each.id, label: each.name }));
  return <Select label={label} searchable allowDeselect={false} data={[...roles, ...members]} value={value} onChange={(to) => to !== null && onChange(to)} />;
}
