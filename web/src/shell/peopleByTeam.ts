/** People as a directory shows them: under each of their teams, narrowed by a search in names and teams. */
import type { PersonRef, Team } from '../api/types';

export interface Group {
  key: string;
  name: string;
  people: PersonRef[];
}

export function teamsOf(teams: readonly Team[], person: string): string[] {
  return teams.filter((team) => team.members.some((member) => member.id === person)).map((team) => team.name);
}

/** A team whose own name matches is shown whole. */
export function peopleByTeam(teams: readonly Team[], search: string): Group[] {
  const wanted = fold(search);
  const groups: Group[] = [];
  for (const team of teams) {
    const people = fold(team.name).includes(wanted)
      ? team.members
      : team.members.filter((member) => fold(member.name).includes(wanted));
    if (people.length > 0) groups.push({ key: team.key, name: team.name, people });
  }
  return groups;
}

/** `Tomás` is found by `tomas`. */
function fold(text: string): string {
  return text.trim().normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
