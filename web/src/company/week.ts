/** Working hours as text: `09:00-12:00, 13:00-17:30`, and a week in as few words as it needs. */

export const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Day = (typeof DAYS)[number];

export function hoursText(hours: readonly string[]): string {
  return hours.join(', ');
}

export function readHours(text: string): string[] {
  return text
    .split(',')
    .map((each) => each.trim().replaceAll(/\s*[–-]\s*/g, '-'))
    .filter((each) => each !== '');
}

/** `Mon–Fri 09:00-17:00, Sat 10:00-14:00`: days in a row that are alike stand together, days off are left out. */
export function weekText(week: Readonly<Record<string, string[]>>, short: Readonly<Record<Day, string>>): string {
  const parts = [];
  for (let first = 0; first < DAYS.length; ) {
    const hours = hoursText(week[at(first)] ?? []);
    let last = first;
    while (last + 1 < DAYS.length && hoursText(week[at(last + 1)] ?? []) === hours) last++;
    if (hours !== '') parts.push(`${first === last ? short[at(first)] : `${short[at(first)]}–${short[at(last)]}`} ${hours}`);
    first = last + 1;
  }
  return parts.join(', ');
}

function at(place: number): Day {
  return DAYS[place] ?? 'monday';
}
