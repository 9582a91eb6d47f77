/** What it costs that cases wait, by currency: a day, and so far; below, the cases that have cost most. */
import { Link } from '@tanstack/react-router';
import type { Tower } from '../api/tower';
import { texts } from '../texts';
import { Count } from './Count';
import { money } from './money';
import { useFirst } from './More';
import classes from './Tower.module.css';

type Costs = Tower['waiting'][number];

export function WaitingCosts({ of }: { of: readonly Costs[] }) {
  return of.map((costs) => <InCurrency key={costs.currency ?? ''} costs={costs} />);
}

function InCurrency({ costs }: { costs: Costs }) {
  const words = texts.tower.waiting;
  const { rows, more } = useFirst(costs.dearest);
  return (
    <section aria-label={costs.currency ?? words.noCurrency}>
      <dl className={classes.changes}>
        <div>
          <dd>
            <Count of={costs} what={words.soFar}>
              {money(costs.soFar, costs.currency)}
            </Count>
          </dd>
          <dt>{words.soFar}</dt>
        </div>
        <div>
          <dd>
            <Count of={costs} what={words.perDay}>
              {money(costs.perDay, costs.currency)}
            </Count>
          </dd>
          <dt>{words.perDay}</dt>
        </div>
        <div>
          <dd>
            <Count of={costs} what={words.cases} />
          </dd>
          <dt>{words.cases}</dt>
        </div>
      </dl>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{words.dearest}</th>
            <th scope="col" className={classes.number}>
              {words.perDay}
            </th>
            <th scope="col" className={classes.number}>
              {words.soFar}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((each) => (
            <tr key={each.caseKey}>
              <td>
                <Link to="/cases/$key" params={{ key: each.caseKey }} className={classes.count}>
                  <span className="key">{each.caseKey}</span> {each.caseTitle}
                </Link>
              </td>
              <td className={classes.number}>{money(each.perDay, costs.currency)}</td>
              <td className={classes.number}>{money(each.soFar, costs.currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more}
    </section>
  );
}
