/** Everybody: members who sign in, contacts outside, and on demand those who have left. */
import { Button, Checkbox, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useLivePages } from '../api/live';
import { peoplePagesQuery, teamsQuery } from '../api/queries';
import type { Person as OnePerson } from '../api/types';
import { ExportMenu } from '../export/ExportMenu';
import { useSession } from '../session/session';
import { texts } from '../texts';
import { Person } from '../ui/Avatar';
import { DataTable, type Column } from '../ui/DataTable';
import { LoadingRows } from '../ui/Loading';
import { Empty, Failure } from '../ui/Note';
import { SearchField } from '../ui/SearchField';
import classes from './Company.module.css';
import { NewPerson, PersonDrawer } from './PersonDrawer';

export function People() {
  const words = texts.company;
  const { person: me } = useSession();
  const [q, setQ] = useState('');
  const [team, setTeam] = useState<string | null>(null);
  const [left, setLeft] = useState(false);
  const [open, setOpen] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const teams = useQuery(teamsQuery);
  const nameOf = (key: string) => teams.data?.find((each) => each.key === key)?.name ?? key;
  const query = { ...(q === '' ? {} : { q }), ...(team === null ? {} : { team }), ...(left ? { left: 'true' } : {}) };
  const people = useLivePages(peoplePagesQuery(query));
  const rows = people.data?.pages.flatMap((page) => page.items) ?? [];
  const columns: Column<OnePerson>[] = [
    { head: words.name, render: (each) => <Person name={each.name} id={each.id} /> },
    { head: words.email, render: (each) => each.email ?? texts.none },
    { head: words.teams, render: (each) => each.organisation ?? each.teams.map(nameOf).join(', ') },
    { head: words.kind, render: (each) => words.kinds[each.kind], wideOnly: true },
  ];
  return (
    <>
      <div className={classes.bar}>
        <SearchField className={classes.search} label={words.searchPeople} placeholder={words.searchPeople} value={q} onChange={setQ} />
        <Select
          size="xs"
          aria-label={words.team}
          placeholder={words.team}
          clearable
          searchable
          data={(teams.data ?? []).map((each) => ({ value: each.key, label: each.name }))}
          value={team}
          onChange={setTeam}
        />
        <ExportMenu list="people" query={query} />
        <Checkbox size="xs" label={words.showLeft} checked={left} onChange={(event) => setLeft(event.currentTarget.checked)} />
        {me.admin && (
          <Button leftSection={<Plus size={14} />} onClick={() => setAdding(true)}>
            {words.addPerson}
          </Button>
        )}
      </div>
      {people.isPending && <LoadingRows rows={10} height={24} gap={14} />}
      {people.error && <Failure error={people.error} again={() => void people.refetch()} />}
      {rows.length > 0 && <DataTable label={words.tabs.people} columns={columns} rows={rows} keyOf={(each) => each.id} open={(each) => setOpen(each.id)} />}
      {people.data && rows.length === 0 && <Empty title={words.nobody}>{words.nobodyHow}</Empty>}
      {people.hasNextPage && (
        <Button variant="default" className={classes.more ?? ''} loading={people.isFetchingNextPage} onClick={() => void people.fetchNextPage()}>
          {texts.cases.loadMore}
        </Button>
      )}
      {open !== null && <PersonDrawer id={open} close={() => setOpen(null)} />}
      {adding && <NewPerson close={() => setAdding(false)} />}
    </>
  );
}
