/** Mails that answer nothing Baton knows: what they say, and into which case they belong. */
import { Button, Drawer, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useAct } from '../api/act';
import { keptMailQuery, keptMailsQuery, type KeptMail } from '../api/admin';
import { texts } from '../texts';
import { ExportMenu } from '../export/ExportMenu';
import { admin } from '../texts/admin';
import { Ago, Moment } from '../time/When';
import { DataTable, type Column } from '../ui/DataTable';
import { LoadingRows } from '../ui/Loading';
import { Failure } from '../ui/Note';
import { toast, toastFailure } from '../ui/toast';
import classes from './Admin.module.css';
import { bytes } from './bytes';
import { List } from './List';

export function KeptMailsPage() {
  const words = admin.mails;
  const [chosen, setChosen] = useState<KeptMail | null>(null);
  const columns: Column<KeptMail>[] = [
    { head: words.subject, render: (each) => each.subject || words.noSubject },
    { head: words.from, render: (each) => each.from || words.nobody },
    { head: words.why, render: (each) => each.problem },
    { head: words.at, render: (each) => <Ago at={each.receivedAt} /> },
  ];
  return (
    <>
      <div className={classes.leadRow}>
        <p className={classes.lead}>{words.lead}</p>
        <ExportMenu list="kept-mails" query={{}} />
      </div>
      <List query={keptMailsQuery} empty={words.none} emptyHow={words.noneHow}>
        {(rows) => <DataTable label={words.label} columns={columns} rows={rows} keyOf={(each) => each.id} open={setChosen} />}
      </List>
      <Drawer
        opened={chosen !== null}
        onClose={() => setChosen(null)}
        title={chosen?.subject || words.noSubject}
        position="right"
        size="38rem"
        closeButtonProps={{ 'aria-label': texts.close }}
      >
        {chosen && <Mail mail={chosen} close={() => setChosen(null)} />}
      </Drawer>
    </>
  );
}

function Mail({ mail, close }: { mail: KeptMail; close: () => void }) {
  const words = admin.mails;
  const content = useQuery(keptMailQuery(mail.id));
  const act = useAct();
  const [sure, setSure] = useState(false);
  const perform = (method: 'POST' | 'DELETE', path: string, said: string) =>
    act.mutate(
      { method, path: `/kept-mails/${mail.id}${path}`, ...(method === 'POST' ? { body: {} } : {}) },
      {
        onError: toastFailure,
        onSuccess: () => {
          toast(said);
          close();
        },
      },
    );
  return (
    <div className={classes.mail}>
      <dl className={classes.mailHead}>
        <dt>{words.from}</dt>
        <dd>
          {mail.from || words.nobody} <span className={classes.hint}>{words.unchecked}</span>
        </dd>
        <dt>{words.to}</dt>
        <dd>{mail.recipient || texts.none}</dd>
        <dt>{words.at}</dt>
        <dd>
          <Moment at={mail.receivedAt} />
        </dd>
        <dt>{words.why}</dt>
        <dd>{mail.problem}</dd>
      </dl>
      {content.isPending && <LoadingRows rows={5} height={18} />}
      {content.error && <Failure error={content.error} again={() => void content.refetch()} />}
      {content.data && (
        <>
          <div className={classes.mailText} tabIndex={0} role="region" aria-label={words.text}>
            {content.data.text || words.noText}
          </div>
          {content.data.files.length > 0 && (
            <section>
              <h2>{words.files}</h2>
              <ul>
                {content.data.files.map((file) => (
                  <li key={file.name}>
                    {file.name} <span className={classes.hint}>{bytes(file.bytes)}</span>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </>
      )}
      <Filing mail={mail} mentions={content.data?.mentions ?? []} close={close} />
      <div className={classes.buttons}>
        <Button component="a" variant="default" href={`/api/kept-mails/${mail.id}/raw`} download>
          {words.raw}
        </Button>
        <Button variant="default" disabled={act.isPending} onClick={() => perform('POST', '/another-try', words.tried)}>
          {words.again}
        </Button>
        <Button
          color="red"
          variant={sure ? 'filled' : 'default'}
          disabled={act.isPending}
          onClick={() => (sure ? perform('DELETE', '', words.dropped) : setSure(true))}
        >
          {words.drop}
        </Button>
        {sure && <span role="status">{words.sureDrop}</span>}
      </div>
    </div>
  );
}

function Filing({ mail, mentions, close }: { mail: KeptMail; mentions: string[]; close: () => void }) {
  const words = admin.mails;
  const [typed, setTyped] = useState<string | null>(null);
  const key = typed ?? mentions[0] ?? '';
  const filing = useAct<{ caseKey: string; notTaken: string[] }>();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    filing.mutate(
      { method: 'POST', path: `/kept-mails/${mail.id}/filing`, body: { caseKey: key.trim().toUpperCase() } },
      {
        onSuccess: ({ caseKey, notTaken }) => {
          toast([words.filed(caseKey), ...(notTaken.length > 0 ? [words.notTaken, ...notTaken] : [])].join(' '), caseKey);
          close();
        },
      },
    );
  };
  return (
    <form className={classes.filing} onSubmit={submit}>
      <TextInput label={words.caseKey} description={words.caseHint} value={key} onChange={(event) => setTyped(event.currentTarget.value)} />
      {filing.error && <Failure error={filing.error} quiet />}
      <div className={classes.buttons}>
        <Button type="submit" size="sm" loading={filing.isPending} disabled={key.trim() === ''}>
          {words.file}
        </Button>
      </div>
    </form>
  );
}
