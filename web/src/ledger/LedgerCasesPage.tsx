/** The cases behind a number of the ledger, and what of each is in it; most time first. */
import { getRouteApi, Link } from '@tanstack/react-router';
import { ledgerCasesQuery } from '../api/ledger';
import { useLivePages } from '../api/live';
import { itemsOf, ListPage } from '../lists/ListPage';
import { without } from '../lists/listSearch';
import { texts } from '../texts';
import { ledger as words } from '../texts/ledger';
import { duration } from '../time/time';
import { Moment } from '../time/When';
import { money } from '../tower/money';

const route = getRouteApi('/ledger/cases');

/** What the filters are called here, and what is no name. */
const SAID = { by: words.narrowed, value: { '-': words.nobodys } };

export function LedgerCasesPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const cases = useLivePages(ledgerCasesQuery(search));
  return (
    <ListPage
      list="ledger-cases"
      title={words.casesTitle}
      empty={words.emptyCases}
      emptyHow={words.emptyCasesHow}
      back={
        <Link to="/ledger" className="link">
          {words.title}
        </Link>
      }
      search={search}
      drop={(name) => void navigate({ search: without(search, name), replace: true })}
      rows={cases}
      said={SAID}
      head={[words.case, words.process, words.columns.time, words.ended, words.costs.total]}
    >
      {itemsOf(cases).map((each) => (
        <tr key={each.key}>
          <td>
            <Link to="/cases/$key" params={{ key: each.key }}>
              <span className="key">{each.key}</span> {each.title ?? texts.cases.untitled}
            </Link>
          </td>
          <td>{each.process.name}</td>
          <td title={each.elapsed.duration}>{duration(each.elapsed.seconds * 1000)}</td>
          <td>
            <Moment at={each.endedAt} />
          </td>
          <td>{each.cost === null ? texts.none : money(each.cost.total, each.currency ?? 'XXX')}</td>
        </tr>
      ))}
    </ListPage>
  );
}
