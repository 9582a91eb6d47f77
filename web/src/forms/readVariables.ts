/** Typed JSON as variables; nothing typed is no variables. */
import type { Variables } from '../api/types';
import { texts } from '../texts';

export type Read = { variables: Variables; error: null } | { variables: null; error: string };

export function readVariables(text: string): Read {
  if (text.trim() === '') return { variables: {}, error: null };
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { variables: value as Variables, error: null };
    }
    return { variables: null, error: texts.task.notObject };
  } catch (error) {
    return { variables: null, error: texts.task.notJson + (error instanceof Error ? error.message : '') };
  }
}
