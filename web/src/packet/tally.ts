/** How often each answer was given, the most frequent first; equally frequent ones in the order in which they came. */
export function tally(labels: readonly string[]): { label: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].map(([label, count]) => ({ label, count })).toSorted((one, other) => other.count - one.count);
}
