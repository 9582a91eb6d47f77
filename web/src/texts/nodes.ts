/** What the elements of a drawing are called. */
import { inWords } from './words';

const NODE_TYPES: Record<string, string> = {
  userTask: 'User task',
  manualTask: 'Manual task',
  serviceTask: 'Service task',
  sendTask: 'Send task',
  receiveTask: 'Receive task',
  scriptTask: 'Script task',
  businessRuleTask: 'Decision',
  subProcess: 'Subprocess',
  callActivity: 'Called process',
  exclusiveGateway: 'Exclusive gateway',
  parallelGateway: 'Parallel gateway',
  inclusiveGateway: 'Inclusive gateway',
  eventBasedGateway: 'Event gateway',
  startEvent: 'Start',
  endEvent: 'End',
  boundaryEvent: 'Boundary event',
  intermediateCatchEvent: 'Waiting event',
  intermediateThrowEvent: 'Sending event',
};

/** `userTask`, `UserTask` and `bpmn:UserTask` are the same; an unknown type is its own name in words. */
export function nodeType(type: string): string {
  const bare = type.slice(type.lastIndexOf(':') + 1);
  const known = NODE_TYPES[bare.charAt(0).toLowerCase() + bare.slice(1)];
  if (known !== undefined) return known;
  const words = inWords(bare);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
