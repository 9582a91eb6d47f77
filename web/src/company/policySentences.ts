/** A policy as a few sentences, in the order in which things happen. */
import type { PolicyBody } from '../api/types';
import { texts } from '../texts';
import { parse } from './duration';

export function policySentences(policy: PolicyBody, nameOf: (person: string) => string): string[] {
  const words = texts.policies;
  const who = (to: string) => (to in words.to ? words.to[to as keyof typeof words.to] : nameOf(to));
  const sentences = [];
  if (policy.acceptBy) sentences.push(words.acceptWithin(length(policy.acceptBy)));
  for (const each of policy.reminders) {
    const again = each.every ? words.again(length(each.every), each.maximum ?? null) : '';
    sentences.push(words.remind(offset(each.when)) + again);
  }
  for (const rung of policy.ladder) sentences.push(words.tell(who(rung.to), offset(rung.after)));
  if (policy.atEnd) sentences.push(words.reassign(who(policy.atEnd.reassign), offset(policy.atEnd.after)));
  if (policy.channels?.length) sentences.push(words.reach(policy.channels.map((each) => words.channel[each]).join(', ').toLowerCase()));
  return sentences;
}

function length(text: string): string {
  const amount = parse(text);
  return amount === null ? text : texts.durations.length(Math.abs(amount.count), amount.unit);
}

function offset(text: string): string {
  const amount = parse(text);
  if (amount === null) return text;
  if (amount.count === 0) return texts.durations.atDue;
  return texts.durations.offset(length(text), amount.count < 0);
}
