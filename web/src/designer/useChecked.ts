/** What the server would refuse of these files, asked a moment after the last change. */
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { upload } from '../api/client';
import type { Items } from '../api/types';
import { uploadOf, type SourceFile } from './project';

const WAIT_MS = 700;

export interface Problem {
  file: string;
  element: string | null;
  reason: string;
  line: number;
}

export interface Checked {
  /** Null while nothing is known. */
  problems: Problem[] | null;
  checking: boolean;
  error: unknown;
}

export function useChecked(files: readonly SourceFile[], mayCheck: boolean): Checked {
  const [settled] = useDebouncedValue(files, WAIT_MS);
  const check = useQuery({
    queryKey: ['check', settled],
    queryFn: async () => (await upload<Items<Problem>>('/processes/check', uploadOf(settled))).items,
    placeholderData: keepPreviousData,
    enabled: mayCheck,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    meta: { unchanging: true },
  });
  return { problems: check.data ?? null, checking: check.isFetching || settled !== files, error: check.error };
}
