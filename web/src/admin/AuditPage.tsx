/** Who did what outside the cases, newest first; the filters stand in the address. */
import { Select, TextInput } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { auditQuery, type AuditEntry } from '../api/admin';
import { ExportMenu } from '../export/ExportMenu';
import { texts } from '../texts';
import { admin } from '../texts/admin';
import { startOfDay } from '../time/time';
import { Moment } from '../time/When';
import { Person } from '../ui/Avatar';
import { DataTable, type Column } from '../ui/DataTable';
import { PersonSelect } from '../ui/PersonSelect';
import { SearchField } from '../ui/SearchField';
import classes from './Admin.module.css';
import type { AdminSearch } from './adminTabs';
import { List } from './List';

const route = getRouteApi('/admin/$tab');

const KINDS: Record<keyof typeof admin.audit.groups, string> = {
  signIn: 'SIGNED_IN,PASSWORD_SET,SIGN_IN_LINK_MADE',
  tokens: 'TOKEN_MADE,TOKEN_REVOKED',
  people: 'PERSON_ADDED,PERSON_CHANGED,PERSON_LEFT,PERSON_RETURNED,ABSENCE_ADDED,ABSENCE_REMOVED,DIRECTORY_IMPORTED,ADDRESS_PUT,ADDRESS_REMOVED',
  teams: 'TEAM_PUT,TEAM_REMOVED,TEAM_JOINED,TEAM_LEFT',
  rules: 'POLICY_PUT,CALENDAR_PUT,CALENDAR_REMOVED,BRAND_PUT',
  processes: 'PROCESS_DEPLOYED',
  mails: 'MAIL_LINK_OPENED,MAIL_FILED,MAIL_DROPPED,MAIL_TRIED_AGAIN,STATUS_LINK_MADE,CHANNEL_TESTED',
};

export function AuditPage() {
  const words = admin.audit;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const narrow = (change: AdminSearch) => void navigate({ search: { ...search, ...change }, replace: true });
  const kind = search.kind as keyof typeof KINDS | undefined;
  const asked = {
    person: search.person,
    act: kind === undefined ? undefined : KINDS[kind],
    q: search.q,
    from: startOfDay(search.from),
    to: startOfDay(search.to, 1),
  };
  const columns: Column<AuditEntry>[] = [
    { head: words.who, render: (each) => <Person name={each.by.name} id={each.by.id} /> },
    { head: words.what, render: (each) => <What entry={each} /> },
    { head: words.details, render: details },
    { head: words.when, render: (each) => <Moment at={each.at} /> },
  ];
  return (
    <>
      <div className={classes.leadRow}>
        <p className={classes.lead}>{words.lead}</p>
        <ExportMenu list="audit" query={asked} />
      </div>
      <div className={classes.filters}>
        <PersonSelect label={words.person} clearable value={search.person ?? null} onChange={(id) => narrow({ person: id ?? '' })} />
        <Select
          label={words.kind}
          placeholder={words.anyKind}
          clearable
          data={Object.entries(words.groups).map(([value, label]) => ({ value, label }))}
          value={search.kind ?? null}
          onChange={(value) => narrow({ kind: value ?? '' })}
        />
        <TextInput type="date" label={words.from} value={search.from ?? ''} onChange={(event) => narrow({ from: event.currentTarget.value })} />
        <TextInput type="date" label={words.to} value={search.to ?? ''} onChange={(event) => narrow({ to: event.currentTarget.value })} />
        <SearchField tall label={words.search} placeholder={words.search} value={search.q ?? ''} onChange={(q) => narrow({ q })} />
      </div>
      <List query={auditQuery(asked)} empty={words.empty} emptyHow={words.emptyHow}>
        {(rows) => <DataTable label={words.label} columns={columns} rows={rows} keyOf={(each) => each.id} />}
      </List>
    </>
  );
}

/** The beginning of that day, or of the day after it, where the reader is. */
function What({ entry }: { entry: AuditEntry }) {
  const said = admin.audit.acts[entry.act] ?? entry.act;
  const named = entry.act === 'TOKEN_REVOKED' ? entry.subject : (entry.about?.name ?? entry.subject);
  return (
    <>
      {said} {named !== undefined && named !== null && <strong>{named}</strong>}
    </>
  );
}

function details(entry: AuditEntry): string {
  const words = admin.audit;
  const parts = [
    entry.about ? (entry.act === 'TOKEN_REVOKED' ? entry.about.name : entry.subject) : null,
    entry.detail,
    entry.program ? words.program : null,
    entry.actingAs ? words.actingAs(entry.actingAs.name) : null,
  ];
  return parts.filter((part) => part !== null && part !== undefined && part !== '').join(' · ') || texts.none;
}
