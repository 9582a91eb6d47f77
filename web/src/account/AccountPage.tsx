/** What is the reader's own: the keys by which programs act in their name. */
import { Button, CopyButton, NumberInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useAct } from '../api/act';
import { tokensQuery } from '../api/queries';
import type { ApiToken } from '../api/types';
import company from '../company/Company.module.css';
import { ExportMenu } from '../export/ExportMenu';
import { texts } from '../texts';
import { Day } from '../time/When';
import { DataTable, type Column } from '../ui/DataTable';
import { LoadingRows } from '../ui/Loading';
import { Empty, Failure } from '../ui/Note';
import { PageHead } from '../ui/Page';
import { usePageTitle } from '../ui/pageTitle';
import { toast, toastFailure } from '../ui/toast';

export default function AccountPage() {
  const words = texts.account;
  const tokens = useQuery(tokensQuery);
  const removing = useAct();
  usePageTitle(words.title);
  const columns: Column<ApiToken>[] = [
    { head: texts.company.name, render: (each) => each.name },
    { head: words.created, render: (each) => <Day at={each.createdAt} /> },
    { head: words.expires, render: (each) => <Day at={each.expiresAt} /> },
    {
      head: words.revoke,
      render: (each) => (
        <Button
          variant="default"
          disabled={removing.isPending}
          onClick={() => removing.mutate({ method: 'DELETE', path: `/tokens/${each.id}` }, { onError: toastFailure, onSuccess: () => toast(words.revoked(each.name)) })}
        >
          {words.revoke}
        </Button>
      ),
    },
  ];
  return (
    <>
      <PageHead title={words.title} actions={<ExportMenu list="tokens" query={{}} />} />
      <div className={company.body}>
        <p className="dim">{words.lead}</p>
        <NewToken />
        {tokens.isPending && <LoadingRows rows={3} height={24} gap={14} />}
        {tokens.error && <Failure error={tokens.error} again={() => void tokens.refetch()} />}
        {tokens.data?.length === 0 && <Empty title={words.none}>{words.noneHow}</Empty>}
        {tokens.data && tokens.data.length > 0 && <DataTable label={words.title} columns={columns} rows={tokens.data} keyOf={(each) => each.id} />}
      </div>
    </>
  );
}

const DAYS_USUAL = 90;

function NewToken() {
  const words = texts.account;
  const [name, setName] = useState('');
  const [days, setDays] = useState<number | string>(DAYS_USUAL);
  const creating = useAct<{ token: string; name: string }>();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    creating.mutate({ method: 'POST', path: '/tokens', body: { name: name.trim(), expiresInDays: Number(days) } }, { onSuccess: () => setName('') });
  };
  return (
    <>
      <form onSubmit={submit} className={company.newToken}>
        <TextInput label={words.name} placeholder={words.nameHint} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <NumberInput size="sm" label={words.days} min={1} max={365} allowDecimal={false} value={days} onChange={setDays} />
        <Button type="submit" size="sm" loading={creating.isPending} disabled={name.trim() === ''}>
          {words.create}
        </Button>
      </form>
      {creating.error && <Failure error={creating.error} quiet />}
      {creating.data && (
        <div role="status" style={{ display: 'grid', gap: '0.5rem', marginBottom: '1rem' }}>
          <p>{words.shownOnce}</p>
          <code className={company.secret}>{creating.data.token}</code>
          <CopyButton value={creating.data.token}>
            {({ copy, copied }) => (
              <Button variant="default" style={{ justifySelf: 'start' }} onClick={copy}>
                {copied ? texts.variables.copied : texts.variables.copy}
              </Button>
            )}
          </CopyButton>
        </div>
      )}
    </>
  );
}
