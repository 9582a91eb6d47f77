/** The names of people by their ids, as far as they are known; else the id. */
import { useQuery } from '@tanstack/react-query';
import { peopleQuery } from '../api/queries';

export function useNames(): (person: string) => string {
  const people = useQuery(peopleQuery(''));
  return (id) => people.data?.find((each) => each.id === id)?.name ?? id;
}
