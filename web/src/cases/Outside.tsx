/** Who outside has a way into this case, and a link that only shows them where it stands. For the owner and administrators. */
import { Button, CopyButton } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useAct } from '../api/act';
import { get } from '../api/client';
import type { CaseDetail, Items, PersonRef } from '../api/types';
import { useSession } from '../session/session';
import { texts } from '../texts';
import { Ago } from '../time/When';
import { TitledList } from '../export/TitledList';
import { Person } from '../ui/Avatar';
import { Failure } from '../ui/Note';
import { toast, toastFailure } from '../ui/toast';
import classes from './Outside.module.css';

interface GuestLink {
  id: string;
  person: PersonRef;
  task?: string | null;
  lookOnly: boolean;
  use: 'ACT' | 'LOOK' | 'EXPIRED' | 'REVOKED';
  createdAt: string;
  lastUsedAt?: string | null;
}

const guestLinksQuery = (key: string) =>
  queryOptions({
    queryKey: ['guest-links', key],
    queryFn: async ({ signal }) => (await get<Items<GuestLink>>(`/cases/${encodeURIComponent(key)}/guest-links`, signal)).items,
  });

export function Outside({ of }: { of: CaseDetail }) {
  const { person } = useSession();
  const may = of.mayDecide === true || person.admin;
  const links = useQuery({ ...guestLinksQuery(of.key), enabled: may });
  if (!may || links.data === undefined || links.data.length === 0) return null;
  const people = [...new Map(links.data.map((link) => [link.person.id, link.person])).values()];
  return (
    <section aria-label={texts.outside.title}>
      <TitledList title={texts.outside.title} list="guest-links" query={{ key: of.key }} />
      <p className={classes.lead}>{texts.outside.lead}</p>
      <ul className={classes.people}>
        {people.map((each) => (
          <OnePerson key={each.id} caseKey={of.key} person={each} links={links.data.filter((link) => link.person.id === each.id)} />
        ))}
      </ul>
    </section>
  );
}

function OnePerson({ caseKey, person, links }: { caseKey: string; person: PersonRef; links: GuestLink[] }) {
  const words = texts.outside;
  const sharing = useAct<{ path: string }>();
  const revoking = useAct();
  const path = `/cases/${encodeURIComponent(caseKey)}/guest-links`;
  const open = links.filter((link) => link.use === 'ACT' || link.use === 'LOOK');
  const used = links.map((link) => link.lastUsedAt ?? '').reduce((a, b) => (a > b ? a : b), '');
  const revoke = async () => {
    try {
      for (const link of open) await revoking.mutateAsync({ method: 'DELETE', path: `${path}/${link.id}` });
      toast(words.revoked(person.name));
    } catch (error) {
      toastFailure(error);
    }
  };
  const url = sharing.data === undefined ? null : location.origin + sharing.data.path;
  return (
    <li className={classes.person}>
      <Person name={person.name} id={person.id} />
      <span className="dim">
        {words.openLinks(open.length)}
        {used !== '' && (
          <>
            {' · '}
            {words.acted} <Ago at={used} />
          </>
        )}
      </span>
      <span className={classes.acts}>
        <Button variant="default" loading={sharing.isPending} onClick={() => sharing.mutate({ method: 'POST', path, body: { person: person.id } })}>
          {words.share}
        </Button>
        {open.length > 0 && (
          <Button variant="subtle" color="gray" loading={revoking.isPending} onClick={() => void revoke()}>
            {words.revoke}
          </Button>
        )}
      </span>
      {sharing.error && <Failure error={sharing.error} quiet />}
      {url !== null && (
        <span className={classes.link} role="status">
          <span className="dim">{words.shared}</span>
          <a href={url} target="_blank" rel="noopener noreferrer" className="link">
            {words.look}
          </a>
          <CopyButton value={url}>
            {({ copy, copied }) => (
              <Button variant="default" onClick={copy}>
                {copied ? texts.variables.copied : words.copy}
              </Button>
            )}
          </CopyButton>
        </span>
      )}
    </li>
  );
}
