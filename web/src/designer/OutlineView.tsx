/** The process as an indented list of steps; names and dates are changed in place, and steps are added without drawing. */
import { ActionIcon, TextInput } from '@mantine/core';
import { ArrowUpLeft, CircleDot, Clock, GitBranch, Plus, Split, Square, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { texts } from '../texts';
import { Empty } from '../ui/Note';
import type { Canvas } from './Canvas';
import classes from './Designer.module.css';
import { outline, type Line } from './outline';

const ICONS: Record<Line['kind'], typeof Square> = {
  step: Square,
  inside: Square,
  event: CircleDot,
  choice: GitBranch,
  parallel: Split,
  branch: GitBranch,
  exception: TriangleAlert,
  back: ArrowUpLeft,
};

export function OutlineView({ canvas, mayChange, show }: { canvas: Canvas; mayChange: boolean; show: (id: string) => void }) {
  const words = texts.designer.outline;
  const process = canvas.process();
  const lines = process === null ? [] : outline(process);
  if (lines.length === 0) return <Empty title={words.empty}>{words.emptyHow}</Empty>;
  return (
    <table className={classes.outline} aria-label={words.label}>
      <thead>
        <tr>
          <th scope="col">{words.what}</th>
          <th scope="col">{words.who}</th>
          <th scope="col">{words.byWhen}</th>
          <th scope="col">{words.policy}</th>
          <th scope="col">
            <span className="hidden">{words.add}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line, place) => (
          <Row key={`${line.id} ${line.kind} ${place}`} line={line} canvas={canvas} mayChange={mayChange} show={show} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ line, canvas, mayChange, show }: { line: Line; canvas: Canvas; mayChange: boolean; show: (id: string) => void }) {
  const words = texts.designer.outline;
  const Icon = line.kind === 'exception' && line.name !== '' ? Clock : ICONS[line.kind];
  const element = canvas.element(line.id);
  const step = line.kind === 'step' || line.kind === 'inside';
  const dated = element?.type === 'bpmn:UserTask' || element?.type === 'bpmn:ManualTask';
  const set = (name: string) => (value: string) => element && canvas.setAttribute(element.businessObject, element, 'baton:task', name, value);
  return (
    <tr data-kind={line.kind}>
      <td>
        <span className={classes.what} style={{ paddingInlineStart: `${line.depth * 1.25}rem` }}>
          <button type="button" className={classes.lineIcon} aria-label={words.show(line.name)} onClick={() => show(line.id)}>
            <Icon size={14} aria-hidden="true" />
          </button>
          {line.kind === 'back' ? (
            <span className="dim">{words.back(line.name)}</span>
          ) : (
            <InPlace
              label={words.what}
              value={line.name}
              placeholder={emptyName(line)}
              disabled={!mayChange}
              save={(name) => canvas.rename(line.id, name)}
            />
          )}
        </span>
      </td>
      <td className="dim">{line.kind === 'back' ? '' : line.who}</td>
      <td>{dated && line.kind !== 'back' && <InPlace label={words.byWhen} value={line.due} placeholder="P2D" disabled={!mayChange} save={set('due')} />}</td>
      <td>{dated && line.kind !== 'back' && <InPlace label={words.policy} value={line.policy} placeholder={texts.none} disabled={!mayChange} save={set('policy')} />}</td>
      <td>
        {mayChange && (step || line.kind === 'event') && (
          <ActionIcon size="sm" aria-label={words.addAfter(line.name)} title={words.addAfter(line.name)} onClick={() => canvas.addAfter(line.id)}>
            <Plus size={14} />
          </ActionIcon>
        )}
      </td>
    </tr>
  );
}

function emptyName(line: Line): string {
  const words = texts.designer.outline;
  if (line.kind !== 'branch') return words.unnamed;
  return line.when || (line.otherwise ? words.otherwise : words.branch);
}

interface InPlaceProps {
  label: string;
  value: string;
  placeholder: string;
  disabled: boolean;
  save: (value: string) => void;
}

function InPlace({ label, value, placeholder, disabled, save }: InPlaceProps) {
  const [typed, setTyped] = useState({ text: value, from: value });
  if (typed.from !== value) setTyped({ text: value, from: value });
  return (
    <TextInput
      variant="unstyled"
      size="xs"
      aria-label={label}
      placeholder={placeholder}
      disabled={disabled}
      className={classes.inPlace ?? ''}
      value={typed.text}
      onChange={(event) => setTyped({ ...typed, text: event.currentTarget.value })}
      onBlur={() => typed.text !== value && save(typed.text)}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
    />
  );
}
