/** A person as two letters on a quiet colour of their own. The name always stands beside it or in its label. */
import classes from './ui.module.css';

export function Avatar({ name, id, large = false }: { name: string; id: string; large?: boolean }) {
  return (
    <span className={classes.avatar} data-large={large || undefined} data-hue={hueOf(id)} aria-hidden="true" title={name}>
      {initials(name)}
    </span>
  );
}

export function Person({ name, id }: { name: string; id: string }) {
  return (
    <span className={classes.person}>
      <Avatar name={name} id={id} />
      <span className={classes.personName}>{name}</span>
    </span>
  );
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0]?.at(0) ?? '?';
  const last = words.length > 1 ? (words.at(-1)?.at(0) ?? '') : '';
  return (first + last).toUpperCase();
}

const HUES = 6;

function hueOf(id: string): number {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return sum % HUES;
}
