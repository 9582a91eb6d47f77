/** The list on this page as a file, under the filters of this page. */
import { ActionIcon, Button, Menu } from '@mantine/core';
import { Download } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { texts } from '../texts';
import { toastFailure } from '../ui/toast';
import { download, type ExportedList, type Format } from './download';

interface Props {
  list: ExportedList;
  query: Record<string, string | undefined>;
  /** What is exported, where a page has several such buttons. */
  what?: string;
  /** Beside the title of a list among others: a sign alone. */
  small?: boolean;
}

export function ExportMenu({ list, query, what, small = false }: Props) {
  const words = texts.exported;
  const [bytes, setBytes] = useState<number | null>(null);
  const underWay = useRef<AbortController | null>(null);
  useEffect(() => () => underWay.current?.abort(), []);

  const start = (format: Format) => {
    const control = new AbortController();
    underWay.current = control;
    setBytes(0);
    download(list, format, query, setBytes, control.signal)
      .catch((error: unknown) => {
        if (!control.signal.aborted) toastFailure(error);
      })
      .finally(() => setBytes(null));
  };
  if (bytes !== null) {
    return (
      <Button variant="default" {...(small ? { size: 'compact-xs' } : {})} onClick={() => underWay.current?.abort()}>
        <span role="status">{words.progress(bytes)}</span>
      </Button>
    );
  }
  return (
    <Menu position="bottom-end" shadow="md" withinPortal={false}>
      <Menu.Target>
        {small ? (
          <ActionIcon variant="subtle" color="gray" size="sm" title={words.limit} aria-label={words.of(what ?? list)}>
            <Download size={14} aria-hidden="true" />
          </ActionIcon>
        ) : (
          <Button
            variant="default"
            title={words.limit}
            leftSection={<Download size={14} aria-hidden="true" />}
            {...(what === undefined ? {} : { 'aria-label': words.of(what) })}
          >
            {words.button}
          </Button>
        )}
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => start('xlsx')}>{words.xlsx}</Menu.Item>
        <Menu.Item onClick={() => start('csv')}>{words.csv}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
