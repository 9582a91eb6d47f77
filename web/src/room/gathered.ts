/** Comments and files of a case in one row, newest first. */
import type { CaseFile, Comment } from '../api/types';

export type View = 'conversation' | 'files' | 'history';

export function gathered(comments: Comment[], files: CaseFile[], view: View, outsideOnly: boolean): (Comment | CaseFile)[] {
  const all = view === 'files' ? files : [...comments, ...files];
  return all.filter((each) => !outsideOnly || each.outside).toSorted((one, other) => other.at.localeCompare(one.at));
}

export function size(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1_000, 'KB'] : [bytes / 1_000_000, 'MB'];
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}
