import { describe, expect, it } from 'vitest';
import { withIds } from './useFormFiles';

describe('the files of a form', () => {
  it('are named by their ids in the answers', async () => {
    const files = new Map([
      ['files::1', [new File(['a'], 'a.pdf')]],
      ['files::2', [new File(['b'], 'b.pdf'), new File(['c'], 'c.pdf')]],
    ]);
    const sent = await withIds({ one: 'files::1', many: 'files::2', text: 'files::3', sum: 4 }, files, (file) =>
      Promise.resolve(`id of ${file.name}`),
    );
    expect(sent).toEqual({ one: 'id of a.pdf', many: ['id of b.pdf', 'id of c.pdf'], text: 'files::3', sum: 4 });
  });
});
