/** What a new process starts from. */
import { TEMPLATES } from './designSearch';
import approval from './templates/approval.bpmn?raw';
import blank from './templates/blank.bpmn?raw';
import outside from './templates/outside.bpmn?raw';
import teams from './templates/teams.bpmn?raw';
import type { SourceFile } from './project';

const DRAWINGS: Record<(typeof TEMPLATES)[number], string> = { blank, approval, outside, teams };

export function templateOf(name: string | undefined): SourceFile[] {
  return [{ name: 'process.bpmn', body: DRAWINGS[TEMPLATES.find((each) => each === name) ?? 'blank'] }];
}
