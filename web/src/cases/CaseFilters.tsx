/** Which cases: text, process, party, owner. What is typed goes into the address a moment after the last key. */
import { Button, Select } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { peopleQuery, processesQuery, teamsQuery } from '../api/queries';
import { texts } from '../texts';
import { SearchField, TYPING_MS } from '../ui/SearchField';
import { Narrowing } from '../lists/Narrowing';
import { IN_THE_BAR, narrowed, nothing, type CasesSearch, type withFilter } from './casesSearch';
import classes from './CasesPage.module.css';

interface Props {
  search: CasesSearch;
  change: (to: Parameters<typeof withFilter>[1]) => void;
}

export function CaseFilters({ search, change }: Props) {
  const words = texts.cases;
  const processes = useQuery(processesQuery);
  const teams = useQuery(teamsQuery);
  return (
    <>
      <SearchField
        className={classes.text}
        label={words.searchLabel}
        placeholder={words.search}
        value={search.q ?? ''}
        onChange={(q) => change({ q })}
      />
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
      {narrowed(search) && (
        <Button variant="subtle" color="gray" onClick={() => change(nothing)}>
          {words.clear}
        </Button>
      )}
      <div className={classes.narrowing}>
        <Narrowing
          search={search as Record<string, string | undefined>}
          except={IN_THE_BAR}
          drop={(name) => change(name === 'variable' || name === 'value' ? { variable: null, value: null } : { [name]: null })}
        />
      </div>
    </>
  );
}

interface FilterProps {
  label: string;
  value: string | undefined;
  options: { value: string; label: string }[];
  onChange: (value: string | null) => void;
  onSearch?: (text: string) => void;
}

export function Filter({ label, value, options, onChange, onSearch }: FilterProps) {
  // A filter that came with the address, but whose name is not known (yet), shows what the address says.
  const known = value === undefined || options.some((option) => option.value === value);
  return (
    <Select
      className={classes.filter ?? ''}
      size="xs"
      aria-label={label}
      placeholder={label}
      searchable
      clearable
      data={known ? options : [...options, { value, label: value }]}
      value={value ?? null}
      onChange={onChange}
      {...(onSearch ? { onSearchChange: onSearch } : {})}
      clearButtonProps={{ 'aria-label': `${texts.clear}: ${label}` }}
      comboboxProps={{ width: 240, position: 'bottom-start' }}
    />
  );
}

/** People are too many to list: the server looks them up. */
export function OwnerFilter({ label = texts.cases.owner, value, onChange }: Pick<FilterProps, 'value' | 'onChange'> & { label?: string }) {
  const [asked, setAsked] = useState('');
  const ask = useDebouncedCallback(setAsked, TYPING_MS);
  const found = useQuery(peopleQuery(asked));
  const [chosen, setChosen] = useState<{ value: string; label: string } | null>(null);
  const options = (found.data ?? []).map(({ id, name }) => ({ value: id, label: name }));
  if (chosen?.value === value && chosen && !options.some((option) => option.value === value)) options.push(chosen);
  return (
    <Filter
      label={label}
      value={value}
      options={options}
      onSearch={(text) => ask(text === chosen?.label ? '' : text)}
      onChange={(id) => {
        setChosen(options.find((option) => option.value === id) ?? null);
        onChange(id);
      }}
    />
  );
}
