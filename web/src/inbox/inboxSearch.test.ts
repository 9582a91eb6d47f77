import { describe, expect, it } from 'vitest';
import { readInboxSearch, taskAfter } from './inboxSearch';

describe('the inbox in the address', () => {
  it('keeps the id of a task as text', () => {
    expect(readInboxSearch({ task: '1042.10', view: 'team' })).toEqual({ task: '1042.10', view: 'team' });
  });

  it('knows who waits for others', () => {
    expect(readInboxSearch({ view: 'waiting' })).toEqual({ view: 'waiting' });
    expect(readInboxSearch({ view: 'mine' })).toEqual({});
  });

  it('drops what it does not know', () => {
    expect(readInboxSearch({ view: 'everything', task: '', q: ' ' })).toEqual({});
  });
});

describe('the task after one that is done', () => {
  it.each([
    ['b', 'c'],
    ['c', 'b'],
    ['x', 'a'],
  ])('after %s comes %s', (done, next) => {
    expect(taskAfter(['a', 'b', 'c'], done)).toBe(next);
  });

  it('is none when it was the last', () => {
    expect(taskAfter(['a'], 'a')).toBeUndefined();
  });
});
