/** Which properties a designer sees of which kind of element; everything else stands in the file and is kept. */

export interface Field {
  /** The extension element, such as `baton:task`. */
  kind: string;
  name: string;
  choice?: 'form' | 'decision' | 'policy' | 'team' | 'assign' | 'confirm';
}

const task = (name: string, choice?: Field['choice']): Field => ({ kind: 'baton:task', name, ...(choice ? { choice } : {}) });

const TASK: readonly Field[] = [
  task('form', 'form'),
  task('team', 'team'),
  task('holder'),
  task('assign', 'assign'),
  task('skill'),
  task('amount'),
  task('four-eyes'),
  task('due'),
  task('takes'),
  task('accept-by'),
  task('policy', 'policy'),
  task('undo'),
  task('confirm', 'confirm'),
];

const JOB: readonly Field[] = [
  { kind: 'baton:job', name: 'type' },
  { kind: 'baton:job', name: 'retries' },
];

const CASE: readonly Field[] = ['prefix', 'title', 'owner', 'starters', 'due'].map((name) => ({ kind: 'baton:case', name }));

export function fieldsOf(type: string): readonly Field[] {
  switch (type) {
    case 'bpmn:UserTask':
    case 'bpmn:ManualTask':
      return TASK;
    case 'bpmn:ServiceTask':
    case 'bpmn:SendTask':
      return JOB;
    case 'bpmn:BusinessRuleTask':
      return [
        { kind: 'baton:decision', name: 'ref' },
        { kind: 'baton:decision', name: 'result' },
      ];
    case 'bpmn:ScriptTask':
      return [{ kind: 'baton:result', name: 'variable' }];
    case 'bpmn:Lane':
      return [{ kind: 'baton:party', name: 'key' }];
    case 'bpmn:Process':
    case 'bpmn:Participant':
      return CASE;
    default:
      return [];
  }
}
