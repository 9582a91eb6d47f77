/** What Baton is connected with: mail, identity provider, programs, workers, the database. No secret is shown. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { allTokensQuery, connectionsQuery, type Connections } from '../api/admin';
import { useLive, useLivePages } from '../api/live';
import { TitledList } from '../export/TitledList';
import { admin } from '../texts/admin';
import { Ago } from '../time/When';
import { DataTable, type Column } from '../ui/DataTable';
import { LoadingRows } from '../ui/Loading';
import { Empty, Failure } from '../ui/Note';
import classes from './Admin.module.css';
import { bytes } from './bytes';

export function Card({ title, state, stateText, children }: { title: string; state?: 'good' | 'bad' | 'off'; stateText?: string; children: ReactNode }) {
  return (
    <section className={classes.card} aria-label={title}>
      <h2>
        {title}
        {stateText !== undefined && (
          <span className={classes.state} data-state={state}>
            {stateText}
          </span>
        )}
      </h2>
      {children}
    </section>
  );
}

export function ConnectionsPage() {
  const words = admin.connections;
  const found = useLive(connectionsQuery);
  if (found.isPending) return <LoadingRows rows={8} height={40} gap={12} />;
  if (!found.data) return <Failure error={found.error} again={() => void found.refetch()} />;
  const { scim, database, workers, jobTypes } = found.data;
  return (
    <>
      <div className={classes.cards}>
        <MailOut out={found.data.mailOut} />
        <MailIn coming={found.data.mailIn} />
        <Card title={words.scim}>
          <p>{scim.people + scim.teams === 0 ? words.notProvisioned : words.provisioned(scim.people, scim.teams)}</p>
          <p className={classes.hint}>{words.scimPath(scim.path)}</p>
        </Card>
        <Programs />
        <Card title={words.database}>
          <p>{database.embedded ? words.embedded : words.external}</p>
          <p>{words.version(database.version)}</p>
          <p>{bytes(database.bytes)}</p>
          <p className={classes.hint}>{words.used(database.connections, database.connectionsMax)}</p>
        </Card>
      </div>
      <section className={classes.part}>
        <TitledList title={words.workers} list="workers" />
        {workers.length === 0 ? (
          <Empty title={words.noWorkers}>{words.noWorkersHow}</Empty>
        ) : (
          <DataTable label={words.workers} columns={WORKERS} rows={workers} keyOf={(each) => each.worker} />
        )}
      </section>
      <section className={classes.part}>
        <TitledList title={words.jobTypes} list="job-types" />
        {jobTypes.length === 0 ? (
          <p className="dim">{words.noJobs}</p>
        ) : (
          <DataTable label={words.jobTypes} columns={TYPES} rows={jobTypes} keyOf={(each) => each.type} />
        )}
      </section>
    </>
  );
}

export function MailOut({ out }: { out: Connections['mailOut'] }) {
  const words = admin.connections;
  const states = admin.channels;
  const set = out.server !== undefined && out.server !== null;
  const broken = out.last?.delivered === false;
  return (
    <Card title={words.mailOut} state={!set ? 'off' : broken ? 'bad' : 'good'} stateText={!set ? states.notSet : broken ? states.trouble : states.working}>
      <p>{out.server ?? words.noServer}</p>
      {set ? <p>{words.from(out.from)}</p> : <p className={classes.hint}>{words.noServerHow}</p>}
      {out.last ? (
        <p className={classes.hint}>
          {out.last.delivered ? words.lastSent : words.lastFailed} <Ago at={out.last.at} />
          {out.last.reason ? `: ${out.last.reason}` : ''}
        </p>
      ) : (
        <p className={classes.hint}>{words.noMailYet}</p>
      )}
    </Card>
  );
}

export function MailIn({ coming }: { coming: Connections['mailIn'] }) {
  const words = admin.connections;
  const states = admin.channels;
  const ways = [coming.receiver ? words.receiver(coming.receiver) : null, coming.mailbox ? words.mailbox(coming.mailbox) : null].filter(
    (way) => way !== null,
  );
  const set = ways.length > 0;
  return (
    <Card title={words.mailIn} state={set ? 'good' : 'off'} stateText={set ? states.working : states.notSet}>
      {set ? (
        <>
          <p>{words.receives(coming.domain ?? '')}</p>
          {ways.map((way) => (
            <p key={way}>{way}</p>
          ))}
        </>
      ) : (
        <>
          <p>{words.noMailIn}</p>
          <p className={classes.hint}>{words.noMailInHow}</p>
        </>
      )}
      <Link to="/admin/$tab" params={{ tab: 'mails' }} className="link">
        {admin.tabs.mails}
      </Link>
    </Card>
  );
}

function Programs() {
  const words = admin.connections;
  const tokens = useLivePages(allTokensQuery);
  const first = tokens.data?.pages[0];
  return (
    <Card title={words.programs}>
      {first && <p>{words.tokens(first.items.length, first.next !== null)}</p>}
      <Link to="/admin/$tab" params={{ tab: 'tokens' }} className="link">
        {admin.tabs.tokens}
      </Link>
    </Card>
  );
}

const words = admin.connections;

const WORKERS: Column<Connections['workers'][number]>[] = [
  { head: words.worker, render: (each) => <strong>{each.worker}</strong> },
  { head: words.types, render: (each) => each.types.join(', ') },
  { head: words.seen, render: (each) => <Ago at={each.at} /> },
  { head: words.taken, render: (each) => each.taken, number: true },
];

const TYPES: Column<Connections['jobTypes'][number]>[] = [
  { head: words.type, render: (each) => <strong>{each.type}</strong> },
  { head: words.open, render: (each) => each.open, number: true },
  { head: words.leased, render: (each) => each.leased, number: true },
  { head: words.failed, render: (each) => (each.failed > 0 ? <span className="late">{each.failed}</span> : 0), number: true },
  { head: words.oldest, render: (each) => <Ago at={each.oldest} /> },
];
