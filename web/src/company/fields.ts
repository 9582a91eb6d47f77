/** What the forms of the company share: the fields that changed, and the time zones there are. */

/** Only what is different; null when nothing is. */
export function changed<Fields extends object>(before: Fields, now: Fields): Partial<Fields> | null {
  const different = Object.entries(now).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof Fields]),
  );
  return different.length === 0 ? null : (Object.fromEntries(different) as Partial<Fields>);
}

export function zones(): string[] {
  return Intl.supportedValuesOf('timeZone');
}

/** `Accounts payable` → `accounts-payable`, as lanes are named. */
export function keyOf(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[\u0300-\u036F]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}
