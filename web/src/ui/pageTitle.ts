/** The title of the window's tab. */
import { useEffect } from 'react';
import { texts } from '../texts';

export function usePageTitle(title: string) {
  useEffect(() => {
    document.title = title === '' ? texts.product : `${title} · ${texts.product}`;
  }, [title]);
}
