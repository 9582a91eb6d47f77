import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BpmnModdle } from 'bpmn-moddle';
import { beforeEach, describe, expect, it } from 'vitest';
import { attribute, withAttribute, type Factory, type Moddle } from './batonElements';
import { fieldsOf } from './fields';
import { outline, type Line } from './outline';
import { dropDraft, formNames, keepDraft, loadDraft, newForm, withFile } from './project';
import { texts } from '../texts';

const moddle = new BpmnModdle();
const processes = join(import.meta.dirname, '..', '..', '..', 'processes');

async function read(path: string): Promise<Moddle> {
  const { rootElement } = await moddle.fromXML(readFileSync(path, 'utf8'));
  const roots = (rootElement as unknown as { rootElements: Moddle[] }).rootElements;
  return roots.find((each) => each.$type === 'bpmn:Process') as Moddle;
}

const template = (name: string) => join(import.meta.dirname, 'templates', `${name}.bpmn`);
const told = (line: Line) => `${'  '.repeat(line.depth)}${line.kind} ${line.name}`;

describe('the outline of a process', () => {
  it('tells steps in the order of the flow, and branches one level deeper', async () => {
    expect(outline(await read(template('approval'))).map(told)).toEqual([
      'event Asked',
      'step Describe the request',
      'step Approve the request',
      'choice Approved?',
      '  branch yes',
      '    event Approved',
      '  branch no',
      '    event Rejected',
    ]);
  });

  it('tells who has a step, at the step or by its lane, and on which condition a way is taken', async () => {
    const lines = outline(await read(join(processes, 'vendor-payment', 'vendor-payment.bpmn')));
    expect(lines.some(({ team, lane }) => (team || lane) !== '')).toBe(true);
    const ways = outline(await read(template('outside'))).filter(({ kind }) => kind === 'branch');
    expect(ways.map(({ when, otherwise, choice }) => [when, otherwise, choice])).toEqual([
      ['outcome = "complete"', false, true],
      ['', true, true],
    ]);
    expect(outline(await read(template('teams'))).filter(({ kind }) => kind === 'branch').map(({ choice }) => choice)).toEqual([false, false]);
  });

  it('tells a step that has no name yet', async () => {
    const process = await read(template('approval'));
    const approve = (process['flowElements'] as Moddle[]).find((each) => each.id === 'approve') as Moddle;
    delete approve.name;
    expect(outline(process).map(told)).toContain('step ');
  });

  it.each(['vendor-payment', 'customer-order', 'client-onboarding', 'service-exception', 'request-for-payment'])(
    'tells each step of %s exactly once, and ends where flows come back',
    async (key) => {
      const process = await read(join(processes, key, `${key}.bpmn`));
      const lines = outline(process);
      const steps = lines.filter((line) => line.kind === 'step' || line.kind === 'inside').map((line) => line.id);
      const drawn: string[] = [];
      const gather = (scope: Moddle) => {
        for (const each of (scope['flowElements'] as Moddle[] | undefined) ?? []) {
          if (/(Task|SubProcess|CallActivity)$/.test(each.$type)) drawn.push(each.id ?? '');
          gather(each);
        }
      };
      gather(process);
      expect(steps.toSorted()).toEqual(drawn.toSorted());
    },
  );

  it('says who does a step and by when', async () => {
    const lines = outline(await read(join(processes, 'vendor-payment', 'vendor-payment.bpmn')));
    const step = lines.find((line) => line.id === 'complete-invoice');
    expect(step).toMatchObject({ lane: 'Accounts payable', due: 'P1D', policy: 'standard' });
  });
});

describe('an attribute of an extension element', () => {
  const factory = moddle as unknown as Factory;

  it('is written, read back, and leaves what it does not know', async () => {
    const process = await read(template('approval'));
    const approve = (process['flowElements'] as Moddle[]).find((each) => each.id === 'approve') as Moddle;
    approve.extensionElements = withAttribute(approve, 'baton:task', 'policy', 'standard', factory) as Moddle['extensionElements'];
    expect(attribute(approve, 'baton:task', 'policy')).toBe('standard');
    expect(attribute(approve, 'baton:task', 'four-eyes')).toBe('describe');
    const { xml } = await moddle.toXML((process.$parent as never), { format: true });
    expect(xml).toContain('<baton:task due="P2D" four-eyes="describe" policy="standard" />');
  });

  it('goes with its element when it was the last', () => {
    const empty: Moddle = { $type: 'bpmn:UserTask' };
    const one = withAttribute(empty, 'baton:task', 'due', 'P1D', factory);
    const task: Moddle = { $type: 'bpmn:UserTask', extensionElements: one as Moddle['extensionElements'] };
    expect(withAttribute(task, 'baton:task', 'due', '', factory)).toBeUndefined();
  });
});

it('has a label and a hint for every field that it shows', () => {
  const kinds = ['UserTask', 'ServiceTask', 'BusinessRuleTask', 'ScriptTask', 'Lane', 'Process'];
  for (const field of kinds.flatMap((kind) => fieldsOf(`bpmn:${kind}`))) {
    expect(texts.designer.fields).toHaveProperty([`${field.kind} ${field.name}`]);
  }
});

describe('a draft', () => {
  beforeEach(() => localStorage.clear());

  it('is kept until it is dropped', () => {
    const files = withFile([{ name: 'a.bpmn', body: '<x/>' }], 'ask.form', newForm('ask'));
    expect(keepDraft('a', files, localStorage)).toBe(true);
    expect(loadDraft('a', localStorage)).toEqual(files);
    expect(formNames(files)).toEqual(['ask']);
    dropDraft('a', localStorage);
    expect(loadDraft('a', localStorage)).toBeNull();
  });

  it('that is damaged is none', () => {
    localStorage.setItem('baton-draft-a', '{"oops":');
    expect(loadDraft('a', localStorage)).toBeNull();
    localStorage.setItem('baton-draft-a', '[{"name":1}]');
    expect(loadDraft('a', localStorage)).toBeNull();
  });

  it('that is too large is not kept', () => {
    expect(keepDraft('a', [{ name: 'a.bpmn', body: 'x'.repeat(2_000_001) }], localStorage)).toBe(false);
  });
});
