/** Fetches a list as a file piece by piece, telling how far it is, and hands it to the browser to keep. */
import { problemOf, withQuery } from '../api/client';

export type Format = 'csv' | 'xlsx';

/** As the server calls them. */
export type ExportedList =
  | 'cases' | 'tasks' | 'done' | 'incidents' | 'ledger' | 'ledger-parties' | 'ledger-processes' | 'ledger-cases'
  | 'journal' | 'steps' | 'case-ledger' | 'case-incidents' | 'comments' | 'files' | 'guest-links' | 'variables'
  | 'processes' | 'versions' | 'version-figures' | 'step-figures' | 'weeks'
  | 'needs' | 'courts-of-parties' | 'courts-of-people' | 'loads-of-people' | 'loads-of-teams' | 'incident-kinds' | 'waiting-costs' | 'ageing' | 'views'
  | 'people' | 'teams' | 'policies' | 'calendars'
  | 'outbox' | 'audit' | 'tokens' | 'all-tokens' | 'kept-mails' | 'channels' | 'workers' | 'job-types' | 'queues' | 'loops' | 'tables';

export async function download(
  list: ExportedList,
  format: Format,
  query: Record<string, string | undefined>,
  progress: (bytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const answer = await fetch(withQuery(`/api/export/${list}`, { ...query, format }), { signal, credentials: 'same-origin' });
  if (!answer.ok || answer.body === null) throw await problemOf(answer);
  const parts: BlobPart[] = [];
  let bytes = 0;
  const reader = answer.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    bytes += part.value.byteLength;
    progress(bytes);
  }
  const name = /filename="([^"]+)"/.exec(answer.headers.get('Content-Disposition') ?? '')?.[1] ?? `${list}.${format}`;
  save(new Blob(parts, { type: answer.headers.get('Content-Type') ?? '' }), name);
}

/** Where the browser keeps what is downloaded. */
export function save(file: Blob, name: string) {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
