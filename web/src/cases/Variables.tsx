/** Variables as a tree: name, value, type; lists and contexts open in place. */
import { ActionIcon, CopyButton } from '@mantine/core';
import { Check, ChevronRight, Copy } from 'lucide-react';
import { useState } from 'react';
import type { Json, Variables } from '../api/types';
import { texts } from '../texts';
import { forCopying, inOneLine, inside, typeOf } from './values';
import classes from './Variables.module.css';

export function VariableTree({ variables }: { variables: Variables }) {
  return (
    <ul className={classes.tree}>
      {Object.entries(variables).map(([name, value]) => (
        <Variable key={name} name={name} value={value} depth={0} />
      ))}
    </ul>
  );
}

function Variable({ name, value, depth }: { name: string; value: Json; depth: number }) {
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
