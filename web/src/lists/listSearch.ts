/** The address of a list: whatever the server's list takes; what it does not know, the server refuses. */

export function readListSearch(raw: Record<string, unknown>): Record<string, string> {
  const search: Record<string, string> = {};
  for (const [name, value] of Object.entries(raw)) {
    if (typeof value === 'string' && value.trim() !== '') search[name] = value;
  }
  return search;
}

/** A variable goes with its value. */
export function without(search: Record<string, string>, name: string): Record<string, string> {
  const gone = name === 'variable' || name === 'value' ? ['variable', 'value'] : [name];
  return Object.fromEntries(Object.entries(search).filter(([each]) => !gone.includes(each)));
}
