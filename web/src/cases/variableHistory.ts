/** Who set which variable to what, and when, as the journal has it: by the step that sees it (0: the case), then by its name. */
import type { Json, JournalEntry } from '../api/types';

export interface Change {
  seq: number;
  at: string;
  by: string | null;
  value: Json;
}

/** The newest first. What was set to the value that it had already is no change. */
export function variableHistory(entries: readonly JournalEntry[]): Map<number, Map<string, Change[]>> {
  const scopes = new Map<number, Map<string, Change[]>>();
  for (const { seq, at, actor, events } of entries) {
    for (const { type, fields } of events) {
      if (type !== 'VariablesSet' || typeof fields?.['scope'] !== 'number') continue;
      const scope = scopes.get(fields['scope']) ?? new Map<string, Change[]>();
      scopes.set(fields['scope'], scope);
      for (const [name, value] of Object.entries((fields['variables'] ?? {}) as Record<string, Json>)) {
        const before = scope.get(name) ?? [];
        const [last] = before;
        if (last?.seq === seq) before.shift();
        else if (last && JSON.stringify(last.value) === JSON.stringify(value)) continue;
        scope.set(name, [{ seq, at, by: actor?.name ?? null, value }, ...before]);
      }
    }
  }
  return scopes;
}
