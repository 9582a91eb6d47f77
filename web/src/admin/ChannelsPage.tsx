/** The ways people are told that something waits for them, how each goes, and a try of it. */
import { Button } from '@mantine/core';
import { useAct } from '../api/act';
import { channelsQuery, connectionsQuery, type Channel } from '../api/admin';
import { useLive } from '../api/live';
import { ExportMenu } from '../export/ExportMenu';
import { admin } from '../texts/admin';
import { Ago } from '../time/When';
import { LoadingRows } from '../ui/Loading';
import { Failure } from '../ui/Note';
import { toast, toastFailure } from '../ui/toast';
import classes from './Admin.module.css';
import { Card, MailIn } from './ConnectionsPage';

export function ChannelsPage() {
  const words = admin.channels;
  const channels = useLive(channelsQuery);
  const connections = useLive(connectionsQuery);
  return (
    <>
      <div className={classes.leadRow}>
        <p className={classes.lead}>{words.lead}</p>
        <ExportMenu list="channels" query={{}} />
      </div>
      {channels.isPending && <LoadingRows rows={4} height={60} gap={12} />}
      {channels.error && !channels.data && <Failure error={channels.error} again={() => void channels.refetch()} />}
      {channels.data && (
        <div className={classes.cards}>
          {channels.data.map((each) => (
            <One key={each.name} channel={each} />
          ))}
          {connections.data && <MailIn coming={connections.data.mailIn} />}
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

/** What went wrong last counts only where nothing has succeeded since. */
export function isBroken({ lastErrorAt, lastSuccessAt }: Channel): boolean {
  return Boolean(lastErrorAt) && (!lastSuccessAt || Date.parse(lastSuccessAt) < Date.parse(lastErrorAt ?? ''));
}

function One({ channel }: { channel: Channel }) {
  const words = admin.channels;
  const testing = useAct<{ outcome: string; reason?: string | null }>();
  const broken = isBroken(channel);
  const state = channel.setUp === 'OFF' ? 'off' : broken ? 'bad' : channel.setUp === 'ON' ? 'good' : 'off';
  const stateText = channel.setUp === 'OFF' ? words.notSet : broken ? words.trouble : words.setUp[channel.setUp];
  const test = () =>
    testing.mutate(
      { method: 'POST', path: `/channels/${encodeURIComponent(channel.name)}/test`, body: {} },
      {
        onError: toastFailure,
        onSuccess: ({ outcome, reason }) => toast([words.tested[outcome] ?? outcome, reason ?? ''].join(' ').trim()),
      },
    );
  return (
    <Card title={words.names[channel.name] ?? channel.name} state={state} stateText={stateText}>
      {channel.where && <p>{channel.where}</p>}
      {channel.setUp !== 'ON' && <p className={classes.hint}>{words.needs(channel.settings)}</p>}
      {channel.callback && channel.setUp === 'ON' && (
        <p className={classes.hint}>{channel.hears ? words.hears(channel.callback) : words.deaf(channel.callback, words.secrets[channel.name] ?? '')}</p>
      )}
      {channel.lastSuccessAt && (
        <p className={classes.hint}>
          {words.lastTaken} <Ago at={channel.lastSuccessAt} />
        </p>
      )}
      {channel.lastErrorAt && (
        <p className={broken ? 'late' : classes.hint}>
          {words.lastFailed} <Ago at={channel.lastErrorAt} />
          {channel.lastError ? `: ${channel.lastError}` : ''}
        </p>
      )}
      {channel.setUp !== 'OFF' && (
        <p>
          <Button variant="default" loading={testing.isPending} onClick={test}>
            {words.test}
          </Button>
        </p>
      )}
    </Card>
  );
}
