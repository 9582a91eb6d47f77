/** What a new process starts from. */
import approval from './templates/approval.bpmn?raw';
import blank from './templates/blank.bpmn?raw';
import type { SourceFile } from './project';

export const TEMPLATES = ['blank', 'approval'] as const;
export type Template = (typeof TEMPLATES)[number];

export function templateOf(name: string | undefined): SourceFile[] {
  return [{ name: 'process.bpmn', body: name === 'approval' ? approval : blank }];
}
