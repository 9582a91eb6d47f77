/** Variables as a tree: name, value, type; lists and contexts open in place. */
import { ActionIcon, CopyButton } from '@mantine/core';
import { Check, ChevronRight, Copy } from 'lucide-react';
import { useState } from 'react';
import type { Json, Variables } from '../api/types';
import { texts } from '../texts';
import { Moment } from '../time/When';
import { forCopying, inOneLine, inside, typeOf } from './values';
import type { Change } from './variableHistory';
import classes from './Variables.module.css';

interface Props {
  variables: Variables;
  /** By the name of the variable; without it, none is shown. */
  history?: Map<string, Change[]> | undefined;
}

export function VariableTree({ variables, history }: Props) {
  return (
    <ul className={classes.tree}>
      {Object.entries(variables).map(([name, value]) => (
        <Variable key={name} name={name} value={value} depth={0} changes={history && (history.get(name) ?? [])} />
      ))}
    </ul>
  );
}

/** The newest first; the first is how it is now. */
function History({ changes }: { changes: readonly Change[] }) {
  const words = texts.variables;
  if (changes.length === 0) return <p className={classes.unset}>{words.never}</p>;
  return (
    <ol className={classes.history}>
      {changes.map((change, at) => (
        <li key={change.seq}>
          <span className={classes.was}>{at === 0 ? words.since : inOneLine(change.value)}</span>
          <span>
            <Moment at={change.at} /> · {change.by ?? texts.journal.system}
          </span>
        </li>
      ))}
    </ol>
  );
}

function Variable({ name, value, depth, changes }: { name: string; value: Json; depth: number; changes?: readonly Change[] | undefined }) {
  const words = texts.variables;
  const [opened, setOpened] = useState(false);
  const parts = inside(value);
  const type = typeOf(value);
  return (
    <li>
      <div className={classes.row} style={{ paddingInlineStart: `${depth}rem` }}>
        {parts === null || parts.length === 0 ? (
          <span className={classes.name}>{name}</span>
        ) : (
          <button
            type="button"
            className={classes.name}
            aria-expanded={opened}
            aria-label={words.expand(name)}
            onClick={() => setOpened(!opened)}
          >
            <ChevronRight size={13} aria-hidden="true" className={classes.arrow} data-opened={opened || undefined} />
            {name}
          </button>
        )}
        <span className={classes.value} data-type={type} data-empty={value === '' || undefined}>
          {inOneLine(value)}
        </span>
        <span className={classes.type}>{words.types[type]}</span>
        <CopyButton value={forCopying(value)}>
          {({ copied, copy }) => (
            <ActionIcon size="xs" className={classes.copy} aria-label={words.copyOf(name)} onClick={copy}>
              {copied ? <Check size={12} /> : <Copy size={12} />}
            </ActionIcon>
          )}
        </CopyButton>
      </div>
      {changes && <History changes={changes} />}
      {opened && parts !== null && (
        <ul>
          {parts.map(([key, part]) => (
            <Variable key={key} name={key} value={part} depth={depth + 1} />
          ))}
        </ul>
      )}
    </li>
  );
}
