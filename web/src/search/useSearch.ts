/** Opening the search, where what it finds is, and what else can be gone to from it. */
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { ADMIN_TABS } from '../admin/adminTabs';
import { COMPANY_TABS } from '../company/companyTabs';
import { texts } from '../texts';
import type { Command } from './commands';
import type { Place } from './SearchBox';

interface Asked {
  showKeys: () => void;
  actAs: (() => void) | null;
  admin: boolean;
  outbox: boolean;
}

export function useSearch({ showKeys, actAs, admin, outbox }: Asked) {
  const [opened, setOpened] = useState(false);
  const navigate = useNavigate();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      setOpened((before) => before || document.querySelector('[role="dialog"]') === null);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);

  const words = texts.search.go;
  const commands: Command[] = [
    { name: words.tower, keys: 'g t', run: () => void navigate({ to: '/tower' }) },
    { name: words.inbox, keys: 'g i', run: () => void navigate({ to: '/inbox' }) },
    { name: words.cases, keys: 'g c', run: () => void navigate({ to: '/cases' }) },
    { name: words.processes, keys: 'g p', run: () => void navigate({ to: '/processes' }) },
    ...COMPANY_TABS.map((tab) => ({
      name: words.of(words.company, texts.company.tabs[tab]),
      ...(tab === 'people' ? { keys: 'g o' } : {}),
      run: () => void navigate({ to: '/company/$tab', params: { tab } }),
    })),
    { name: words.tasks, run: () => void navigate({ to: '/tasks' }) },
    { name: words.incidents, run: () => void navigate({ to: '/incidents' }) },
    { name: words.ledger, keys: 'g l', run: () => void navigate({ to: '/ledger' }) },
    ...(outbox ? [{ name: texts.outbox.title, run: () => void navigate({ to: '/outbox' }) }] : []),
    ...(admin
      ? ADMIN_TABS.map((tab) => ({
          name: words.of(texts.nav.admin, words.admin[tab]),
          ...(tab === 'health' ? { keys: 'g a' } : {}),
          run: () => void navigate({ to: '/admin/$tab', params: { tab } }),
        }))
      : []),
    { name: words.tokens, run: () => void navigate({ to: '/tokens' }) },
    { name: words.keys, keys: '?', run: showKeys },
    ...(actAs === null ? [] : [{ name: texts.actAs.open, run: actAs }]),
  ];
  const goTo = (place: Place) => {
    switch (place.to) {
      case 'case':
        return void navigate({ to: '/cases/$key', params: { key: place.key } });
      case 'task':
        return void navigate({ to: '/inbox', search: { task: place.id } });
      case 'person':
        return void navigate({ to: '/cases', search: { holder: place.id } });
      case 'party':
        return void navigate({ to: '/cases', search: { party: place.key } });
      case 'process':
        return void navigate({ to: '/processes/$key', params: { key: place.key } });
    }
  };
  return { opened, open: () => setOpened(true), close: () => setOpened(false), commands, goTo };
}
