/** The files of a process that is being designed, kept in this browser until they are published or thrown away. */
import { attributes, find, type Moddle } from './batonElements';

export interface SourceFile {
  name: string;
  body: string;
}

const PLACE = 'baton-draft-';
/** What a browser lets a page keep is a few megabytes for all drafts together. */
const DRAFT_CHARACTERS_MAX = 2_000_000;

export function loadDraft(key: string, storage: Storage): SourceFile[] | null {
  try {
    const kept: unknown = JSON.parse(storage.getItem(PLACE + key) ?? 'null');
    return Array.isArray(kept) && kept.every(isFile) ? kept : null;
  } catch {
    return null;
  }
}

function isFile(of: unknown): of is SourceFile {
  const file = of as SourceFile | null;
  return typeof file?.name === 'string' && typeof file.body === 'string';
}

/** Whether it could be kept. */
export function keepDraft(key: string, files: readonly SourceFile[], storage: Storage): boolean {
  const text = JSON.stringify(files);
  if (text.length > DRAFT_CHARACTERS_MAX) return false;
  try {
    storage.setItem(PLACE + key, text);
    return true;
  } catch {
    return false;
  }
}

export function dropDraft(key: string, storage: Storage) {
  storage.removeItem(PLACE + key);
}

export function withFile(files: readonly SourceFile[], name: string, body: string): SourceFile[] {
  return files.some((file) => file.name === name)
    ? files.map((file) => (file.name === name ? { name, body } : file))
    : [...files, { name, body }];
}

/** Names of forms as a task says them. */
export function formNames(files: readonly SourceFile[]): string[] {
  return files.filter((file) => file.name.endsWith('.form')).map((file) => file.name.slice(0, -'.form'.length));
}

export function newForm(id: string): string {
  return JSON.stringify({ type: 'default', id, schemaVersion: 19, components: [] }, null, 2);
}

export function uploadOf(files: readonly SourceFile[]): FormData {
  const data = new FormData();
  for (const file of files) data.append('file', new Blob([file.body]), file.name);
  return data;
}

/** Whether a process of that name and prefix was only copied from a template. */
export function isUnnamed(process: Moddle | null): boolean {
  return process === null || process.id?.startsWith('new-') === true || attributes(find(process, 'baton:case'))['prefix'] === 'NEW';
}
