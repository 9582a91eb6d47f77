/** An amount as it is written where the reader is; without a currency, just the number. */
export function money(amount: number, currency: string | null, locale?: string): string {
  const digits = Math.abs(amount) >= 1000 ? 0 : 2;
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return currency === null
    ? new Intl.NumberFormat(locale, options).format(amount)
    : new Intl.NumberFormat(locale, { ...options, style: 'currency', currency }).format(amount);
}
