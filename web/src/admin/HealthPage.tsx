/** Whether the installation is well: the verdict first, then what it rests on. */
import { healthQuery, type Health, type Loop } from '../api/admin';
import { useLive } from '../api/live';
import { ExportMenu } from '../export/ExportMenu';
import { TitledList } from '../export/TitledList';
import { texts } from '../texts';
import { admin } from '../texts/admin';
import { Ago, Moment, useNow } from '../time/When';
import { clock } from '../time/time';
import { DataTable, type Column } from '../ui/DataTable';
import { LoadingRows } from '../ui/Loading';
import { Failure } from '../ui/Note';
import classes from './Admin.module.css';
import { bytes } from './bytes';
import { Card } from './ConnectionsPage';
import { wrongs } from './wrongs';

export function HealthPage() {
  const words = admin.health;
  const found = useLive(healthQuery);
  if (found.isPending) return <LoadingRows rows={8} height={40} gap={12} />;
  if (!found.data) return <Failure error={found.error} again={() => void found.refetch()} />;
  const health = found.data;
  return (
    <>
      <Verdict health={health} />
      <div className={classes.cards}>
        <Journal verified={health.verified} />
        <Card title={words.database}>
          <p className={classes.big}>{bytes(health.database.bytes)}</p>
          <p>{health.database.embedded ? admin.connections.embedded : admin.connections.external}, {health.database.version}</p>
          <p className={classes.hint}>{admin.connections.used(health.database.connections, health.database.connectionsMax)}</p>
        </Card>
        <Card title={words.backup}>
          <p>{health.database.embedded ? words.backupEmbedded : words.backupExternal}</p>
        </Card>
        <Card title={words.version}>
          <p className={classes.big}>{health.version}</p>
        </Card>
      </div>
      <section className={classes.part}>
        <TitledList title={words.queues} list="queues" />
        <DataTable label={words.queues} columns={queueColumns(health.countMax)} rows={health.queues} keyOf={(each) => each.queue} />
      </section>
      {health.nodes.map((node) => (
        <section className={classes.part} key={node.name + node.startedAt}>
          <h2>
            {words.node} {node.name}{' '}
            <span className={classes.state} data-state={node.gone ? 'bad' : 'good'}>
              {node.gone ? words.gone : words.up}
            </span>
          </h2>
          <p className="dim">
            {words.version} {node.version} · {words.started} <Moment at={node.startedAt} /> · {words.seen} <Ago at={node.seenAt} />
          </p>
          <ExportMenu list="loops" query={{}} what={words.loops} small />
          <DataTable label={`${words.loops} ${node.name}`} columns={LOOPS} rows={node.loops} keyOf={(each) => each.name} />
        </section>
      ))}
      <section className={classes.part}>
        <TitledList title={words.database} list="tables" />
        <DataTable label={words.database} columns={TABLES} rows={health.database.tables} keyOf={(each) => each.name} />
      </section>
    </>
  );
}

function Verdict({ health }: { health: Health }) {
  const now = useNow();
  const found = wrongs(health, (at) => clock.relative(at, now));
  return (
    <div className={classes.verdict} data-state={found.length > 0 ? 'bad' : 'good'} role="status">
      {found.length === 0 ? admin.allFine : found.map((each) => <p key={each}>{each}</p>)}
    </div>
  );
}

function Journal({ verified }: { verified: Health['verified'] }) {
  const words = admin.health;
  return (
    <Card title={words.verified}>
      {verified ? (
        <>
          <p className={classes.big}>
            <Ago at={verified.at} />
          </p>
          <p className={verified.problems > 0 ? 'late' : undefined}>
            {verified.problems > 0 ? words.problems(verified.problems) : words.clean(verified.entries, verified.cases)}
          </p>
        </>
      ) : (
        <>
          <p>{words.neverVerified}</p>
          <p className={classes.hint}>{words.verifyHow}</p>
        </>
      )}
    </Card>
  );
}

const words = admin.health;

const queueColumns = (countMax: number): Column<Health['queues'][number]>[] => [
  { head: words.queue, render: (each) => <strong>{words.names[each.queue]}</strong> },
  { head: words.waiting, render: (each) => (each.waiting >= countMax ? words.andMore(countMax) : each.waiting.toLocaleString('en')), number: true },
  { head: words.lag, render: (each) => (each.oldest ? <Ago at={each.oldest} /> : texts.none) },
  { head: words.state, render: (each) => <span className={classes.hint}>{words.hints[each.queue]}</span>, wideOnly: true },
];

const LOOPS: Column<Loop>[] = [
  { head: words.loop, render: (each) => words.loopNames[each.name] ?? each.name },
  {
    head: words.state,
    render: (each) =>
      each.failures > 0 ? (
        <span className="late">
          {words.failing(each.failures)}
          {each.failure ? `: ${each.failure}` : ''}
        </span>
      ) : each.working ? (
        words.working
      ) : (
        words.resting
      ),
  },
  { head: words.since, render: (each) => `${each.seconds.toLocaleString('en')} s`, number: true, wideOnly: true },
];

const TABLES: Column<Health['database']['tables'][number]>[] = [
  { head: words.table, render: (each) => each.name },
  { head: words.size, render: (each) => bytes(each.bytes), number: true },
  { head: words.rows, render: (each) => each.rows.toLocaleString('en'), number: true },
];
