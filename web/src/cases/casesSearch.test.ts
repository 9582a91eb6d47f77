import { describe, expect, it } from 'vitest';
import { withQuery } from '../api/client';
import { narrowed, readCasesSearch, toCaseQuery, withFilter } from './casesSearch';

describe('the filters in the address', () => {
  it('shows open cases when the address says nothing', () => {
    expect(toCaseQuery(readCasesSearch({}))).toEqual({ state: 'open' });
  });

  it('asks for every state by asking for none', () => {
    expect(toCaseQuery(readCasesSearch({ state: 'all', q: 'PAY' }))).toEqual({ q: 'PAY' });
  });

  it('drops what is not a filter', () => {
    expect(readCasesSearch({ state: 'lost', q: '  ', owner: 7, colour: 'red', party: 'legal' })).toEqual({ party: 'legal' });
  });

  it('does not write the default into the address', () => {
    expect(withFilter({ state: 'completed', q: 'x' }, { state: 'open' })).toEqual({ q: 'x' });
  });

  it('clears a filter with null and keeps the others', () => {
    expect(withFilter({ process: 'a', owner: 'p1' }, { owner: null })).toEqual({ process: 'a' });
  });

  it('is narrowed by anything but the state', () => {
    expect(narrowed({ state: 'completed' })).toBe(false);
    expect(narrowed({ state: 'completed', party: 'legal' })).toBe(true);
  });

  it('escapes what people type', () => {
    expect(withQuery('/cases', { q: 'a&b=ü', cursor: null, limit: 50 })).toBe('/cases?q=a%26b%3D%C3%BC&limit=50');
  });
});
