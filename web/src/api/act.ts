/**
 * What a person does, once. An act keeps its idempotency key until the server has decided it: pressing the button again
 * after a lost connection repeats the same act, and cannot do it twice.
 */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { ApiError, write, type Method } from './client';

export interface Act {
  method: Method;
  path: string;
  body?: unknown;
}

export class Attempt {
  #fingerprint = '';
  #key = '';

  keyFor(act: Act): string {
    const fingerprint = JSON.stringify([act.method, act.path, act.body]);
    if (fingerprint !== this.#fingerprint) {
      this.#fingerprint = fingerprint;
      this.#key = newKey();
    }
    return this.#key;
  }

  decided(): void {
    this.#fingerprint = '';
  }
}

/** After an act everything on the screen is read again: the server's reads are never behind. */
export function useAct<Answer = unknown>() {
  const client = useQueryClient();
  const attempt = useRef<Attempt>(undefined);
  return useMutation<Answer, ApiError, Act>({
    mutationFn: async (act) => {
      attempt.current ??= new Attempt();
      try {
        const answer = await write<Answer>(act.method, act.path, act.body, attempt.current.keyFor(act));
        attempt.current.decided();
        return answer;
      } catch (error) {
        if (error instanceof ApiError && !error.undecided) attempt.current.decided();
        throw error;
      }
    },
    onSettled: () => {
      void client.invalidateQueries({ predicate: (query) => query.meta?.['unchanging'] !== true });
    },
  });
}

/** `crypto.randomUUID` exists only on https and localhost; a server on a plain address in the house must work too. */
function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
