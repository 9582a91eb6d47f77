/** How the reader likes the screens: density and colours, remembered in this browser. */
import { useSyncExternalStore } from 'react';

export type Density = 'comfortable' | 'compact';

const KEY = 'baton.density';
const listeners = new Set<() => void>();

export function density(): Density {
  return document.documentElement.dataset['density'] === 'compact' ? 'compact' : 'comfortable';
}

function show(chosen: Density) {
  document.documentElement.dataset['density'] = chosen;
  listeners.forEach((listener) => listener());
}

/** Before the first screen is drawn, so that nothing jumps. A browser may keep its storage closed. */
export function rememberDensity() {
  try {
    show(localStorage.getItem(KEY) === 'compact' ? 'compact' : 'comfortable');
  } catch {
    show('comfortable');
  }
}

export function setDensity(chosen: Density) {
  show(chosen);
  try {
    localStorage.setItem(KEY, chosen);
  } catch {
    // It holds until the window is closed.
  }
}

export function useDensity(): Density {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, density);
}
