/** Choosing whom to act as: everybody, by team, found by a part of the name. Arrow keys and Enter choose. */
import { Combobox, Modal, Skeleton, TextInput, useCombobox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { teamsQuery } from '../api/queries';
import { useMe } from '../session/session';
import { texts } from '../texts';
import { Person } from '../ui/Avatar';
import { Failure } from '../ui/Note';
import { useActAs } from './becoming';
import { peopleByTeam } from './peopleByTeam';
import classes from './Shell.module.css';

export function ActAs({ opened, close }: { opened: boolean; close: () => void }) {
  return (
    <Modal opened={opened} onClose={close} title={texts.actAs.title} closeButtonProps={{ 'aria-label': texts.close }}>
      <Picker close={close} />
    </Modal>
  );
}

function Picker({ close }: { close: () => void }) {
  const [search, setSearch] = useState('');
  const combobox = useCombobox({ opened: true });
  const teams = useQuery(teamsQuery);
  const me = useMe();
  const act = useActAs();
  const groups = peopleByTeam(teams.data ?? [], search);
  const choose = (value: string) => {
    const id = value.slice(value.indexOf(' ') + 1);
    act(id);
    close();
  };
  return (
    <>
      <p className={classes.lead}>{texts.actAs.lead}</p>
      <Combobox store={combobox} onOptionSubmit={choose}>
        <Combobox.EventsTarget>
          <TextInput
            data-autofocus
            aria-label={texts.actAs.search}
            placeholder={texts.actAs.search}
            leftSection={<Search size={15} />}
            value={search}
            onChange={(event) => {
              setSearch(event.currentTarget.value);
              combobox.updateSelectedOptionIndex();
            }}
          />
        </Combobox.EventsTarget>
        <div className={classes.people} role="region" aria-label={texts.actAs.title} tabIndex={0}>
          {teams.isPending && <Skeleton height={220} />}
          {teams.error && <Failure error={teams.error} again={() => void teams.refetch()} />}
          <Combobox.Options aria-label={texts.actAs.title}>
            {groups.map((group) => (
              <Combobox.Group key={group.key} label={group.name}>
                {group.people.map((each) => (
                  <Combobox.Option key={each.id} value={`${group.key} ${each.id}`} className={classes.personOption}>
                    <Person name={each.name} id={each.id} />
                    {each.id === me.id && <span className="dim">{texts.actAs.now}</span>}
                  </Combobox.Option>
                ))}
              </Combobox.Group>
            ))}
            {teams.data && groups.length === 0 && <Combobox.Empty>{texts.actAs.nobody}</Combobox.Empty>}
          </Combobox.Options>
        </div>
      </Combobox>
    </>
  );
}
