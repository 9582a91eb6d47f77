/** `12 kB`, `3.4 MB`: three digits say enough. */
export function bytes(count: number): string {
  let amount = count;
  for (const unit of ['B', 'kB', 'MB', 'GB', 'TB']) {
    if (amount < 999.5 || unit === 'TB') return `${amount < 10 && unit !== 'B' ? amount.toFixed(1) : Math.round(amount)} ${unit}`;
    amount /= 1000;
  }
  return '';
}
