import { describe, expect, it } from 'vitest';
import { concerns, merge } from './changes';

const change = { everything: false, company: false, cases: [1042] };

describe('a change of a case', () => {
  it.each([
    ['the case', ['case', 'PAY-1042']],
    ['its journal', ['journal', 'PAY-1042']],
    ['a task in it', ['task', '1042.7']],
    ['every list', ['tasks', { view: 'mine' }]],
    ['the numbers', ['overview']],
  ])('concerns %s', (_, key) => {
    expect(concerns(change, key)).toBe(true);
  });

  it.each([
    ['another case', ['case', 'PAY-1043']],
    ['a task of another case', ['task', '104.2']],
    ['who is signed in', ['session']],
    ['a drawing', ['bpmn', 'vendor-payment', 3]],
  ])('does not concern %s', (_, key) => {
    expect(concerns(change, key)).toBe(false);
  });
});

it('takes everything as every case', () => {
  expect(concerns({ everything: true, company: false, cases: [] }, ['case', 'PAY-7'])).toBe(true);
});

it('joins what came one after the other', () => {
  expect(merge(merge(null, change), { everything: false, company: false, cases: [7, 1042] })).toEqual({ everything: false, company: false, cases: [1042, 7] });
});

describe('a change of the company', () => {
  const company = { everything: false, company: true, cases: [] };
  it('concerns what shows people, rules and processes, and no case', () => {
    expect(concerns(company, ['teams'])).toBe(true);
    expect(concerns(company, ['policies'])).toBe(true);
    expect(concerns(company, ['processes'])).toBe(true);
    expect(concerns(company, ['case', 'PAY-7'])).toBe(false);
    expect(concerns(company, ['tasks', {}])).toBe(false);
    expect(concerns(change, ['teams'])).toBe(false);
  });
});
