/** Who had the case, and for how long: one bar that adds up to all of its time, and the same in figures below. */
import { useLive } from '../api/live';
import { ledgerQuery } from '../api/queries';
import type { Charge } from '../api/types';
import { ExportMenu } from '../export/ExportMenu';
import { texts } from '../texts';
import { duration } from '../time/time';
import { Person } from '../ui/Avatar';
import { LoadingRows } from '../ui/Loading';
import { Failure } from '../ui/Note';
import { bars } from './custody';
import page from './CasePage.module.css';
import classes from './CustodyBar.module.css';

export function CustodyBar({ caseKey }: { caseKey: string }) {
  const words = texts.ledger;
  const ledger = useLive(ledgerQuery(caseKey));
  if (ledger.isPending) return <LoadingRows rows={3} height={16} />;
  if (!ledger.data) return <Failure error={ledger.error} again={() => void ledger.refetch()} />;
  const shown = bars(ledger.data.charges);
  if (shown.length === 0) return null;
  return (
    <section aria-label={words.title}>
      <div className={classes.head}>
        <h2 className={page.sectionTitle}>{words.title}</h2>
        <ExportMenu list="case-ledger" query={{ key: caseKey }} what={words.title} />
      </div>
      <div className={classes.bar} aria-hidden="true">
        {shown.map((bar, place) => (
          <span key={bar.name} data-place={place} style={{ flexGrow: bar.seconds }} title={`${bar.name}: ${bar.share} %`} />
        ))}
      </div>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{words.holder}</th>
            <th scope="col">{words.share}</th>
            <th scope="col">{words.elapsed}</th>
            <th scope="col">{words.working}</th>
          </tr>
        </thead>
        <tbody>
          {ledger.data.charges.map((charge, place) => (
            <Line key={charge.holder?.id ?? place} charge={charge} place={Math.min(place, shown.length - 1)} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{words.total}</th>
            <td>100.00 %</td>
            <td>{duration(ledger.data.elapsed.seconds * 1000)}</td>
            <td>{duration(ledger.data.charges.reduce((sum, each) => sum + each.working.seconds, 0) * 1000)}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

function Line({ charge, place }: { charge: Charge; place: number }) {
  return (
    <tr>
      <td>
        <span className={classes.who}>
          <span className={classes.swatch} data-place={place} aria-hidden="true" />
          {charge.holder ? <Person name={charge.holder.name} id={charge.holder.id} /> : texts.none}
          {charge.party && <span className="dim">{charge.party.name}</span>}
        </span>
      </td>
      <td>{charge.share.toFixed(2)} %</td>
      <td>{duration(charge.elapsed.seconds * 1000)}</td>
      <td>{charge.working.seconds === 0 ? texts.none : duration(charge.working.seconds * 1000)}</td>
    </tr>
  );
}
