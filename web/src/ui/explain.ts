/** What went wrong and what to do about it, in the reader's words. */
import { ApiError } from '../api/client';
import { texts } from '../texts';

export interface Explanation {
  title: string;
  advice: string;
}

export function explain(error: unknown): Explanation {
  const words = texts.errors;
  if (!(error instanceof ApiError)) return words.unexpected;
  const known = error.code === null ? undefined : words.byCode[error.code];
  if (known) return known;
  switch (error.status) {
    case 0:
      return words.offline;
    case 401:
      return words.signedOut;
    case 403:
      return { ...words.forbidden, ...said(error) };
    case 404:
      return words.notFound;
    case 409:
      return { ...words.conflict, ...said(error) };
    case 413:
      return words.tooLarge;
    case 422:
      return { ...words.invalid, ...said(error) };
    case 429:
      return words.tooMany;
    case 503:
      return words.unavailable;
    default:
      return words.broken;
  }
}

/** The server knows best what it refused: its sentence, followed by our advice. */
function said(error: ApiError): Partial<Explanation> {
  return error.detail === null ? {} : { title: error.detail };
}

/** Worth asking again by itself: nothing was decided, and it is a read. */
export function worthRetrying(failures: number, error: unknown): boolean {
  return failures < 2 && error instanceof ApiError && error.undecided && error.status !== 429;
}
