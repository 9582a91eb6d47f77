/** Choosing a person, found on the server by a part of the name. */
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { peopleQuery } from '../api/queries';
import { texts } from '../texts';

const WAIT_MS = 200;

interface Props {
  label: string;
  description?: string;
  value: string | null;
  onChange: (id: string | null) => void;
  /** Who is not offered. */
  except?: string | undefined;
  clearable?: boolean;
  first?: boolean;
}

export function PersonSelect({ label, description, value, onChange, except, clearable = false, first = false }: Props) {
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed, WAIT_MS);
  const people = useQuery({ ...peopleQuery(search), placeholderData: keepPreviousData });
  const data = (people.data ?? [])
    .filter((each) => each.id !== except)
    .map((each) => ({ value: each.id, label: each.organisation ? `${each.name} (${each.organisation})` : each.name }));
  return (
    <Select
      {...(first ? { 'data-autofocus': true } : {})}
      label={label}
      {...(description === undefined ? {} : { description })}
      placeholder={texts.people.search}
      nothingFoundMessage={people.isFetching ? texts.loading : texts.people.nobody}
      searchable
      clearable={clearable}
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options }) => options}
      data={data}
      value={value}
      onChange={onChange}
    />
  );
}
