/** A list as a table; on a phone each row is a short block. The first column names the row and opens it. */
import type { ReactNode } from 'react';
import classes from './DataTable.module.css';

export interface Column<Row> {
  head: string;
  render: (row: Row) => ReactNode;
  /** Left out on a phone. */
  wideOnly?: boolean;
  number?: boolean;
  /** Says nothing alone: on a phone, where there is no head above it, its name stands before it. */
  named?: boolean;
}

interface Props<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  open?: (row: Row) => void;
}

export function DataTable<Row>({ label, columns, rows, keyOf, open }: Props<Row>) {
  return (
    <table className={classes.table} aria-label={label}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.head} scope="col" data-number={column.number || undefined}>
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map((column, place) => (
              <td key={column.head} data-head={column.number || column.named ? column.head : undefined} data-number={column.number || undefined} data-wide-only={column.wideOnly || undefined}>
                {place === 0 && open ? (
                  <button type="button" className={classes.open} onClick={() => open(row)}>
                    {column.render(row)}
                  </button>
                ) : (
                  column.render(row)
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
