/** The head of a case: what it is, whose it is, and the sentence that says where it stands. */
import { ActionIcon, Button, CopyButton, Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Ban, CalendarClock, ChevronRight, Copy, Ellipsis, Pause, ReceiptText, UserRoundPen } from 'lucide-react';
import { useState } from 'react';
import { useAct } from '../api/act';
import type { CaseDetail } from '../api/types';
import { useMe } from '../session/session';
import { texts } from '../texts';
import { clock, duration } from '../time/time';
import { Ago, Moment, useNow } from '../time/When';
import { Person } from '../ui/Avatar';
import { StateChip } from '../ui/Chip';
import { toast, toastFailure } from '../ui/toast';
import { CancelCase } from './CancelCase';
import { OwnerActDialog, type OwnerAct } from './OwnerActs';
import { standing, type Sentence } from './standing';
import classes from './CasePage.module.css';

export function CaseHead({ one }: { one: CaseDetail }) {
  const words = texts.case;
  const now = useNow();
  const me = useMe();
  return (
    <header className={classes.head}>
      <div className={classes.crumbs}>
        <Link to="/cases">{words.back}</Link>
        <ChevronRight size={13} aria-hidden="true" />
        <span className="key">{one.key}</span>
        <StateChip state={one.state} incidents={one.incidents.length} />
        <Actions one={one} />
      </div>
      <h1 className={classes.title}>{one.title ?? texts.cases.untitled}</h1>
      <div className={classes.standing}>
        {standing(one, me.id, clock, now).map((sentence) => (
          <Spoken key={sentence.map((part) => part.text).join('')} sentence={sentence} />
        ))}
      </div>
      <dl className={classes.facts}>
        <div>
          <dt>{words.owner}</dt>
          <dd>{one.owner ? <Person name={one.owner.name} id={one.owner.id} /> : texts.cases.noOwner}</dd>
        </div>
        {one.dueAt && (
          <div>
            <dt>{words.due}</dt>
            <dd>
              <Moment at={one.dueAt} />
              {one.state === 'open' && (
                <span className={one.overdue ? 'late' : 'dim'}>
                  , <Ago at={one.dueAt} />
                </span>
              )}
            </dd>
          </div>
        )}
        <div>
          <dt>{words.process}</dt>
          <dd>
            <Link className="link" to="/processes/$key" params={{ key: one.process.key }}>
              {one.process.name}
            </Link>
            <span className="dim">, {words.version(one.process.version)}</span>
          </dd>
        </div>
        <div>
          <dt>{words.started}</dt>
          <dd>
            <Moment at={one.startedAt} />
          </dd>
        </div>
        <div>
          <dt>{one.endedAt ? words.took : words.age}</dt>
          <dd>{duration((one.endedAt ? Date.parse(one.endedAt) : now) - Date.parse(one.startedAt))}</dd>
        </div>
      </dl>
    </header>
  );
}

function Spoken({ sentence }: { sentence: Sentence }) {
  return (
    <p>
      {sentence.map((part, at) =>
        part.strong ? <strong key={`${at} ${part.text}`}>{part.text}</strong> : <span key={`${at} ${part.text}`}>{part.text}</span>,
      )}
    </p>
  );
}

const OWNER_ACTS: { act: OwnerAct; Icon: typeof Pause }[] = [
  { act: 'due', Icon: CalendarClock },
  { act: 'pause', Icon: Pause },
  { act: 'handOver', Icon: UserRoundPen },
];

function Actions({ one }: { one: CaseDetail }) {
  const words = texts.case;
  const [cancelling, setCancelling] = useState(false);
  const [act, setAct] = useState<OwnerAct | null>(null);
  const mine = one.state === 'open' && one.mayDecide === true;
  return (
    <>
      <Menu position="bottom-end" width={210} shadow="md">
        <Menu.Target>
          <ActionIcon className={classes.actions ?? ''} aria-label={words.actions}>
            <Ellipsis size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {mine &&
            OWNER_ACTS.filter((each) => each.act !== 'pause' || !one.pause).map(({ act: each, Icon }) => (
              <Menu.Item key={each} leftSection={<Icon size={15} />} onClick={() => setAct(each)}>
                {texts.ownerActs[each].menu}
              </Menu.Item>
            ))}
          <CopyButton value={one.key}>
            {({ copy }) => (
              <Menu.Item leftSection={<Copy size={15} />} onClick={copy}>
                {words.copyKey}
              </Menu.Item>
            )}
          </CopyButton>
          <Menu.Item
            component="a"
            href={`/api/cases/${encodeURIComponent(one.key)}/receipt`}
            download={`receipt-${one.key}.json`}
            leftSection={<ReceiptText size={15} />}
          >
            {words.receipt}
          </Menu.Item>
          {one.state === 'open' && (
            <Menu.Item color="red" leftSection={<Ban size={15} />} onClick={() => setCancelling(true)}>
              {words.cancel}…
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {cancelling && <CancelCase caseKey={one.key} close={() => setCancelling(false)} />}
      {act !== null && <OwnerActDialog act={act} one={one} close={() => setAct(null)} />}
    </>
  );
}

/** Paused, or on its way to another owner: said above everything else, with the act that ends it. */
export function Interludes({ one }: { one: CaseDetail }) {
  const words = texts.ownerActs;
  const me = useMe();
  const act = useAct();
  const path = `/cases/${encodeURIComponent(one.key)}`;
  const run = (method: 'POST' | 'DELETE', at: string, body: unknown, said: string) =>
    act.mutate({ method, path: path + at, body }, { onError: toastFailure, onSuccess: () => toast(said) });
  const asked = one.heir?.id === me.id;
  return (
    <>
      {one.pause && (
        <div className={classes.interlude} role="status">
          <p>
            <b>
              {words.paused} <Moment at={one.pause.until} />
            </b>
            {words.pausedBecause(one.pause.reason, one.pause.charged?.name)}
          </p>
          {one.mayDecide && (
            <Button variant="default" loading={act.isPending} onClick={() => run('DELETE', '/pause', undefined, words.resumed(one.key))}>
              {words.resume}
            </Button>
          )}
        </div>
      )}
      {one.heir && (
        <div className={classes.interlude} role="status">
          <p>{asked ? words.offeredYou : words.offered(one.heir.name)}</p>
          {asked && (
            <span className={classes.interludeActs}>
              <Button loading={act.isPending} onClick={() => run('POST', '/owner/acceptance', {}, words.accepted(one.key))}>
                {words.accept}
              </Button>
              <Button
                variant="default"
                disabled={act.isPending}
                onClick={() => run('POST', '/owner/refusal', { reason: words.declinedReason }, words.declined(one.key))}
              >
                {words.decline}
              </Button>
            </span>
          )}
        </div>
      )}
    </>
  );
}
