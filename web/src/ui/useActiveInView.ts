/** A strip of links that is wider than a phone shows the one that is open. */
import { useEffect, useRef } from 'react';

export function useActiveInView(open: string) {
  const strip = useRef<HTMLElement>(null);
  useEffect(() => {
    strip.current?.querySelector(`[data-status="active"][href$="${CSS.escape(open)}"], [data-status="active"]`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [open]);
  return strip;
}
