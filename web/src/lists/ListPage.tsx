/** A plain list behind a number: what it is narrowed to, its rows, and more of them. */
import { Button } from '@mantine/core';
import type { UseInfiniteQueryResult, InfiniteData } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Page } from '../api/types';
import type { ExportedList } from '../export/download';
import { ExportMenu } from '../export/ExportMenu';
import { texts } from '../texts';
import { LoadingRows } from '../ui/Loading';
import { Empty, Failure } from '../ui/Note';
import { PageHead } from '../ui/Page';
import { usePageTitle } from '../ui/pageTitle';
import { Narrowing, type Said } from './Narrowing';
import classes from './Lists.module.css';

interface Props<Row> {
  title: string;
  list: ExportedList;
  empty: string;
  emptyHow: string;
  /** Where to go when there is nothing; the tower where it does not say. */
  back?: ReactNode;
  /** What filters are called on this page, where they are called otherwise. */
  said?: Said;
  search: Record<string, string>;
  drop: (name: string) => void;
  rows: UseInfiniteQueryResult<InfiniteData<Page<Row>>>;
  head: string[];
  /** One row for each item. */
  children: ReactNode;
}

export function ListPage<Row>({ title, list, empty, emptyHow, back, said, search, drop, rows, head, children }: Props<Row>) {
  const count = itemsOf(rows).length;
  usePageTitle(title);
  return (
    <div className={classes.page}>
      <PageHead title={title} actions={<ExportMenu list={list} query={list === 'tasks' ? { view: 'all', ...search } : search} />}>
        <Narrowing search={search} drop={drop} {...(said ? { said } : {})} />
      </PageHead>
      <div className={classes.body}>
        {rows.isPending && <LoadingRows rows={10} height={26} gap={14} />}
        {rows.error && <Failure error={rows.error} again={() => void rows.refetch()} />}
        {rows.data && count === 0 && (
          <Empty
            title={empty}
            action={
              back ?? (
                <Link to="/tower" className="link">
                  {texts.lists.toTower}
                </Link>
              )
            }
          >
            {emptyHow}
          </Empty>
        )}
        {count > 0 && (
          <>
            <table className={classes.table}>
              <thead>
                <tr>
                  {head.map((name) => (
                    <th key={name} scope="col">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>{children}</tbody>
            </table>
            <div className={classes.foot}>
              {rows.hasNextPage && (
                <Button variant="default" loading={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage()}>
                  {texts.lists.loadMore}
                </Button>
              )}
              <span className="dim">{texts.lists.loaded(count)}</span>
            </div>
          </>
        )}
      </div>
    </div>
  );
}

export function itemsOf<Row>(rows: UseInfiniteQueryResult<InfiniteData<Page<Row>>>): Row[] {
  return rows.data?.pages.flatMap((page) => page.items) ?? [];
}
