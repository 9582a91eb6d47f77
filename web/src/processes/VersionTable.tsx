/** The versions of a process, the newest first: who published them, and how cases do in each. */
import { Link } from '@tanstack/react-router';
import type { Counted, Span, VersionFigures } from '../api/tower';
import type { ProcessDetail } from '../api/types';
import { texts } from '../texts';
import { duration } from '../time/time';
import { Moment } from '../time/When';
import { Count } from '../tower/Count';
import { percent } from '../tower/Headline';
import { useFirst } from '../tower/More';
import classes from './Processes.module.css';

export function VersionTable({ process, figures }: { process: ProcessDetail; figures: readonly VersionFigures[] }) {
  const words = texts.processes;
  const columns = words.versionColumns;
  const { rows, more } = useFirst(process.versions.toSorted((a, b) => b.version - a.version));
  return (
    <>
      <table className={`${classes.grid} ${classes.versionTable}`}>
        <thead>
          <tr>
            <th scope="col">{columns.version}</th>
            <th scope="col">{columns.published}</th>
            <th scope="col">{columns.by}</th>
            {[columns.open, columns.completed, columns.onTime, columns.median, columns.p85, columns.right].map((name) => (
              <th key={name} scope="col" className={classes.number}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ version, deployedAt, deployedBy }) => (
            <tr key={version}>
              <th scope="row">{words.version(version)}</th>
              <td data-label={columns.published}>
                <Moment at={deployedAt} />
              </td>
              <td data-label={columns.by}>{deployedBy?.name ?? texts.none}</td>
              <Cells version={version} of={figures.find((each) => each.version === version)} />
            </tr>
          ))}
        </tbody>
      </table>
      <p className={classes.under}>
        {more}
        {process.versions.length > 1 && (
          <Link to="/processes/$key/versions" params={{ key: process.key }} className="link">
            {words.compare}
          </Link>
        )}
      </p>
    </>
  );
}

function Cells({ version, of }: { version: number; of: VersionFigures | undefined }) {
  const { versionColumns: columns, inVersion, reworked } = texts.processes;
  const said = (what: string) => inVersion(what, version);
  return (
    <>
      <Cell column={columns.open} of={of?.open} what={said(columns.open)} />
      <Cell column={columns.completed} of={of?.completed} what={said(columns.completed)} />
      <Cell column={columns.onTime} of={of?.late} what={said(texts.tower.headline.late)} shown={rate(of?.onTime)} />
      <Cell column={columns.median} of={of?.completed} what={said(columns.median)} shown={took(of?.median)} />
      <Cell column={columns.p85} of={of?.completed} what={said(columns.p85)} shown={took(of?.p85)} />
      <Cell column={columns.right} of={of?.reworked} what={said(reworked(of?.reworked.count ?? 0))} shown={rate(of?.firstTimeRight)} />
    </>
  );
}

/** `shown` instead of how many there are; null for what cannot be said. */
function Cell({ column, of, what, shown }: { column: string; of: Counted | undefined; what: string; shown?: string | null }) {
  return (
    <td data-label={column} className={classes.number}>
      {of && shown !== null ? (
        <Count of={of} what={what} {...(shown === undefined ? {} : { className: classes.rate })}>
          {shown}
        </Count>
      ) : (
        texts.none
      )}
    </td>
  );
}

function rate(share: number | null | undefined): string | null {
  return share === null || share === undefined ? null : percent(share);
}

function took(span: Span | null | undefined): string | null {
  return span ? duration(span.seconds * 1000) : null;
}
