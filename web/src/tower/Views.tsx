/** Views that people keep: what a page is narrowed to, under a name, shared with a team; the tower's also sent as a digest. */
import { ActionIcon, Button, Menu, Modal, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Bookmark, ChevronDown, Plus, Settings2, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useAct } from '../api/act';
import { withQuery } from '../api/client';
import { teamsQuery } from '../api/queries';
import { savedViewsQuery, type SavedView } from '../api/tower';
import { useSession } from '../session/session';
import { texts } from '../texts';
import { ActForm } from '../ui/ActForm';
import { Segments } from '../ui/Segments';
import { toast, toastFailure } from '../ui/toast';
import classes from './Tower.module.css';

interface Props<Search> {
  page: SavedView['page'];
  search: Search;
  /** Whatever stands in an address becomes a valid filter. */
  read: (raw: Record<string, unknown>) => Search;
  go: (to: Search) => void;
}

export function Views<Search extends Record<string, string | undefined>>({ page, search, read, go }: Props<Search>) {
  const words = texts.tower.views;
  const views = (useQuery(savedViewsQuery).data ?? []).filter((each) => each.page === page);
  const [open, setOpen] = useState<'save' | 'manage' | null>(null);
  const close = () => setOpen(null);
  const here = withQuery('', search).slice(1);
  const readView = (view: SavedView) => read(Object.fromEntries(new URLSearchParams(view.query)));
  const now = views.find((view) => withQuery('', readView(view)).slice(1) === here && here !== '');
  return (
    <>
      <Menu position="bottom-end" width={260} shadow="md">
        <Menu.Target>
          <Button variant="default" leftSection={<Bookmark size={14} />} rightSection={<ChevronDown size={13} />}>
            {now?.name ?? words.title}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {views.length === 0 && <Menu.Label>{words.none}</Menu.Label>}
          {views.map((view) => (
            <Menu.Item key={view.id} onClick={() => go(readView(view))} rightSection={view.team && <span className="dim">{view.team.name}</span>}>
              {view.name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<Plus size={14} />} onClick={() => setOpen('save')}>
            {words.save}
          </Menu.Item>
          {views.length > 0 && (
            <Menu.Item leftSection={<Settings2 size={14} />} onClick={() => setOpen('manage')}>
              {words.manage}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {open === 'save' && <SaveView page={page} query={here} close={close} />}
      {open === 'manage' && <ManageViews views={views} close={close} />}
    </>
  );
}

function SaveView({ page, query, close }: { page: SavedView['page']; query: string; close: () => void }) {
  const words = texts.tower.views;
  const { person } = useSession();
  const teams = useQuery(teamsQuery).data ?? [];
  const [name, setName] = useState('');
  const [team, setTeam] = useState<string | null>(null);
  return (
    <ActForm
      title={words.save}
      lead={words.saveLead}
      confirm={words.keep}
      request={name.trim() === '' ? null : { method: 'POST', path: '/views', body: { name: name.trim(), page, query, team } }}
      close={close}
      done={() => toast(words.kept(name.trim()))}
    >
      <TextInput label={words.name} data-autofocus maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <Select
        label={words.share}
        placeholder={words.onlyMe}
        clearable
        data={person.teams.map((key) => ({ value: key, label: teams.find((each) => each.key === key)?.name ?? key }))}
        value={team}
        onChange={setTeam}
      />
    </ActForm>
  );
}

function ManageViews({ views, close }: { views: SavedView[]; close: () => void }) {
  const words = texts.tower.views;
  return (
    <Modal opened onClose={close} title={words.manage} size="lg" closeButtonProps={{ 'aria-label': texts.close }}>
      <ul className={classes.views}>
        {views.map((view) => (
          <ManagedView key={view.id} view={view} />
        ))}
      </ul>
    </Modal>
  );
}

function ManagedView({ view }: { view: SavedView }) {
  const words = texts.tower.views;
  const act = useAct();
  const send = (every: 'off' | 'day' | 'week') =>
    act.mutate(
      every === 'off'
        ? { method: 'DELETE', path: `/views/${view.id}/digest` }
        : { method: 'PUT', path: `/views/${view.id}/digest`, body: { every } },
      { onError: toastFailure },
    );
  return (
    <li>
      <span>
        <b>{view.name}</b>
        <span className="dim"> {view.team ? words.sharedWith(view.team.name) : words.onlyMe}</span>
      </span>
      {view.page === 'tower' && (
        <Segments
          label={words.digestOf(view.name)}
          name={`digest-${view.id}`}
          value={view.digest ?? 'off'}
          onChange={send}
          options={(['off', 'day', 'week'] as const).map((value) => ({ value, label: words.digests[value] }))}
        />
      )}
      {view.mine && (
        <ActionIcon
          aria-label={words.remove(view.name)}
          onClick={() => act.mutate({ method: 'DELETE', path: `/views/${view.id}` }, { onError: toastFailure })}
        >
          <Trash2 size={15} />
        </ActionIcon>
      )}
    </li>
  );
}
