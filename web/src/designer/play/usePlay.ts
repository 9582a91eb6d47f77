/**
 * A play of a draft. The server keeps nothing: it is sent the files and all acts, each time, and answers with how things
 * stand. An act joins the list only once it has been done.
 */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { upload, type ApiError } from '../../api/client';
import { uploadOf, type SourceFile } from '../project';
import { withAct, type PlayAct, type Played } from './acts';

function ask(files: readonly SourceFile[], acts: readonly PlayAct[]): Promise<Played> {
  const data = uploadOf(files);
  data.append('play', new Blob([JSON.stringify({ acts })], { type: 'application/json' }));
  return upload<Played>('/processes/play', data);
}

const key = (files: readonly SourceFile[], acts: readonly PlayAct[]) => ['play', files, acts];

export interface Play {
  played: Played | undefined;
  error: unknown;
  again: () => void;
  busy: boolean;
  /** The last act, where it was not done. */
  refused: { act: PlayAct; reason: string } | null;
  acts: readonly PlayAct[];
  give: (act: PlayAct) => void;
  undo: () => void;
  startOver: () => void;
  /** Forgets the acts that no longer apply. */
  forgetRest: () => void;
}

export function usePlay(files: readonly SourceFile[], acts: readonly PlayAct[], setActs: (acts: PlayAct[]) => void): Play {
  const client = useQueryClient();
  const shown = useQuery({
    queryKey: key(files, acts),
    queryFn: () => ask(files, acts),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    meta: { unchanging: true },
  });
  const done = shown.data?.done ?? 0;
  const giving = useMutation<Played, ApiError, PlayAct>({
    mutationFn: (act) => ask(files, withAct(acts, done, act)),
    onSuccess: (played, act) => {
      if (played.stopped !== null) return;
      const now = withAct(acts, done, act);
      client.setQueryData(key(files, now), played);
      setActs(now);
    },
  });
  const stopped = giving.data?.stopped ?? null;
  const change = (now: PlayAct[]) => {
    giving.reset();
    setActs(now);
  };
  return {
    played: shown.data,
    error: shown.error ?? giving.error,
    again: () => void shown.refetch(),
    busy: giving.isPending || shown.isPlaceholderData,
    refused: stopped === null || giving.variables === undefined ? null : { act: giving.variables, reason: stopped.reason },
    acts,
    give: (act) => giving.isPending || giving.mutate(act),
    undo: () => change(acts.slice(0, -1)),
    startOver: () => change([]),
    forgetRest: () => change(acts.slice(0, done)),
  };
}
