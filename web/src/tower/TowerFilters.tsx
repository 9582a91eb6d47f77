/** What the tower is narrowed to. What stands here stands in the address, and in the address of every list it opens. */
import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { processesQuery, teamsQuery } from '../api/queries';
import { Filter, OwnerFilter } from '../cases/CaseFilters';
import { texts } from '../texts';
import { narrowedTower, readVariable, type TowerChange, type TowerSearch, writeVariable } from './towerSearch';
import classes from './Tower.module.css';

interface Props {
  search: TowerSearch;
  change: (to: TowerChange) => void;
}

export function TowerFilters({ search, change }: Props) {
  const words = texts.cases;
  const processes = useQuery(processesQuery);
  const teams = useQuery(teamsQuery);
  return (
    <div className={classes.filters}>
      <Filter
        label={words.process}
        value={search.process}
        options={(processes.data ?? []).map(({ key, name }) => ({ value: key, label: name }))}
        onChange={(process) => change({ process })}
      />
      <Filter
        label={words.party}
        value={search.party}
        options={(teams.data ?? []).map(({ key, name }) => ({ value: key, label: name }))}
        onChange={(party) => change({ party })}
      />
      <OwnerFilter value={search.owner} onChange={(owner) => change({ owner })} />
      <VariableFilter
        key={`${search.variable} ${search.value}`}
        shown={writeVariable(search.variable, search.value)}
        change={change}
      />
      {narrowedTower(search) && (
        <Button
          variant="subtle"
          color="gray"
          onClick={() => change({ process: null, party: null, owner: null, variable: null, value: null })}
        >
          {words.clear}
        </Button>
      )}
    </div>
  );
}

function VariableFilter({ shown, change }: { shown: string; change: Props['change'] }) {
  const [typed, setTyped] = useState(shown);
  const give = () => {
    if (typed.trim() === shown) return;
    change(readVariable(typed) ?? { variable: null, value: null });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        give();
      }}
    >
      <TextInput
        size="xs"
        className={classes.variable ?? ''}
        aria-label={texts.tower.variable}
        placeholder={texts.tower.variableHint}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={give}
      />
    </form>
  );
}
