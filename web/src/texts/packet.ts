/** What the decision packet of a task says. */
const plural = (count: number, one: string, many: string) => `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

export const packet = {
  evidence: 'What it rests on',
  from: (who: string | undefined, step: string | null | undefined) => (step ? `${who ?? 'set'} in ‘${step}’` : (who ?? 'with the start')),
  noEvidence: 'The form shows nothing of the case, and no file is attached.',
  rule: 'The rule',
  policy: (key: string, version: number) => `Policy ${key}, version ${version}`,
  noRule: 'The task follows no policy.',
  before: 'Decided before',
  nothingBefore: 'Nobody has decided anything in this case yet.',
  similar: 'Similar decisions',
  of: (count: number, by: string) => `The nearest of ${plural(count, 'decision', 'decisions')} at this step in finished cases, by ${by}.`,
  noSimilar: 'No finished case has come by this step yet.',
  nothingToCompare: 'The form shows nothing by which decisions could be compared.',
  took: (time: string) => `took ${time}`,
  late: 'after its due date',
  caseEnded: { completed: (time: string) => `case completed after ${time}`, cancelled: (time: string) => `case cancelled after ${time}` },
  after: 'What happens next',
  asThingsStand: 'By the process, the people and the data as they are now.',
  ends: 'The case is completed.',
  takeBackUntil: 'Can be taken back until',
  notPossible: 'Not possible now:',
  due: 'due',
  onlyGoing: 'Nothing new opens yet.',
  stillOpen: (names: string) => `Still open: ${names}.`,
};
