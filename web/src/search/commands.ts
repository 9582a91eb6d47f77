/** Where one can go to from the search, and which of it fits what is typed. */

export interface Command {
  name: string;
  keys?: string;
  run: () => void;
}

/** So many come before what is found. */
const FIRST_MAX = 4;
const TYPED_MIN = 2;

/** `first`: those that are meant, for a word of theirs begins so; they come before the cases. */
export function fittingCommands(commands: readonly Command[], text: string): { first: Command[]; rest: Command[] } {
  const typed = text.trim().toLowerCase();
  const fitting = commands.filter(({ name }) => name.toLowerCase().includes(typed));
  if (typed.length < TYPED_MIN) return { first: [], rest: fitting };
  const first = fitting.filter(({ name }) => ` ${name.toLowerCase()}`.includes(` ${typed}`)).slice(0, FIRST_MAX);
  return { first, rest: fitting.filter((each) => !first.includes(each)) };
}
