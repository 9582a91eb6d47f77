import { describe, expect, it } from 'vitest';
import { nodeType } from '../texts';
import { fieldLabels } from './Form';
import { readVariables } from './readVariables';

describe('typed variables', () => {
  it('are none when nothing was typed', () => {
    expect(readVariables(' \n')).toEqual({ variables: {}, error: null });
  });

  it('are one JSON object and nothing else', () => {
    expect(readVariables('{"a": [1]}').variables).toEqual({ a: [1] });
    for (const text of ['[1]', '"a"', 'null', '7']) expect(readVariables(text).error).toContain('one JSON object');
    expect(readVariables('{a: 1}').error).toContain('not valid JSON');
  });
});

describe('fields of a form', () => {
  it('are found by key, also inside groups', () => {
    const schema = {
      components: [
        { type: 'textfield', key: 'iban', label: 'IBAN' },
        { type: 'group', components: [{ type: 'number', key: 'amount', label: 'Amount' }] },
      ],
    };
    expect([...fieldLabels(schema)]).toEqual([
      ['iban', 'IBAN'],
      ['amount', 'Amount'],
    ]);
  });
});

describe('types of nodes', () => {
  it.each([
    ['bpmn:UserTask', 'User task'],
    ['businessRuleTask', 'Decision'],
    ['adHocThing', 'Ad hoc thing'],
  ])('%s reads %s', (type, words) => {
    expect(nodeType(type)).toBe(words);
  });
});
