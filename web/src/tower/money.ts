/** An amount as it is written where the reader is. `XXX` is no currency, and is not shown. */
export function money(amount: number, currency: string, locale?: string): string {
  const digits = Math.abs(amount) >= 1000 ? 0 : 2;
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return currency === 'XXX'
    ? new Intl.NumberFormat(locale, options).format(amount)
    : new Intl.NumberFormat(locale, { ...options, style: 'currency', currency }).format(amount);
}
