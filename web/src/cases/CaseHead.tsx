/** The head of a case: what it is, whose it is, and the sentence that says where it stands. */
import { ActionIcon, CopyButton, Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Ban, ChevronRight, Copy, Ellipsis } from 'lucide-react';
import { useState } from 'react';
import type { CaseDetail } from '../api/types';
import { useMe } from '../session/session';
import { texts } from '../texts';
import { clock, duration } from '../time/time';
import { Moment, useNow } from '../time/When';
import { Person } from '../ui/Avatar';
import { StateChip } from '../ui/Chip';
import { CancelCase } from './CancelCase';
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

function Actions({ one }: { one: CaseDetail }) {
  const words = texts.case;
  const [cancelling, setCancelling] = useState(false);
  return (
    <>
      <Menu position="bottom-end" width={190} shadow="md">
        <Menu.Target>
          <ActionIcon className={classes.actions ?? ''} aria-label={words.actions}>
            <Ellipsis size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <CopyButton value={one.key}>
            {({ copy }) => (
              <Menu.Item leftSection={<Copy size={15} />} onClick={copy}>
                {words.copyKey}
              </Menu.Item>
            )}
          </CopyButton>
          {one.state === 'open' && (
            <Menu.Item color="red" leftSection={<Ban size={15} />} onClick={() => setCancelling(true)}>
              {words.cancel}…
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <CancelCase caseKey={one.key} opened={cancelling} close={() => setCancelling(false)} />
    </>
  );
}
