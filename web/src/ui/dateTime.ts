/** Between what a date field of the browser holds (local time, no zone) and what the server says (ISO 8601 in UTC). */

const TWO = (part: number) => String(part).padStart(2, '0');

export function toInput(at: string): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${TWO(date.getMonth() + 1)}-${TWO(date.getDate())}T${TWO(date.getHours())}:${TWO(date.getMinutes())}`;
}

export function fromInput(text: string): string | null {
  const date = new Date(text);
  return text === '' || Number.isNaN(date.getTime()) ? null : date.toISOString();
}

export type Usual = 'today' | 'tomorrow' | 'friday' | 'nextMonday' | 'inTwoWeeks';

const END_OF_WORK = 17;
const FRIDAY = 5;
const MONDAY = 1;

/** The answers people give most, at the end of the working day; none that is over. */
export function usualTimes(now: number): { name: Usual; at: string }[] {
  const inDays = (days: number) => {
    const date = new Date(now);
    date.setDate(date.getDate() + days);
    date.setHours(END_OF_WORK, 0, 0, 0);
    return date;
  };
  const daysTo = (weekday: number) => (weekday - new Date(now).getDay() + 7) % 7 || 7;
  const all: [Usual, Date][] = [
    ['today', inDays(0)],
    ['tomorrow', inDays(1)],
    ['friday', inDays(daysTo(FRIDAY))],
    ['nextMonday', inDays(daysTo(MONDAY))],
    ['inTwoWeeks', inDays(14)],
  ];
  return all.filter(([, date]) => date.getTime() > now).map(([name, date]) => ({ name, at: date.toISOString() }));
}
