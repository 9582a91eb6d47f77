import { describe, expect, it } from 'vitest';
import { fittingCommands } from './commands';

const commands = ['Inbox', 'Administration: health', 'Administration: audit', 'Company: teams and parties'].map((name) => ({ name, run: () => undefined }));
const names = (text: string) => {
  const { first, rest } = fittingCommands(commands, text);
  return [first.map(({ name }) => name), rest.map(({ name }) => name)];
};

describe('the commands of the search', () => {
  it('come before what is found where a word of theirs is begun', () => {
    expect(names('admin')).toEqual([['Administration: health', 'Administration: audit'], []]);
    expect(names('aud')).toEqual([['Administration: audit'], []]);
    expect(names('box')).toEqual([[], ['Inbox']]);
  });

  it('are all there while nothing is typed', () => {
    expect(names(' ')[1]).toHaveLength(commands.length);
  });
});
