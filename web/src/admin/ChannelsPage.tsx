/** The ways people are told that something waits for them, and whether they work. */
import { connectionsQuery } from '../api/admin';
import { useLive } from '../api/live';
import { texts } from '../texts';
import { LoadingRows } from '../ui/Loading';
import { Failure } from '../ui/Note';
import classes from './Admin.module.css';
import { Card, MailIn, MailOut } from './ConnectionsPage';

export function ChannelsPage() {
  const words = texts.admin.channels;
  const found = useLive(connectionsQuery);
  return (
    <>
      <p className={classes.lead}>{words.lead}</p>
      {found.isPending && <LoadingRows rows={4} height={60} gap={12} />}
      {found.error && !found.data && <Failure error={found.error} again={() => void found.refetch()} />}
      {found.data && (
        <div className={classes.cards}>
          <MailOut out={found.data.mailOut} />
          <MailIn coming={found.data.mailIn} />
          <Card title={words.outsiders} state="good" stateText={words.working}>
            <p>{words.outsidersHow}</p>
          </Card>
          <Card title={words.web} state="good" stateText={words.working}>
            <p>{words.webHow}</p>
          </Card>
        </div>
      )}
    </>
  );
}
