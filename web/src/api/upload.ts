/**
 * Sends a file piece by piece (tus 1.0.0) and tells how far it is. After a lost connection it asks where to go on. Fetch
 * cannot tell how much has been sent, so the pieces go by XMLHttpRequest.
 */
import { ApiError, cookie, problemOf } from './client';

const PIECE_BYTES = 4 * 1024 * 1024;
const TRIES_MAX = 5;
const PAUSE_MS = 1_000;

interface Options {
  step?: string;
  audience: readonly string[];
  signal?: AbortSignal;
  progress?: (sent: number) => void;
}

/** Returns the id of the file, which is attached then. */
export async function upload(caseKey: string, file: File, { step, audience, signal = new AbortController().signal, progress = () => {} }: Options): Promise<string> {
  const path = await begin(caseKey, file, step, audience, signal);
  let sent = 0;
  for (let failures = 0; sent < file.size; ) {
    try {
      sent = await piece(path, file, sent, signal, progress);
      failures = 0;
    } catch (error) {
      const lost = error instanceof ApiError && error.undecided;
      if (signal.aborted || !lost || ++failures > TRIES_MAX) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * failures));
      sent = await whereToGoOn(path, signal).catch(() => sent);
    }
  }
  return path.slice(path.lastIndexOf('/') + 1);
}

async function begin(caseKey: string, file: File, step: string | undefined, audience: readonly string[], signal: AbortSignal) {
  const metadata = [`filename ${base64(file.name)}`];
  if (step !== undefined) metadata.push(`step ${base64(step)}`);
  if (audience.length > 0) metadata.push(`audience ${base64(audience.join('\n'))}`);
  const answer = await fetch(`/api/cases/${encodeURIComponent(caseKey)}/uploads`, {
    method: 'POST',
    headers: { ...common(), 'Upload-Length': String(file.size), 'Upload-Metadata': metadata.join(',') },
    signal,
  }).catch(() => {
    throw new ApiError(0, null, 'No answer', null);
  });
  if (!answer.ok) throw await problemOf(answer);
  return answer.headers.get('Location') ?? '';
}

function piece(path: string, file: File, from: number, signal: AbortSignal, progress: (sent: number) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    signal.addEventListener('abort', stop);
    request.open('PATCH', path);
    for (const [name, value] of Object.entries(common())) request.setRequestHeader(name, value);
    request.setRequestHeader('Upload-Offset', String(from));
    request.setRequestHeader('Content-Type', 'application/offset+octet-stream');
    request.upload.addEventListener('progress', (event) => progress(from + event.loaded));
    request.addEventListener('loadend', () => {
      signal.removeEventListener('abort', stop);
      const offset = request.getResponseHeader('Upload-Offset');
      if (request.status === 204 && offset !== null) resolve(Number(offset));
      else if (request.status === 0) reject(new ApiError(0, null, 'No answer', null));
      else void problemOf(new Response(request.responseText, { status: request.status })).then(reject);
    });
    request.send(file.slice(from, from + PIECE_BYTES));
  });
}

async function whereToGoOn(path: string, signal: AbortSignal): Promise<number> {
  const answer = await fetch(path, { method: 'HEAD', headers: common(), signal });
  const offset = answer.headers.get('Upload-Offset');
  if (!answer.ok || offset === null) throw new ApiError(answer.status, null, 'No such upload', null);
  return Number(offset);
}

function common(): Record<string, string> {
  return { 'Tus-Resumable': '1.0.0', 'X-XSRF-TOKEN': cookie('XSRF-TOKEN') ?? '' };
}

/** Of the text in UTF-8. */
function base64(text: string): string {
  return btoa(String.fromCodePoint(...new TextEncoder().encode(text)));
}
