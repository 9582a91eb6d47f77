/** Open incidents by kind, and what is new since this time yesterday. */
import type { Counted, Tower } from '../api/tower';
import { inWords, texts } from '../texts';
import { Ago } from '../time/When';
import { Count } from './Count';
import classes from './Tower.module.css';

export function Troubles({ of }: { of: Tower['incidents'] }) {
  const words = texts.tower.troubles;
  if (of.length === 0) return <p className="dim">{words.none}</p>;
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{words.kind}</th>
          <th scope="col" className={classes.number}>
            {words.open}
          </th>
          <th scope="col" className={classes.number}>
            {words.late}
          </th>
          <th scope="col" className={classes.number}>
            {words.oldest}
          </th>
        </tr>
      </thead>
      <tbody>
        {of.map((trouble) => (
          <tr key={trouble.kind}>
            <td>
              <span className={classes.severity} data-severity={trouble.severity} aria-hidden="true" />
              {texts.tower.needs.why(trouble.kind)}
            </td>
            <td className={classes.number}>
              <Count of={trouble} what={inWords(trouble.kind)} />
            </td>
            <td className={classes.number}>
              <Count of={trouble.late} what={words.lateOf(inWords(trouble.kind))} />
            </td>
            <td className={classes.number}>
              <Count of={trouble} what={inWords(trouble.kind)} className={classes.rate}>
                <Ago at={trouble.oldest} />
              </Count>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Changes({ of }: { of: Tower['changes'] }) {
  const words = texts.tower.changes;
  const lines: [string, Counted | null][] = [
    [words.started, of.started],
    [words.completed, of.completed],
    [words.cancelled, of.cancelled],
    [words.overdue, of.overdue],
    [words.incidents, of.incidents],
  ];
  return (
    <dl className={classes.changes}>
      {lines.map(
        ([name, counted]) =>
          counted && (
            <div key={name}>
              <dd>
                <Count of={counted} what={name} />
              </dd>
              <dt>{name}</dt>
            </div>
          ),
      )}
    </dl>
  );
}
