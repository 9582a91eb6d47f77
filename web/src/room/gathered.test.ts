import { describe, expect, it } from 'vitest';
import type { CaseFile, Comment } from '../api/types';
import { gathered, size } from './gathered';

const comment = (id: string, at: string, outside: boolean) => ({ id, at, outside }) as Comment;
const file = (id: string, at: string, outside: boolean) => ({ id, at, outside, by: null }) as unknown as CaseFile;

const comments = [comment('c1', '2026-01-01T09:00:00Z', false), comment('c2', '2026-01-03T09:00:00Z', true)];
const files = [file('f1', '2026-01-02T09:00:00Z', true)];
const ids = (all: { id: string }[]) => all.map((each) => each.id);

describe('what a case room shows', () => {
  it('is newest first, files among the comments', () => {
    expect(ids(gathered(comments, files, 'conversation', false))).toEqual(['c2', 'f1', 'c1']);
  });

  it('is files alone, or only what outsiders see', () => {
    expect(ids(gathered(comments, files, 'files', false))).toEqual(['f1']);
    expect(ids(gathered(comments, files, 'conversation', true))).toEqual(['c2', 'f1']);
  });
});

describe('the size of a file', () => {
  it('has two digits that matter', () => {
    expect([0, 999, 1_000, 12_345, 2_500_000, 104_857_600].map(size)).toEqual(['0 B', '999 B', '1.0 KB', '12 KB', '2.5 MB', '105 MB']);
  });
});
