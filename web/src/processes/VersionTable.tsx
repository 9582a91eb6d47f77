/** The versions of a process, the newest first: who published them, and how cases do in each. */
import { Link } from '@tanstack/react-router';
import type { Span, VersionFigures } from '../api/tower';
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
  const { versionColumns: columns, inVersion } = texts.processes;
  const said = (column: string) => inVersion(column, version);
  return (
    <>
      <td data-label={columns.open} className={classes.number}>
        {of ? <Count of={of.open} what={said(columns.open)} /> : texts.none}
      </td>
      <td data-label={columns.completed} className={classes.number}>
        {of ? <Count of={of.completed} what={said(columns.completed)} /> : texts.none}
      </td>
      <td data-label={columns.onTime} className={classes.number}>
        {of && of.onTime !== null ? (
          <Count of={of.late} what={said(texts.tower.headline.late)}>
            {percent(of.onTime)}
          </Count>
        ) : (
          texts.none
        )}
      </td>
      <td data-label={columns.median} className={classes.number}>
        {took(of?.median)}
      </td>
      <td data-label={columns.p85} className={classes.number}>
        {took(of?.p85)}
      </td>
      <td data-label={columns.right} className={classes.number}>
        {of && of.firstTimeRight !== null ? (
          <Count of={of.reworked} what={said(texts.processes.reworked(of.reworked.count))}>
            {percent(of.firstTimeRight)}
          </Count>
        ) : (
          texts.none
        )}
      </td>
    </>
  );
}

function took(span: Span | null | undefined): string {
  return span ? duration(span.seconds * 1000) : texts.none;
}
