/**
 * The one way to the server. Every failure, also a lost connection, arrives as an ApiError; a write carries the CSRF
 * token of the cookie and the idempotency key of the act it belongs to.
 */

export interface FieldError {
  field: string;
  message: string;
}

interface Problem {
  title?: string;
  detail?: string;
  code?: string;
  errors?: FieldError[];
}

/** A problem+json answer. `status` 0 means that no answer came at all. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    readonly code: string | null,
    readonly title: string,
    readonly detail: string | null,
    readonly errors: readonly FieldError[] = [],
  ) {
    super(detail ?? title);
  }

  /** Whether the same act may well succeed later: nobody knows that it was refused. */
  get undecided(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const answer = await send(path, { ...(signal ? { signal } : {}), headers: { Accept: 'application/json' } });
  return (await answer.json()) as T;
}

export async function getText(path: string, signal?: AbortSignal): Promise<string> {
  const answer = await send(path, signal ? { signal } : {});
  return answer.text();
}

export type Method = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

const CSRF_COOKIE = 'XSRF-TOKEN';

/** Files, as a form sends them. */
export async function upload<T>(path: string, files: FormData): Promise<T> {
  const answer = await sendWithToken(path, 'POST', {}, files);
  return (await answer.json()) as T;
}

export async function write<T>(method: Method, path: string, body: unknown, idempotencyKey: string): Promise<T> {
  const headers: Record<string, string> = { 'Idempotency-Key': idempotencyKey };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const answer = await sendWithToken(path, method, headers, body === undefined ? undefined : JSON.stringify(body));
  const text = await answer.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** An answer that came meanwhile may have brought another CSRF cookie than the one just read: once more, then. */
async function sendWithToken(path: string, method: Method, headers: Record<string, string>, body?: BodyInit): Promise<Response> {
  const attempt = async () => {
    // Any answer of the server brings the cookie where there is none.
    if (cookie(CSRF_COOKIE) === null) await fetch('/api/session', { credentials: 'same-origin' });
    const csrf = cookie(CSRF_COOKIE);
    return send(path, {
      method,
      headers: { Accept: 'application/json', ...headers, ...(csrf === null ? {} : { 'X-XSRF-TOKEN': csrf }) },
      ...(body === undefined ? {} : { body }),
    });
  };
  try {
    return await attempt();
  } catch (error) {
    if (error instanceof ApiError && error.code === 'CsrfTokenMissing') return attempt();
    throw error;
  }
}

/** `/cases?state=open&q=…`; empty values are left out. */
export function withQuery(path: string, query: Record<string, string | number | null | undefined>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') params.set(name, String(value));
  }
  const text = params.toString();
  return text === '' ? path : `${path}?${text}`;
}

async function send(path: string, init: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(`/api${path}`, { credentials: 'same-origin', ...init });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError(0, null, 'No answer', null);
  }
  if (!answer.ok) throw await problemOf(answer);
  return answer;
}

export async function problemOf(answer: Response): Promise<ApiError> {
  const problem = (await answer.json().catch(() => ({}))) as Problem;
  return new ApiError(
    answer.status,
    problem.code ?? null,
    problem.title ?? answer.statusText,
    problem.detail ?? null,
    problem.errors ?? [],
  );
}

export function cookie(name: string): string | null {
  for (const part of document.cookie.split('; ')) {
    if (part.startsWith(`${name}=`)) return decodeURIComponent(part.slice(name.length + 1));
  }
  return null;
}
