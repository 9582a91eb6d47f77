import { describe, expect, it } from 'vitest';
import { KeyReader } from './keys';

const go = () => undefined;
const claim = () => undefined;
const keys = { 'g c': go, c: claim };

describe('keys', () => {
  it('reads two keys in a row as one meaning', () => {
    const reader = new KeyReader();
    expect(reader.read('g', 0, keys)).toBeUndefined();
    expect(reader.read('c', 300, keys)).toBe(go);
  });

  it('forgets the first key when the second comes late', () => {
    const reader = new KeyReader();
    reader.read('g', 0, keys);
    expect(reader.read('c', 2_000, keys)).toBe(claim);
  });

  it('does not use one key for two meanings', () => {
    const reader = new KeyReader();
    reader.read('g', 0, keys);
    reader.read('c', 100, keys);
    expect(reader.read('c', 200, keys)).toBe(claim);
  });
});
