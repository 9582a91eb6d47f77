/** Sends the files that a form asked for before its answers, which name them by id then. */
import { useState } from 'react';
import { upload } from '../api/upload';
import type { TaskDetail, Variables } from '../api/types';

export function useFormFiles(task: Pick<TaskDetail, 'id' | 'caseKey'>) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const send = async (variables: Variables, files: Map<string, File[]>, then: (variables: Variables) => void) => {
    setError(null);
    setBusy(true);
    try {
      then(await withIds(variables, files, (file) => upload(task.caseKey, file, { step: task.id, audience: [] })));
    } catch (cause) {
      setError(cause);
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, send: (...given: Parameters<typeof send>) => void send(...given) };
}

/** One file is its id, several are a list of ids. */
export async function withIds(
  variables: Variables,
  files: Map<string, File[]>,
  sendOne: (file: File) => Promise<string>,
): Promise<Variables> {
  const named = { ...variables };
  for (const [name, value] of Object.entries(variables)) {
    const chosen = typeof value === 'string' ? files.get(value) : undefined;
    if (chosen !== undefined && chosen.length > 0) {
      const ids: string[] = [];
      // One after the other: they share one connection as it is.
      for (const file of chosen) ids.push(await sendOne(file));
      named[name] = ids.length === 1 ? (ids[0] ?? null) : ids;
    }
  }
  return named;
}
