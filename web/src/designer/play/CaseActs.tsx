/** What the owner of a played case does with it as a whole, and whoever is asked to become its owner. */
import { Button, Menu } from '@mantine/core';
import { useState } from 'react';
import { isWhole, OwnerActFields, type OwnerAct, type OwnerAnswer } from '../../cases/OwnerActs';
import { texts } from '../../texts';
import { AskForm, Reason } from '../../ui/ActForm';
import { type CaseActor, type CaseAct, type Played } from './acts';
import { Refused } from './Refused';
import classes from './TryIt.module.css';
import type { Play } from './usePlay';

/** Those that ask for something, in the order of the menu. */
const ASKED: { act: CaseAct; like: OwnerAct | null }[] = [
  { act: 'PAUSE', like: 'pause' },
  { act: 'CHANGE_CASE_DUE', like: 'due' },
  { act: 'HAND_OVER', like: 'handOver' },
  { act: 'CANCEL', like: null },
  { act: 'DECLINE_CASE', like: null },
];

const AT_ONCE = ['RESUME', 'ACCEPT_CASE'] as const satisfies CaseAct[];

export function CaseActs({ play, played }: { play: Play; played: Played }) {
  return played.caseActors.map((actor) => <OfOne key={actor.person.id} actor={actor} play={play} owner={played.detail?.owner?.id} />);
}

function OfOne({ actor, play, owner }: { actor: CaseActor; play: Play; owner: string | undefined }) {
  const words = texts.play;
  const [asking, setAsking] = useState<CaseAct | null>(null);
  const by = actor.person.id;
  const asked = ASKED.filter(({ act }) => actor.acts.includes(act));
  return (
    <section className={classes.caseActs} aria-label={words.onTheCase(actor.person.name)}>
      <span>{(by === owner ? words.as.OWNER : words.heir)(actor.person.name)}</span>
      {AT_ONCE.filter((act) => actor.acts.includes(act)).map((act) => (
        <Button key={act} variant="default" disabled={play.busy} onClick={() => play.give({ act, by })}>
          {words.acts[act]}
        </Button>
      ))}
      {asked.length > 0 && (
        <Menu position="bottom-start" shadow="md">
          <Menu.Target>
            <Button variant="default">{words.withTheCase}</Button>
          </Menu.Target>
          <Menu.Dropdown>
            {asked.map(({ act }) => (
              <Menu.Item key={act} onClick={() => setAsking(act)}>
                {words.acts[act]}…
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      <Refused play={play} of={({ act, by: who }) => who === by && (ASKED.some((each) => each.act === act) || AT_ONCE.some((each) => each === act))} />
      {asking !== null && <Ask act={asking} by={by} owner={owner} close={() => setAsking(null)} give={play.give} />}
    </section>
  );
}

interface AskProps {
  act: CaseAct;
  by: string;
  owner: string | undefined;
  close: () => void;
  give: Play['give'];
}

function Ask({ act, by, owner, close, give }: AskProps) {
  const words = texts.play;
  const like = ASKED.find((each) => each.act === act)?.like ?? null;
  const [answer, setAnswer] = useState<OwnerAnswer>({ at: null, person: null, reason: '' });
  const set = (change: Partial<OwnerAnswer>) => setAnswer({ ...answer, ...change });
  const whole = like === null ? answer.reason.trim() !== '' : isWhole(like, answer);
  const { at, person } = answer;
  const submit = () => {
    close();
    give({ act, by, reason: answer.reason.trim(), ...(at === null ? {} : { at }), ...(person === null ? {} : { person }) });
  };
  return (
    <AskForm
      title={words.acts[act]}
      lead={like === null ? words.reasonLead : texts.ownerActs[like].lead}
      confirm={words.acts[act]}
      grave={act === 'CANCEL'}
      close={close}
      submit={whole ? submit : null}
    >
      {like === null ? <Reason label={texts.acts.why} first value={answer.reason} onChange={(reason) => set({ reason })} /> : <OwnerActFields act={like} owner={owner} answer={answer} set={set} />}
    </AskForm>
  );
}
