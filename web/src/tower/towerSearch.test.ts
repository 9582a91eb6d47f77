import { describe, expect, it } from 'vitest';
import { againstUsual, readList, readTowerSearch, readVariable, withTower, writeVariable } from './towerSearch';

describe('the address of the tower', () => {
  it('keeps what is a filter and drops what is not', () => {
    expect(readTowerSearch({ process: 'pay', days: '30', owner: ' ', what: 'x' })).toEqual({ process: 'pay', days: '30' });
    expect(readTowerSearch({ days: '7' })).toEqual({});
    expect(readTowerSearch({ days: '8' })).toEqual({});
  });

  it('has a variable only with its value', () => {
    expect(readTowerSearch({ variable: 'vendor' })).toEqual({});
    expect(withTower({ process: 'pay' }, { variable: 'vendor', value: 'ACME' })).toEqual({
      process: 'pay',
      variable: 'vendor',
      value: 'ACME',
    });
  });

  it('reads a variable as it is typed', () => {
    expect(readVariable('vendor = ACME = Co')).toEqual({ variable: 'vendor', value: 'ACME = Co' });
    expect(readVariable('vendor')).toBeNull();
    expect(readVariable('= ACME')).toBeNull();
  });

  it('reads and writes a tag', () => {
    expect(readVariable(' # very urgent ')).toEqual({ variable: 'tags', value: 'very urgent' });
    expect(readVariable('#')).toBeNull();
    expect(writeVariable('tags', 'urgent')).toBe('#urgent');
    expect(writeVariable('vendor', 'ACME')).toBe('vendor = ACME');
    expect(writeVariable(undefined, undefined)).toBe('');
  });
});

describe('a list behind a number', () => {
  it('is a page of the app with the filter in its address', () => {
    expect(readList('cases?state=open&value=a%26b')).toEqual({ page: '/cases', search: { state: 'open', value: 'a&b' } });
    expect(readList('ledger/cases?party=-')).toEqual({ page: '/ledger/cases', search: { party: '-' } });
    expect(readList('tasks?view=all&person=p1')).toEqual({ page: '/tasks', search: { person: 'p1' } });
  });
});

describe('against the usual', () => {
  it('says by how many percent, and nothing where there is no usual', () => {
    expect(againstUsual(12, 10)).toBe(20);
    expect(againstUsual(5, 0)).toBeNull();
    expect(againstUsual(null, 3)).toBeNull();
  });
});
