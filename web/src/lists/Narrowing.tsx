/** What a list is narrowed to, in words; each can be taken away. Ids are shown by the names that are known. */
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { peopleQuery, processesQuery, teamsQuery } from '../api/queries';
import { inWords, texts } from '../texts';
import { clock } from '../time/time';
import { useNow } from '../time/When';
import classes from './Lists.module.css';

interface Props {
  search: Record<string, string | undefined>;
  /** These have a place of their own on the page. */
  except?: readonly string[];
  drop: (name: string) => void;
  said?: Said;
}

/** Words of a page of its own, by the name of the filter and by its value. */
export interface Said {
  by: Record<string, string>;
  value: Record<string, string>;
}

const AS_EVERYWHERE: Said = { by: {}, value: {} };

const NONE: readonly string[] = [];

export function Narrowing({ search, except = NONE, drop, said = AS_EVERYWHERE }: Props) {
  const now = useNow();
  const people = useQuery(peopleQuery('')).data ?? [];
  const teams = useQuery(teamsQuery).data ?? [];
  const processes = useQuery(processesQuery).data ?? [];
  const called = (name: string) => said.by[name] ?? texts.lists.by(name);
  const named = (name: string, value: string): string => {
    const here = said.value[value];
    if (here !== undefined) return here;
    switch (name) {
      case 'process':
        return processes.find((each) => each.key === value)?.name ?? value;
      case 'party':
      case 'team':
        return teams.find((each) => each.key === value)?.name ?? value;
      case 'owner':
      case 'holder':
      case 'person':
        return people.find((each) => each.id === value)?.name ?? value;
      case 'kind':
      case 'incident':
      case 'risk':
        return inWords(value.replaceAll('-', ' '));
      default:
        return /^\d{4}-\d\d-\d\dT/.test(value) ? clock.moment(value, now) : value;
    }
  };
  const shown = Object.entries(search).filter(([name, value]) => value !== undefined && !except.includes(name));
  if (shown.length === 0) return null;
  return (
    <ul className={classes.narrowing} aria-label={texts.lists.narrowedTo}>
      {shown.map(([name, value]) => (
        <li key={name}>
          <span className={classes.name}>{called(name)}</span> {named(name, value ?? '')}
          <button type="button" aria-label={texts.lists.drop(called(name))} onClick={() => drop(name)}>
            <X size={12} aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}
