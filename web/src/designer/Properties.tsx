/** What the chosen element is, and the few things that make it run: beside the drawing, in the words of the guide. */
import { Autocomplete, TextInput, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { policiesQuery, teamsQuery } from '../api/queries';
import { nodeType, texts } from '../texts';
import { design } from '../texts/design';
import { attribute, type Moddle } from './batonElements';
import type { Canvas, DrawnElement } from './Canvas';
import classes from './Designer.module.css';
import { fieldsOf, type Field } from './fields';

interface Props {
  canvas: Canvas;
  element: DrawnElement | null;
  forms: readonly string[];
  mayChange: boolean;
  /** It was never published: its key can still be chosen. */
  fresh: boolean;
}

export function Properties({ canvas, element, forms, mayChange, fresh }: Props) {
  const words = design;
  const process = canvas.process();
  const pool = element?.type === 'bpmn:Participant';
  const of = element === null || pool ? process : element.businessObject;
  if (of === null) return null;
  const shown = element === null || pool ? undefined : element;
  return (
    <div className={classes.properties} key={of.id}>
      <p className="dim">{shown ? nodeType(shown.type) : words.process}</p>
      <Saved
        label={texts.company.name}
        value={of.name ?? ''}
        disabled={!mayChange}
        save={(name) => (shown ? canvas.rename(shown.id, name) : canvas.set(undefined, of, { name }))}
      />
      {fresh && of.$type === 'bpmn:Process' && (
        <Saved label={words.key} hint={words.keyHint} value={of.id ?? ''} disabled={!mayChange} save={(id) => canvas.set(undefined, of, { id })} />
      )}
      {fieldsOf(of.$type).map((field) => (
        <FieldInput key={`${field.kind} ${field.name}`} canvas={canvas} of={of} element={shown} field={field} forms={forms} disabled={!mayChange} />
      ))}
      {shown && <Standard canvas={canvas} element={shown} disabled={!mayChange} />}
      {shown && <p className={classes.id}>{of.id}</p>}
    </div>
  );
}

interface FieldProps {
  canvas: Canvas;
  of: Moddle;
  element: DrawnElement | undefined;
  field: Field;
  forms: readonly string[];
  disabled: boolean;
}

function FieldInput({ canvas, of, element, field, forms, disabled }: FieldProps) {
  const words = design.fields;
  const { label, hint } = words[`${field.kind} ${field.name}` as keyof typeof words];
  const choices = useChoices(field.choice, forms);
  return (
    <Saved
      label={label}
      hint={hint}
      choices={choices}
      disabled={disabled}
      value={attribute(of, field.kind, field.name)}
      save={(value) => canvas.setAttribute(of, element, field.kind, field.name, value)}
    />
  );
}

function useChoices(choice: Field['choice'], forms: readonly string[]): string[] | undefined {
  const policies = useQuery({ ...policiesQuery, enabled: choice === 'policy' });
  const teams = useQuery({ ...teamsQuery, enabled: choice === 'team' });
  switch (choice) {
    case 'form':
      return [...forms];
    case 'policy':
      return (policies.data ?? []).map((each) => each.key);
    case 'team':
      return (teams.data ?? []).map((each) => each.key);
    case 'assign':
      return ['round-robin', 'least-loaded'];
    case 'confirm':
      return ['code'];
    default:
      return undefined;
  }
}

/** What BPMN itself says of an element: a condition, a time, a script. */
function Standard({ canvas, element, disabled }: { canvas: Canvas; element: DrawnElement; disabled: boolean }) {
  const words = design.standard;
  const of = element.businessObject;
  if (of.$type === 'bpmn:SequenceFlow') {
    const body = (of['conditionExpression'] as Moddle | undefined)?.['body'];
    return (
      <Saved label={words.condition} hint={words.conditionHint} disabled={disabled} long value={text(body)} save={(value) => canvas.setExpression(element, of, 'conditionExpression', value)} />
    );
  }
  if (of.$type === 'bpmn:ScriptTask') {
    return (
      <Saved label={words.script} hint={words.scriptHint} disabled={disabled} long value={text(of['script'])} save={(script) => canvas.set(element, of, { script, scriptFormat: 'feel' })} />
    );
  }
  const timer = ((of['eventDefinitions'] as Moddle[] | undefined) ?? []).find((each) => each.$type === 'bpmn:TimerEventDefinition');
  if (!timer) return null;
  const kind = (['timeDuration', 'timeDate', 'timeCycle'] as const).find((each) => timer[each] !== undefined) ?? 'timeDuration';
  return (
    <Saved
      label={words[kind]}
      hint={words.timeHint}
      disabled={disabled}
      value={text((timer[kind] as Moddle | undefined)?.['body'])}
      save={(value) => canvas.setExpression(element, timer, kind, value)}
    />
  );
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

interface SavedProps {
  label: string;
  hint?: string | undefined;
  value: string;
  save: (value: string) => void;
  choices?: string[] | undefined;
  long?: boolean;
  disabled: boolean;
}

/** Written into the model when the field is left or Enter is pressed: one step to undo, not one a letter. */
function Saved({ label, hint, value, save, choices, long = false, disabled }: SavedProps) {
  const [typed, setTyped] = useState({ text: value, from: value });
  if (typed.from !== value) setTyped({ text: value, from: value });
  const keep = (now: string) => now !== value && save(now);
  const common = {
    label,
    disabled,
    ...(hint === undefined ? {} : { description: hint }),
    value: typed.text,
    onBlur: () => keep(typed.text),
  };
  if (choices) {
    return (
      <Autocomplete size="xs" {...common} data={choices} onChange={(now) => setTyped({ ...typed, text: now })} onOptionSubmit={keep} />
    );
  }
  if (long) {
    return <Textarea size="xs" autosize minRows={2} {...common} onChange={(event) => setTyped({ ...typed, text: event.currentTarget.value })} />;
  }
  return (
    <TextInput
      size="xs"
      {...common}
      onChange={(event) => setTyped({ ...typed, text: event.currentTarget.value })}
      onKeyDown={(event) => event.key === 'Enter' && keep(typed.text)}
    />
  );
}
