import { describe, expect, it } from 'vitest';
import type { Team } from '../api/types';
import { peopleByTeam, teamsOf } from './peopleByTeam';

const teams: Team[] = [
  { key: 'legal', name: 'Legal', kind: 'team', members: [{ id: 'p1', name: 'Tomás Herrera' }, { id: 'p2', name: 'Mara Lind' }] },
  { key: 'treasury', name: 'Treasury', kind: 'team', members: [{ id: 'p2', name: 'Mara Lind' }] },
];
const found = (search: string) => peopleByTeam(teams, search).map((group) => [group.key, group.people.map((one) => one.id)]);

describe('finding people', () => {
  it('finds a name without its accents, and in every team of the person', () => {
    expect(found('tomas')).toEqual([['legal', ['p1']]]);
    expect(found('LIND')).toEqual([
      ['legal', ['p2']],
      ['treasury', ['p2']],
    ]);
  });

  it('shows a whole team when its name matches', () => {
    expect(found('legal')).toEqual([['legal', ['p1', 'p2']]]);
  });

  it('leaves out teams without a match', () => {
    expect(found('nobody')).toEqual([]);
  });

  it('names the teams of a person', () => {
    expect(teamsOf(teams, 'p2')).toEqual(['Legal', 'Treasury']);
  });
});
