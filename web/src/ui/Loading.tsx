/** Grey rows in the place of what is coming, so that nothing jumps when it comes. */
import { Skeleton } from '@mantine/core';
import { texts } from '../texts';

export function LoadingRows({ rows, height, gap = 8 }: { rows: number; height: number; gap?: number }) {
  return (
    <div role="status" aria-label={texts.loading} style={{ display: 'grid', gap }}>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={height} radius={6} width={`${100 - ((row * 17) % 31)}%`} />
      ))}
    </div>
  );
}
