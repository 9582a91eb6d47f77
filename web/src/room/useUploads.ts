/** Files on their way to a case. One that failed stays in the list, with its reason, until it is put away. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../api/client';
import { upload } from '../api/upload';
import { room } from '../texts/room';
import { toast } from '../ui/toast';

interface Uploading {
  id: number;
  name: string;
  percent: number;
  error: unknown;
  stop: () => void;
}

let counted = 0;

export function useUploads(caseKey: string, audience: readonly string[], bytesMax: number) {
  const client = useQueryClient();
  const [all, setAll] = useState<Uploading[]>([]);

  const change = (id: number, by: Partial<Uploading>) =>
    setAll((before) => before.map((each) => (each.id === id ? { ...each, ...by } : each)));
  const remove = (id: number) => setAll((before) => before.filter((each) => each.id !== id));

  const start = async (file: File) => {
    const id = ++counted;
    const stopping = new AbortController();
    const stop = () => {
      stopping.abort();
      remove(id);
    };
    setAll((before) => [...before, { id, name: file.name, percent: 0, error: null, stop }]);
    try {
      if (file.size > bytesMax) {
        throw new ApiError(413, null, room.attach, room.tooLarge(file.name, Math.floor(bytesMax / 1_048_576)));
      }
      const progress = (sent: number) => change(id, { percent: Math.min(100, Math.round((100 * sent) / file.size)) });
      await upload(caseKey, file, { audience, signal: stopping.signal, progress });
      remove(id);
      toast(room.attached(file.name));
    } catch (error) {
      change(id, { error });
    }
    void client.invalidateQueries({ predicate: (query) => query.meta?.['unchanging'] !== true });
  };

  return { all, add: (files: File[]) => files.forEach((file) => void start(file)) };
}
