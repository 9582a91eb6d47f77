/**
 * The search over everything: cases, tasks, people, parties, processes, and what one can go and do. `/` or Ctrl K opens it;
 * arrow keys and Enter choose.
 */
import { Combobox, Loader, Modal, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import type { Found } from '../api/search';
import { searchQuery } from '../api/search';
import { fittingCommands, type Command } from './commands';
import { texts } from '../texts';
import { StateChip } from '../ui/Chip';
import { Person } from '../ui/Avatar';
import { Failure } from '../ui/Note';
import classes from './SearchBox.module.css';

interface Props {
  opened: boolean;
  close: () => void;
  commands: Command[];
  goTo: (place: Place) => void;
}

export type Place =
  | { to: 'case'; key: string }
  | { to: 'task'; id: string }
  | { to: 'person'; id: string }
  | { to: 'party'; key: string }
  | { to: 'process'; key: string };

export function SearchBox({ opened, close, ...rest }: Props) {
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={texts.search.title}
      size="lg"
      yOffset="8dvh"
      closeButtonProps={{ 'aria-label': texts.close }}
    >
      <Box close={close} {...rest} />
    </Modal>
  );
}

const TYPING_MS = 120;

function Box({ close, commands, goTo }: Omit<Props, 'opened'>) {
  const words = texts.search;
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), TYPING_MS);
  const combobox = useCombobox({ opened: true });
  const found = useQuery({ ...searchQuery(asked), enabled: asked !== '', placeholderData: keepPreviousData });
  const shown = text.trim() === '' ? [] : groupsOf(found.data, goTo);
  const { first: named, rest } = fittingCommands(commands, text);
  const groups: Group[] = [
    { name: words.commands, items: named.map(commandItem) },
    ...shown,
    { name: named.length === 0 ? words.commands : words.moreCommands, items: rest.map(commandItem) },
  ].filter(({ items }) => items.length > 0);
  const ready = found.data !== undefined && asked === text.trim() && !found.isPlaceholderData;
  const first = combobox.selectFirstOption;
  const shownIds = groups.flatMap(({ items }) => items.map(({ id }) => id)).join(' ');
  useEffect(() => {
    if (shownIds !== '') first();
  }, [first, shownIds]);

  const choose = (id: string) => {
    const item = groups.flatMap(({ items }) => items).find((each) => each.id === id);
    if (item === undefined) return;
    close();
    item.run();
  };
  return (
    <Combobox store={combobox} onOptionSubmit={choose}>
      <Combobox.EventsTarget>
        <TextInput
          data-autofocus
          size="md"
          maxLength={200}
          aria-label={words.title}
          placeholder={words.placeholder}
          leftSection={<Search size={16} aria-hidden="true" />}
          rightSection={found.isFetching ? <Loader size={14} aria-label={words.searching} /> : null}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </Combobox.EventsTarget>
      <div className={classes.found} role="region" aria-label={words.found} tabIndex={0}>
        {found.error && <Failure error={found.error} again={() => void found.refetch()} />}
        <Combobox.Options aria-label={words.found}>
          {groups.map(({ name, items }) => (
            <Combobox.Group key={name} label={name}>
              {items.map(({ id, line }) => (
                <Combobox.Option key={id} value={id} className={classes.option}>
                  {line}
                </Combobox.Option>
              ))}
            </Combobox.Group>
          ))}
          {groups.length === 0 && ready && <Combobox.Empty>{words.nothing(text.trim())}</Combobox.Empty>}
        </Combobox.Options>
        {found.data?.more === true && shown.length > 0 && <p className={classes.more}>{words.more}</p>}
      </div>
    </Combobox>
  );
}

function commandItem({ name, keys, run }: Command) {
  return { id: `command ${name}`, run, line: <CommandLine name={name} keys={keys} /> };
}

interface Group {
  name: string;
  items: { id: string; run: () => void; line: ReactNode }[];
}

function groupsOf(found: Found | undefined, goTo: (place: Place) => void): Group[] {
  if (found === undefined) return [];
  const words = texts.search;
  return [
    {
      name: words.cases,
      items: found.cases.map(({ item, match }) => ({
        id: `case ${item.key}`,
        run: () => goTo({ to: 'case', key: item.key }),
        line: (
          <>
            <span className={classes.main}>
              <span className="key">{item.key}</span> {item.title ?? item.process.name}
              <span className={classes.below}>
                {match ? `${match.variable}: ${match.value}` : [item.process.name, item.owner?.name].filter(Boolean).join(' · ')}
              </span>
            </span>
            <StateChip state={item.state} incidents={item.incidents} />
          </>
        ),
      })),
    },
    {
      name: words.tasks,
      items: found.tasks.map((task) => ({
        id: `task ${task.id}`,
        run: () => goTo({ to: 'task', id: task.id }),
        line: (
          <span className={classes.main}>
            {task.name}
            <span className={classes.below}>
              {task.caseKey} {task.caseTitle}
            </span>
          </span>
        ),
      })),
    },
    {
      name: words.people,
      items: found.people.map(({ id, name }) => ({ id: `person ${id}`, run: () => goTo({ to: 'person', id }), line: <Person id={id} name={name} /> })),
    },
    {
      name: words.parties,
      items: found.parties.map(({ key, name }) => ({ id: `party ${key}`, run: () => goTo({ to: 'party', key }), line: <span>{name}</span> })),
    },
    {
      name: words.processes,
      items: found.processes.map(({ key, name }) => ({ id: `process ${key}`, run: () => goTo({ to: 'process', key }), line: <span>{name}</span> })),
    },
  ];
}

function CommandLine({ name, keys }: { name: string; keys: string | undefined }) {
  return (
    <>
      <span>{name}</span>
      {keys !== undefined && <span className={classes.keys}>{keys}</span>}
    </>
  );
}
