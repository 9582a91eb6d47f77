/** The rows of the case list; on a phone each becomes a card. The link in the title covers its whole row. */
import { Link } from '@tanstack/react-router';
import type { CaseSummary } from '../api/types';
import { texts } from '../texts';
import { Ago } from '../time/When';
import { Person } from '../ui/Avatar';
import { StateChip } from '../ui/Chip';
import classes from './CasesPage.module.css';

export function CaseTable({ cases }: { cases: readonly CaseSummary[] }) {
  const words = texts.cases.columns;
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{words.key}</th>
          <th scope="col">{words.title}</th>
          <th scope="col">{words.process}</th>
          <th scope="col">{words.state}</th>
          <th scope="col">{words.holder}</th>
          <th scope="col">{words.owner}</th>
          <th scope="col">{words.started}</th>
        </tr>
      </thead>
      <tbody>
        {cases.map((each) => (
          <tr key={each.key}>
            <td className={classes.key}>{each.key}</td>
            <td className={classes.title}>
              <Link to="/cases/$key" params={{ key: each.key }} className={classes.open}>
                {each.title ?? texts.cases.untitled}
              </Link>
            </td>
            <td className={classes.process}>{each.process.name}</td>
            <td className={classes.state}>
              <StateChip state={each.state} incidents={each.incidents} />
            </td>
            <td className={classes.holder}>
              <Holding of={each} />
            </td>
            <td className={classes.owner}>
              {each.owner ? <Person name={each.owner.name} id={each.owner.id} /> : texts.cases.noOwner}
            </td>
            <td className={classes.started}>
              <span className={classes.startedWord}>{texts.cases.startedWord}</span>
              <Ago at={each.startedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Holding({ of }: { of: CaseSummary }) {
  const [first, ...rest] = of.openSteps;
  if (of.state !== 'open' || first === undefined) return <span className="dim">{texts.none}</span>;
  return (
    <span className={classes.holding}>
      <span className={classes.holders}>
        {first.holder && !(first.claimed === false && first.party) ? (
          <Person name={first.holder.name} id={first.holder.id} />
        ) : (
          <span className={classes.party}>{first.party?.name ?? texts.cases.running}</span>
        )}
        {rest.length > 0 && (
          <span className={classes.more} title={texts.cases.moreStepsTitle(rest.map((step) => step.name).join(', '))}>
            {texts.cases.moreSteps(rest.length)}
          </span>
        )}
      </span>
      <span className={classes.step}>
        {first.name} · <Ago at={first.since} />
      </span>
    </span>
  );
}
