/** One act on a task that needs a word or a date with it: what will happen is said first, then the few fields. */
import { SegmentedControl, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { teamsQuery } from '../api/queries';
import type { TaskDetail } from '../api/types';
import { useMe } from '../session/session';
import { texts } from '../texts';
import { ActForm, Reason } from '../ui/ActForm';
import { DateTime } from '../ui/DateTime';
import { PersonSelect } from '../ui/PersonSelect';
import { toast } from '../ui/toast';
import { useUndo } from '../ui/useUndo';
import { NO_ANSWER, OBSTACLES, requestOf, type Answer, type DialogAct } from './taskActs';

interface Props {
  act: DialogAct;
  task: TaskDetail;
  close: () => void;
  /** The task has left whoever acts. */
  onLeft?: (() => void) | undefined;
}

export function ActDialog({ act, task, close, onLeft }: Props) {
  const words = texts.acts[act];
  const [answer, setAnswer] = useState<Answer>(NO_ANSWER);
  const set = (change: Partial<Answer>) => setAnswer({ ...answer, ...change });
  const undo = useUndo();
  const back = UNDONE_BY[act];
  return (
    <ActForm
      title={words.title}
      lead={words.lead}
      confirm={words.confirm}
      grave={act === 'WAIVE'}
      request={requestOf(act, task.id, answer)}
      close={close}
      done={() => {
        toast(
          words.done(task.name),
          back === undefined ? undefined : task.caseKey,
          back === undefined ? undefined : undo({ method: 'DELETE', path: `/tasks/${encodeURIComponent(task.id)}/${back}` }),
        );
        if (LEAVES.has(act)) onLeft?.();
      }}
    >
      <ActFields act={act} answer={answer} set={set} />
    </ActForm>
  );
}

/** What is deleted to take the act back. Until when that is possible, the case page says. */
const UNDONE_BY: Partial<Record<DialogAct, string>> = {
  OFFER: 'offer',
  REPORT_STUCK: 'obstacle',
  PROMISE: 'slip',
  DECLINE: 'slip',
  SEND_BACK: 'slip',
};

/** Afterwards the task is in another's hands. */
const LEAVES: ReadonlySet<DialogAct> = new Set(['DECLINE', 'SEND_BACK', 'WAIVE', 'OFFER']);

export function ActFields({ act, answer, set }: { act: DialogAct; answer: Answer; set: (change: Partial<Answer>) => void }) {
  const words = texts.acts;
  const reason = (label: string, first: boolean) => (
    <Reason label={label} first={first} value={answer.reason} onChange={(value) => set({ reason: value })} />
  );
  switch (act) {
    case 'OFFER':
      return (
        <>
          <Receiver answer={answer} set={set} />
          {reason(words.why, false)}
        </>
      );
    case 'PROMISE':
      return <DateTime label={words.when} value={answer.at} onChange={(at) => set({ at })} first />;
    case 'PROPOSE':
    case 'CHANGE_DUE':
      return (
        <>
          <DateTime label={words.newDue} value={answer.at} onChange={(at) => set({ at })} first />
          {reason(words.why, false)}
        </>
      );
    case 'REPORT_STUCK':
      return (
        <>
          <Select
            data-autofocus
            label={words.obstacle}
            data={OBSTACLES.map((value) => ({ value, label: words.obstacles[value] }))}
            value={answer.obstacle}
            onChange={(value) => set({ obstacle: OBSTACLES.find((each) => each === value) ?? null })}
          />
          {reason(words.whatIsWrong, false)}
          <PersonSelect
            label={words.blocker}
            description={words.blockerHint}
            clearable
            value={answer.person}
            onChange={(person) => set({ person })}
          />
        </>
      );
    case 'SEND_BACK':
      return reason(words.missing, true);
    case 'DECLINE':
    case 'WAIVE':
      return reason(words.why, true);
  }
}

/** A person, or the queue of a team. */
function Receiver({ answer, set }: { answer: Answer; set: (change: Partial<Answer>) => void }) {
  const words = texts.acts;
  const [toTeam, setToTeam] = useState(false);
  const me = useMe();
  const teams = useQuery(teamsQuery);
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={words.to}
        value={toTeam ? 'team' : 'person'}
        onChange={(value) => {
          setToTeam(value === 'team');
          set({ person: null, team: null });
        }}
        data={[
          { value: 'person', label: words.toPerson },
          { value: 'team', label: words.toTeam },
        ]}
      />
      {toTeam ? (
        <Select
          label={words.team}
          searchable
          data={(teams.data ?? []).filter((team) => team.kind !== 'system').map((team) => ({ value: team.key, label: team.name }))}
          value={answer.team}
          onChange={(team) => set({ team })}
        />
      ) : (
        <PersonSelect label={words.person} except={me.id} value={answer.person} onChange={(person) => set({ person })} first />
      )}
    </>
  );
}
