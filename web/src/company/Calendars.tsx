/** Working calendars: hours by weekday, public holidays of a place, and the days that are different. */
import { ActionIcon, Button, Group, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { calendarsQuery, countriesQuery } from '../api/queries';
import type { Calendar } from '../api/types';
import { ExportMenu } from '../export/ExportMenu';
import { useSession } from '../session/session';
import { texts } from '../texts';
import { DataTable, type Column } from '../ui/DataTable';
import { EditDrawer } from '../ui/EditDrawer';
import { LoadingRows } from '../ui/Loading';
import { Empty, Failure } from '../ui/Note';
import classes from './Company.module.css';
import { changed, keyOf, zones } from './fields';
import { DAYS, hoursText, readHours, weekText } from './week';

export function Calendars() {
  const words = texts.calendars;
  const { person: me } = useSession();
  const calendars = useQuery(calendarsQuery);
  const [open, setOpen] = useState<string | 'new' | null>(null);
  const chosen = calendars.data?.find((each) => each.key === open);
  const columns: Column<Calendar>[] = [
    { head: texts.company.name, render: (each) => each.name },
    { head: words.hours, render: (each) => weekText(each.hours, words.short) },
    { head: texts.company.timeZone, render: (each) => each.zone },
    { head: words.holidays, render: (each) => each.region ?? each.country ?? texts.none },
    { head: words.exceptions, render: (each) => each.exceptions.length, number: true, wideOnly: true },
  ];
  return (
    <>
      <div className={classes.bar}>
        <span className="dim">{words.lead}</span>
        <Group gap="xs">
          <ExportMenu list="calendars" query={{}} />
          {me.admin && (
            <Button leftSection={<Plus size={14} />} onClick={() => setOpen('new')}>
              {words.add}
            </Button>
          )}
        </Group>
      </div>
      {calendars.isPending && <LoadingRows rows={3} height={24} gap={14} />}
      {calendars.error && <Failure error={calendars.error} again={() => void calendars.refetch()} />}
      {calendars.data?.length === 0 && <Empty title={words.none}>{words.noneHow}</Empty>}
      {calendars.data && calendars.data.length > 0 && (
        <DataTable label={texts.company.tabs.calendars} columns={columns} rows={calendars.data} keyOf={(each) => each.key} open={(each) => setOpen(each.key)} />
      )}
      {open === 'new' && <EditCalendar calendar={null} close={() => setOpen(null)} />}
      {chosen && <EditCalendar calendar={chosen} close={() => setOpen(null)} />}
    </>
  );
}

function fresh(): Omit<Calendar, 'key'> {
  const week = Object.fromEntries(DAYS.map((day, place) => [day, place < 5 ? ['09:00-17:00'] : []]));
  return { name: '', zone: Intl.DateTimeFormat().resolvedOptions().timeZone, hours: week, country: null, region: null, exceptions: [] };
}

function EditCalendar({ calendar, close }: { calendar: Calendar | null; close: () => void }) {
  const words = texts.calendars;
  const { person: me } = useSession();
  const countries = useQuery(countriesQuery);
  const [before] = useState(() => calendar ?? fresh());
  const [fields, setFields] = useState(before);
  const set = (change: Partial<typeof before>) => setFields({ ...fields, ...change });
  const key = calendar?.key ?? keyOf(fields.name);
  const ready = fields.name.trim() !== '' && (calendar === null || changed(before, fields) !== null);
  const regions = countries.data?.find((each) => each.code === fields.country)?.regions ?? [];
  return (
    <EditDrawer
      title={calendar?.name ?? words.add}
      close={close}
      saved={texts.company.saved(fields.name)}
      {...(me.admin ? { request: ready ? ({ method: 'PUT', path: `/calendars/${encodeURIComponent(key)}`, body: { ...fields, key: undefined } } as const) : null } : {})}
    >
      <TextInput label={texts.company.name} value={fields.name} onChange={(event) => set({ name: event.currentTarget.value })} />
      <Select label={texts.company.timeZone} searchable allowDeselect={false} data={zones()} value={fields.zone} onChange={(zone) => zone !== null && set({ zone })} />
      <div className={classes.week}>
        {DAYS.map((day) => (
          <Hours key={day} label={words.days[day]} value={fields.hours[day] ?? []} onChange={(hours) => set({ hours: { ...fields.hours, [day]: hours } })} />
        ))}
      </div>
      <p className="dim">{words.hoursHint}</p>
      <div className={classes.pair}>
        <Select
          label={words.country}
          searchable
          clearable
          data={(countries.data ?? []).map((each) => ({ value: each.code, label: each.name }))}
          value={fields.country}
          onChange={(country) => set({ country, region: null })}
        />
        <Select
          label={words.region}
          searchable
          clearable
          disabled={regions.length === 0}
          data={regions.map((each) => ({ value: each.code, label: each.name }))}
          value={fields.region}
          onChange={(region) => set({ region })}
        />
      </div>
      <Exceptions of={fields.exceptions} change={(exceptions) => set({ exceptions })} />
    </EditDrawer>
  );
}

function Hours({ label, value, onChange }: { label: string; value: string[]; onChange: (hours: string[]) => void }) {
  const [text, setText] = useState(hoursText(value));
  return (
    <>
      <span>{label}</span>
      <TextInput
        aria-label={label}
        placeholder={texts.calendars.dayOff}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          onChange(readHours(event.currentTarget.value));
        }}
      />
    </>
  );
}

function Exceptions({ of, change }: { of: Calendar['exceptions']; change: (of: Calendar['exceptions']) => void }) {
  const words = texts.calendars;
  const set = (place: number, next: Partial<Calendar['exceptions'][number]>) => change(of.map((each, at) => (at === place ? { ...each, ...next } : each)));
  return (
    <>
      {of.map((each, place) => (
        // An exception is known by its place while its date is being typed.
        <div key={place} className={classes.rule}>
          <div className={classes.pair}>
            <TextInput type="date" label={words.date} value={each.date} onChange={(event) => set(place, { date: event.currentTarget.value })} />
            <TextInput
              label={words.hours}
              placeholder={words.dayOff}
              defaultValue={hoursText(each.hours)}
              onChange={(event) => set(place, { hours: readHours(event.currentTarget.value) })}
            />
          </div>
          <ActionIcon aria-label={texts.company.remove} onClick={() => change(of.filter((_, at) => at !== place))}>
            <X size={15} />
          </ActionIcon>
        </div>
      ))}
      <Button variant="default" style={{ justifySelf: 'start' }} leftSection={<Plus size={14} />} onClick={() => change([...of, { date: '', hours: [], name: null }])}>
        {words.addException}
      </Button>
    </>
  );
}
