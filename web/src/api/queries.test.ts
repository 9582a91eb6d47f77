import { QueryClient } from '@tanstack/react-query';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { journalQuery, sessionQuery } from './queries';

const answered: string[] = [];

/** A server of two functions: what it holds, and how much it gives at once. */
function serve(answer: (url: URL) => { status?: number; body: unknown }) {
  vi.stubGlobal('fetch', (path: string) => {
    answered.push(path);
    const { status = 200, body } = answer(new URL(path, 'http://server'));
    return Promise.resolve(new Response(JSON.stringify(body), { status }));
  });
}

afterEach(() => {
  vi.unstubAllGlobals();
  answered.length = 0;
});

describe('the journal', () => {
  it('is read page by page, and later only from its end on', async () => {
    const seqs = [1, 2, 3, 4, 5];
    serve((url) => {
      const rest = seqs.filter((seq) => seq > Number(url.searchParams.get('after') ?? 0));
      const items = rest.slice(0, 2).map((seq) => ({ seq, at: '', command: '', events: [] }));
      return { body: { items, next: rest.length > 2 ? 'more' : null } };
    });
    const client = new QueryClient();
    const read = async () => {
      const { entries, more } = await client.fetchQuery({ ...journalQuery('PAY-1', client), staleTime: 0 });
      return [entries.map((entry) => entry.seq), more];
    };
    expect(await read()).toEqual([[1, 2, 3, 4, 5], false]);
    expect(answered).toHaveLength(3);
    seqs.push(6);
    expect(await read()).toEqual([[1, 2, 3, 4, 5, 6], false]);
    expect(answered.slice(3)).toEqual(['/api/cases/PAY-1/journal?after=5&limit=200']);
  });
});

describe('the session', () => {
  it('is null when nobody is signed in, and an error when the server is down', async () => {
    const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
    serve(() => ({ status: 401, body: {} }));
    expect(await client.fetchQuery(sessionQuery)).toBeNull();
    serve(() => ({ status: 503, body: {} }));
    await expect(client.fetchQuery({ ...sessionQuery, staleTime: 0 })).rejects.toMatchObject({ status: 503 });
  });
});
