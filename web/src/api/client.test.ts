import { describe, expect, it } from 'vitest';
import { explain, worthRetrying } from '../ui/explain';
import { Attempt } from './act';
import { ApiError, problemOf } from './client';

const problem = (status: number, body: unknown) =>
  problemOf(new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, statusText: 'Oops' }));

describe('a problem answered by the server', () => {
  it('becomes one error with its code, its sentence and its fields', async () => {
    const error = await problem(422, {
      title: 'Invalid',
      detail: 'One answer is not acceptable.',
      code: 'InvalidVariables',
      errors: [{ field: 'iban', message: 'is not an IBAN' }],
    });
    expect(error).toMatchObject({ status: 422, code: 'InvalidVariables', errors: [{ field: 'iban' }] });
    expect(explain(error)).toEqual({ title: 'One answer is not acceptable.', advice: 'Correct it and try again.' });
  });

  it('is understood when it is not JSON, as from a proxy', async () => {
    const error = await problem(502, '<html>Bad gateway</html>');
    expect(error).toMatchObject({ status: 502, title: 'Oops', code: null });
    expect(explain(error).title).toBe('Something went wrong on the server.');
  });

  it('is explained by its code where the code says more than the status', () => {
    expect(explain(new ApiError(409, 'AlreadyClaimed', 'Conflict', null)).title).toContain('Somebody else');
    expect(explain(new ApiError(409, 'Unheard', 'Conflict', null)).title).toBe('The case has moved on meanwhile.');
  });

  it.each([0, 401, 403, 404, 409, 413, 422, 429, 500, 503])('with status %d has a title and an advice', (status) => {
    const { title, advice } = explain(new ApiError(status, null, '', null));
    expect(title.length).toBeGreaterThan(0);
    expect(advice.length).toBeGreaterThan(0);
  });

  it('does not leak what broke on the page', () => {
    expect(explain(new TypeError('x is undefined')).title).toBe('Something went wrong on this page.');
  });
});

describe('asking again by itself', () => {
  it('happens twice when nothing was decided, and never after a refusal', () => {
    const down = new ApiError(503, null, '', null);
    expect([0, 1, 2].map((failures) => worthRetrying(failures, down))).toEqual([true, true, false]);
    expect(worthRetrying(0, new ApiError(404, null, '', null))).toBe(false);
    expect(worthRetrying(0, new ApiError(429, null, '', null))).toBe(false);
    expect(worthRetrying(0, new TypeError('bug'))).toBe(false);
  });
});

describe('the key of an act', () => {
  const act = { method: 'POST', path: '/tasks/1.2/completion', body: { variables: { a: 1 } } } as const;

  it('stays while the act is undecided, so that a retry is the same act', () => {
    const attempt = new Attempt();
    expect(attempt.keyFor(act)).toBe(attempt.keyFor({ ...act, body: { variables: { a: 1 } } }));
  });

  it('is new once the act was decided, and for another body', () => {
    const attempt = new Attempt();
    const first = attempt.keyFor(act);
    const other = attempt.keyFor({ ...act, body: { variables: { a: 2 } } });
    attempt.decided();
    const again = attempt.keyFor(act);
    expect(new Set([first, other, again]).size).toBe(3);
    expect(first.length).toBeLessThanOrEqual(200);
  });
});
