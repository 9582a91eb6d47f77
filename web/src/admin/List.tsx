/** A list in pages with everything around it: while it comes, when it fails, when it is empty, and more of it. */
import { Button } from '@mantine/core';
import type { DefaultError, InfiniteData, QueryKey, UndefinedInitialDataInfiniteOptions } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useLivePages } from '../api/live';
import type { Page } from '../api/types';
import { admin } from '../texts/admin';
import { LoadingRows } from '../ui/Loading';
import { Empty, Failure } from '../ui/Note';
import classes from './Admin.module.css';

interface Props<Item, Key extends QueryKey> {
  query: UndefinedInitialDataInfiniteOptions<Page<Item>, DefaultError, InfiniteData<Page<Item>>, Key, string | null>;
  empty: string;
  emptyHow: string;
  emptyAction?: ReactNode;
  children: (rows: Item[]) => ReactNode;
}

export function List<Item, Key extends QueryKey>({ query, empty, emptyHow, emptyAction, children }: Props<Item, Key>) {
  const pages = useLivePages(query);
  const rows = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {pages.isPending && <LoadingRows rows={8} height={24} gap={14} />}
      {pages.error && !pages.data && <Failure error={pages.error} again={() => void pages.refetch()} />}
      {rows.length > 0 && children(rows)}
      {pages.data && rows.length === 0 && (
        <Empty title={empty} action={emptyAction}>
          {emptyHow}
        </Empty>
      )}
      {pages.hasNextPage && (
        <Button variant="default" className={classes.more ?? ''} loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {admin.more}
        </Button>
      )}
    </>
  );
}
