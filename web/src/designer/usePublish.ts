/** Deploys the files as a new version. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { upload, type ApiError } from '../api/client';
import { uploadOf, type SourceFile } from './project';

/** By which others know that something was published. */
export const PUBLISH = ['publish'];

interface Deployed {
  key: string;
  version: number;
}

export function usePublish(done: (key: string, version: number) => void) {
  const client = useQueryClient();
  return useMutation<Deployed[], ApiError, readonly SourceFile[]>({
    mutationKey: PUBLISH,
    mutationFn: (files) => upload<Deployed[]>('/processes', uploadOf(files)),
    onSuccess: (deployed) => {
      void client.invalidateQueries();
      const first = deployed[0];
      if (first) done(first.key, first.version);
    },
  });
}
