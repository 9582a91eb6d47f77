/** A task of a played case: answered as whoever would have it, with the same form, the same reasons and the same acts. */
import { Button, Kbd, Menu, Select } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { TaskAct } from '../../api/types';
import { Answers } from '../../forms/Answers';
import type { FormHandle } from '../../forms/Form';
import { ActFields } from '../../inbox/ActDialog';
import { IfNobodyActs, Notes } from '../../inbox/Coordination';
import { MENU, NO_ANSWER, type DialogAct } from '../../inbox/taskActs';
import { texts } from '../../texts';
import { Due, Moment } from '../../time/When';
import { AskForm } from '../../ui/ActForm';
import { PersonSelect } from '../../ui/PersonSelect';
import { answered, isAt, type Actor, type PlayAct, type PlayedTask } from './acts';
import { Refused } from './Refused';
import classes from './TryIt.module.css';
import type { Play } from './usePlay';

/** What is done at once, without a word. */
const AT_ONCE = ['ACCEPT', 'PUT_BACK', 'WITHDRAW', 'REMOVE_OBSTACLE', 'TAKE_BACK', 'TAKE_BACK_ACT'] as const satisfies TaskAct[];

const OTHER = '';

/** Whether they may is seen when they try. */
function somebody(id: string | null): Actor | null {
  return id === null ? null : { person: { id, name: id }, as: 'TEAM', mayComplete: true, acts: ['ACCEPT'] };
}

interface Props {
  of: PlayedTask;
  play: Play;
  /** Ctrl+Enter completes this one. */
  first: boolean;
}

export function TaskCard({ of: { step, task, actors }, play, first }: Props) {
  const words = texts.play;
  const [chosen, setChosen] = useState<string | null>(null);
  const [asking, setAsking] = useState<DialogAct | null>(null);
  const [other, setOther] = useState<string | null>(null);
  const found = actors.find((each) => each.person.id === chosen) ?? actors[0];
  const actor = chosen === OTHER || found === undefined ? somebody(other) : found;
  const who = actor === found ? (found?.person.id ?? OTHER) : OTHER;
  const answers = useRef<FormHandle>(null);
  const complete = () => {
    if (actor === null || !actor.mayComplete || play.busy) return;
    const variables = answers.current?.answers() ?? null;
    if (variables !== null) play.give({ act: 'COMPLETE', step, by: actor.person.id, variables });
  };
  useCompleteKey(first ? complete : null);
  const by = actor?.person.id ?? '';
  const acts = actor?.acts ?? [];
  const mayComplete = actor?.mayComplete === true;
  return (
    <article className={classes.card} data-play-task={step}>
      <header className={classes.cardHead}>
        <h2>{task.name}</h2>
        <p className={classes.facts}>
          {task.party && <span>{texts.task.with(task.party.name)}</span>}
          <span>
            {texts.inbox.since} <Moment at={task.openedAt} />
          </span>
          {task.dueAt && <Due at={task.dueAt} overdue={task.overdue} />}
        </p>
      </header>
      <Select
        size="xs"
        label={words.actAs}
        allowDeselect={false}
        value={who}
        onChange={(value) => value !== null && setChosen(value)}
        data={[...actors.map(({ person, as }) => ({ value: person.id, label: words.as[as](person.name) })), { value: OTHER, label: words.other }]}
      />
      {who === OTHER && <PersonSelect label={words.who} value={other} onChange={setOther} />}
      {/* Their buttons would act on a real task; the acts are below. */}
      <Notes task={{ ...task, acts: [] }} />
      {mayComplete && (
        <Answers ref={answers} schema={task.formSchema} values={task.variables} readOnly={false} refusal={null} noForm={texts.task.noForm} onSubmit={complete} />
      )}
      <Refused play={play} of={isAt(step)} />
      <footer className={classes.cardActs}>
        {mayComplete && (
          <Button loading={play.busy} onClick={complete} {...(first ? { rightSection: <Kbd className={classes.key ?? ''}>Ctrl ⏎</Kbd> } : {})}>
            {texts.task.complete}
          </Button>
        )}
        {AT_ONCE.filter((act) => acts.includes(act)).map((act) => (
          <Button key={act} variant="default" disabled={play.busy} onClick={() => play.give({ act, step, by })}>
            {words.acts[act]}
          </Button>
        ))}
        {acts.includes('ANSWER_PROPOSAL') && <Proposal step={step} by={by} play={play} />}
        <More acts={acts} ask={setAsking} />
      </footer>
      <IfNobodyActs task={task} />
      {asking !== null && <Ask act={asking} step={step} by={by} close={() => setAsking(null)} give={play.give} />}
    </article>
  );
}

function Proposal({ step, by, play }: { step: string; by: string; play: Play }) {
  const words = texts.handoff;
  const answer = (agreed: boolean) => play.give({ act: 'ANSWER_PROPOSAL', step, by, agreed });
  return (
    <>
      <Button variant="default" disabled={play.busy} onClick={() => answer(true)}>
        {words.agree}
      </Button>
      <Button variant="default" disabled={play.busy} onClick={() => answer(false)}>
        {words.keep}
      </Button>
    </>
  );
}

function More({ acts, ask }: { acts: readonly TaskAct[]; ask: (act: DialogAct) => void }) {
  const those = MENU.filter(({ act }) => acts.includes(act));
  if (those.length === 0) return null;
  return (
    <Menu position="bottom-start" shadow="md">
      <Menu.Target>
        <Button variant="default">{texts.play.more}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {those.map(({ act }) => (
          <Menu.Item key={act} onClick={() => ask(act)}>
            {texts.acts[act].menu}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

interface AskProps {
  act: DialogAct;
  step: string;
  by: string;
  close: () => void;
  give: (act: PlayAct) => void;
}

function Ask({ act, step, by, close, give }: AskProps) {
  const words = texts.acts[act];
  const [answer, setAnswer] = useState(NO_ANSWER);
  const given = answered(act, step, by, answer);
  const submit = () => {
    if (given === null) return;
    close();
    give(given);
  };
  return (
    <AskForm title={words.title} lead={words.lead} confirm={words.confirm} close={close} submit={given === null ? null : submit}>
      <ActFields act={act} answer={answer} set={(change) => setAnswer({ ...answer, ...change })} />
    </AskForm>
  );
}

/** Also out of a field. */
function useCompleteKey(complete: (() => void) | null) {
  const current = useRef(complete);
  useEffect(() => {
    current.current = complete;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) current.current?.();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
