/** The tokens of everybody's programs, to look through and to revoke. */
import { Button, Modal } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useAct } from '../api/act';
import { allTokensQuery, type OwnedToken } from '../api/admin';
import { texts } from '../texts';
import { ExportMenu } from '../export/ExportMenu';
import { admin } from '../texts/admin';
import { Day } from '../time/When';
import { Person } from '../ui/Avatar';
import { DataTable, type Column } from '../ui/DataTable';
import { Failure } from '../ui/Note';
import { toast } from '../ui/toast';
import classes from './Admin.module.css';
import { List } from './List';

export function TokensPage() {
  const words = admin.tokens;
  const [leaving, setLeaving] = useState<OwnedToken | null>(null);
  const columns: Column<OwnedToken>[] = [
    { head: words.name, render: (each) => <strong>{each.name}</strong> },
    {
      head: words.person,
      render: (each) => (
        <>
          <Person name={each.person.name} id={each.person.id} /> {each.admin && <span className={classes.hint}>{words.administrator}</span>}
        </>
      ),
    },
    { head: words.created, render: (each) => <Day at={each.createdAt} />, wideOnly: true },
    { head: words.expires, render: (each) => <Day at={each.expiresAt} /> },
    {
      head: words.revoke,
      render: (each) => (
        <Button variant="default" aria-label={words.revokeOf(each.name)} onClick={() => setLeaving(each)}>
          {words.revoke}
        </Button>
      ),
    },
  ];
  const own = (
    <Button component={Link} to="/tokens" variant="default">
      {words.own}
    </Button>
  );
  return (
    <>
      <div className={classes.leadRow}>
        <p className={classes.lead}>{words.lead}</p>
        <ExportMenu list="all-tokens" query={{}} />
      </div>
      <List query={allTokensQuery} empty={words.empty} emptyHow={words.emptyHow} emptyAction={own}>
        {(rows) => <DataTable label={words.label} columns={columns} rows={rows} keyOf={(each) => each.id} />}
      </List>
      {leaving && <Revoke token={leaving} close={() => setLeaving(null)} />}
    </>
  );
}

function Revoke({ token, close }: { token: OwnedToken; close: () => void }) {
  const words = admin.tokens;
  const revoking = useAct();
  const revoke = () =>
    revoking.mutate(
      { method: 'DELETE', path: `/connections/tokens/${token.id}` },
      {
        onSuccess: () => {
          toast(words.revoked(token.name));
          close();
        },
      },
    );
  return (
    <Modal opened onClose={close} title={words.revokeOf(token.name)} closeButtonProps={{ 'aria-label': texts.close }}>
      <div className={classes.mail}>
        <p>{words.sure(token.name, token.person.name)}</p>
        {revoking.error && <Failure error={revoking.error} quiet />}
        <div className={classes.buttons}>
          <Button color="red" size="sm" loading={revoking.isPending} onClick={revoke}>
            {words.revoke}
          </Button>
          <Button variant="default" size="sm" onClick={close}>
            {texts.cancel}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
