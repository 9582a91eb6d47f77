/**
 * The process as an indented list of steps: what, who, by when and by which policy are changed in place, and steps, choices and
 * ways on are added and taken out without drawing.
 */
import { ActionIcon, TextInput } from '@mantine/core';
import { ArrowUpLeft, CircleDot, Clock, GitBranch, Plus, Split, Square, Trash2, TriangleAlert } from 'lucide-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { policiesQuery, teamsQuery } from '../api/queries';
import { texts } from '../texts';
import { Empty } from '../ui/Note';
import type { Canvas } from './Canvas';
import classes from './Designer.module.css';
import { outline, type Line } from './outline';

const TEAMS = 'outline-teams';
const POLICIES = 'outline-policies';

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
  const teams = (useQuery(teamsQuery).data ?? []).map(({ key }) => key);
  const policies = (useQuery(policiesQuery).data ?? []).map(({ key }) => key);
  if (lines.length === 0) return <Empty title={words.empty}>{words.emptyHow}</Empty>;
  return (
    <>
      <Offered id={TEAMS} keys={teams} />
      <Offered id={POLICIES} keys={policies} />
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
    </>
  );
}

/** What exists already; anything else may be typed. */
function Offered({ id, keys }: { id: string; keys: readonly string[] }) {
  return (
    <datalist id={id}>
      {keys.map((key) => (
        <option key={key} value={key}>
          {key}
        </option>
      ))}
    </datalist>
  );
}

function Row({ line, canvas, mayChange, show }: { line: Line; canvas: Canvas; mayChange: boolean; show: (id: string) => void }) {
  const words = texts.designer.outline;
  const Icon = line.kind === 'exception' && line.name !== '' ? Clock : ICONS[line.kind];
  const element = canvas.element(line.id);
  const dated = (element?.type === 'bpmn:UserTask' || element?.type === 'bpmn:ManualTask') && line.kind !== 'back';
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
      {line.kind === 'branch' && element ? (
        <td colSpan={3}>
          <When line={line} disabled={!mayChange} save={(body) => canvas.setExpression(element, element.businessObject, 'conditionExpression', body)} />
        </td>
      ) : (
        <>
          <td className="dim">
            {dated ? <InPlace label={words.who} value={line.team} placeholder={line.lane || texts.none} disabled={!mayChange} list={TEAMS} save={set('team')} /> : line.kind !== 'back' && line.lane}
          </td>
          <td>{dated && <InPlace label={words.byWhen} value={line.due} placeholder="P2D" disabled={!mayChange} save={set('due')} />}</td>
          <td>{dated && <InPlace label={words.policy} value={line.policy} placeholder={texts.none} disabled={!mayChange} list={POLICIES} save={set('policy')} />}</td>
        </>
      )}
      <td>{mayChange && <Acts line={line} canvas={canvas} />}</td>
    </tr>
  );
}

/** The condition of a way on; the one that is taken otherwise has none. */
function When({ line, disabled, save }: { line: Line; disabled: boolean; save: (body: string) => void }) {
  const words = texts.designer.outline;
  if (line.otherwise || !line.choice) return <span className="dim">{line.otherwise ? words.otherwise : ''}</span>;
  return <InPlace label={words.when} value={line.when} placeholder={texts.designer.standard.conditionHint} disabled={disabled} save={save} />;
}

function Acts({ line, canvas }: { line: Line; canvas: Canvas }) {
  const words = texts.designer.outline;
  const step = line.kind === 'step' || line.kind === 'inside';
  const forks = line.kind === 'choice' || line.kind === 'parallel';
  return (
    <span className={classes.rowActs}>
      {(step || line.kind === 'event') && <RowAct label={words.addAfter(line.name)} Icon={Plus} act={() => canvas.addAfter(line.id)} />}
      {step && <RowAct label={words.addChoice(line.name)} Icon={GitBranch} act={() => canvas.addChoiceAfter(line.id)} />}
      {forks && <RowAct label={words.addBranch(line.name)} Icon={Plus} act={() => canvas.addBranch(line.id)} />}
      {step && <RowAct label={words.remove(line.name)} Icon={Trash2} act={() => canvas.remove(line.id)} />}
    </span>
  );
}

function RowAct({ label, Icon, act }: { label: string; Icon: typeof Plus; act: () => void }) {
  return (
    <ActionIcon size="sm" variant="subtle" color="gray" aria-label={label} title={label} onClick={act}>
      <Icon size={14} />
    </ActionIcon>
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
  /** The id of a list of what is offered. */
  list?: string;
  save: (value: string) => void;
}

function InPlace({ label, value, placeholder, disabled, list, save }: InPlaceProps) {
  const [typed, setTyped] = useState({ text: value, from: value });
  if (typed.from !== value) setTyped({ text: value, from: value });
  return (
    <TextInput
      variant="unstyled"
      size="xs"
      aria-label={label}
      placeholder={placeholder}
      disabled={disabled}
      {...(list === undefined ? {} : { list })}
      className={classes.inPlace ?? ''}
      value={typed.text}
      onChange={(event) => setTyped({ ...typed, text: event.currentTarget.value })}
      onBlur={() => typed.text !== value && save(typed.text)}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
    />
  );
}
