/**
 * One act on many tasks: choose the act, see for each task what will happen or why it will not, then do it. The parts are
 * sent one after the other, so that one sees how far it is.
 */
import { Button, Group, Modal, Progress, SegmentedControl, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState, type RefObject, type SyntheticEvent } from 'react';
import { useAct } from '../api/act';
import { taskQuery, teamsQuery } from '../api/queries';
import type { PersonRef, Task, Variables } from '../api/types';
import { Answers } from '../forms/Answers';
import type { FormHandle } from '../forms/Form';
import { texts } from '../texts';
import { Reason } from '../ui/ActForm';
import { LoadingRows } from '../ui/Loading';
import { Failure } from '../ui/Note';
import { PersonSelect } from '../ui/PersonSelect';
import { inParts, oneKind, PART } from './bulk';
import classes from './BulkDialog.module.css';

const ACTS = ['claim', 'offer', 'decline', 'complete'] as const;
type BulkAct = (typeof ACTS)[number];

/** What takes each of them back, where that can be. */
const UNDONE_BY = { claim: 'release', offer: 'withdraw', decline: 'take_back_act', complete: 'take_back' } as const satisfies Record<BulkAct, string>;

interface Item {
  id: string;
  caseKey: string | null;
  name: string | null;
  done: boolean;
  why: string | null;
  next: string[];
  ends: boolean;
  holder: PersonRef | null;
}

interface Answered {
  done: number;
  refused: number;
  items: Item[];
}

interface Asked {
  act: BulkAct | (typeof UNDONE_BY)[BulkAct];
  reason?: string;
  person?: string;
  team?: string;
  variables?: Variables;
}

export function BulkDialog({ tasks, close }: { tasks: readonly Task[]; close: () => void }) {
  const words = texts.bulk;
  const [asked, setAsked] = useState<Asked | null>(null);
  const [items, setItems] = useState<Item[]>([]);
  const [stage, setStage] = useState<'choose' | 'preview' | 'doing' | 'done'>('choose');
  const sending = useAct<Answered>();
  const first = useQuery({ ...taskQuery(tasks[0]?.id ?? ''), enabled: asked?.act === 'complete' && stage !== 'done' });

  const send = async (what: Asked, ids: string[], preview: boolean) => {
    const all: Item[] = [];
    setItems([]);
    for (const part of inParts(ids, PART)) {
      const answer = await sending.mutateAsync({ method: 'POST', path: '/tasks/bulk', body: { ...what, tasks: part, preview } });
      all.push(...answer.items);
      setItems([...all]);
    }
  };
  const preview = (what: Asked) => {
    setAsked(what);
    send(what, tasks.map(({ id }) => id), true).then(() => setStage('preview'), () => undefined);
  };
  const possible = items.filter(({ done }) => done);
  const undoing = asked !== null && !(asked.act in UNDONE_BY);
  const mayUndo = asked !== null && !undoing && (asked.act !== 'complete' || first.data?.undoable === true);
  const [total, setTotal] = useState(0);
  const act = () => {
    if (asked === null) return;
    setTotal(possible.length);
    setStage('doing');
    send(asked, possible.map(({ id }) => id), false).then(() => setStage('done'), () => setStage('done'));
  };
  const takeBack = () => {
    if (asked === null || !(asked.act in UNDONE_BY)) return;
    const back: Asked = { act: UNDONE_BY[asked.act as BulkAct] };
    setAsked(back);
    setTotal(possible.length);
    setStage('doing');
    send(back, possible.map(({ id }) => id), false).then(() => setStage('done'), () => setStage('done'));
  };
  return (
    <Modal opened onClose={close} size="lg" title={words.title(tasks.length)} closeButtonProps={{ 'aria-label': texts.close }}>
      {stage === 'choose' && <Choose tasks={tasks} busy={sending.isPending} preview={preview} close={close} />}
      {stage === 'preview' && (
        <>
          <p role="status">{words.preview(possible.length, items.length - possible.length)}</p>
          <Items items={items} says={(item) => (item.done ? whatHappens(item) : (item.why ?? ''))} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => setStage('choose')}>
              {words.back}
            </Button>
            <Button data-autofocus disabled={possible.length === 0} onClick={act}>
              {words.doIt(possible.length)}
            </Button>
          </Group>
        </>
      )}
      {(stage === 'doing' || stage === 'done') && (
        <>
          {stage === 'doing' && <Progress value={(100 * items.length) / Math.max(1, total)} aria-label={words.progress} />}
          <p role="status">{words.result(items.filter(({ done }) => done).length, total)}</p>
          <Items items={items} says={(item) => (item.done ? (undoing ? texts.undone : words.wasDone) : (item.why ?? ''))} />
          <Group justify="flex-end" gap="xs">
            {stage === 'done' && mayUndo && possible.length > 0 && (
              <Button variant="default" onClick={takeBack}>
                {texts.undo}
              </Button>
            )}
            <Button loading={stage === 'doing'} onClick={close}>
              {texts.close}
            </Button>
          </Group>
        </>
      )}
      {sending.error && <Failure error={sending.error} quiet />}
    </Modal>
  );
}

function whatHappens(item: Item): string {
  const words = texts.bulk;
  if (item.ends) return words.ends;
  if (item.next.length > 0) return words.next(item.next.join(', '));
  return item.holder ? words.with(item.holder.name) : words.wasDone;
}

function Items({ items, says }: { items: Item[]; says: (item: Item) => string }) {
  return (
    <div className={classes.items} role="region" aria-label={texts.bulk.items} tabIndex={0}>
      <ul>
        {items.map((item) => (
          <li key={item.id} data-refused={!item.done || undefined}>
            <span>
              <span className="key">{item.caseKey ?? item.id}</span> {item.name}
            </span>
            <span>{says(item)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface ChooseProps {
  tasks: readonly Task[];
  busy: boolean;
  preview: (asked: Asked) => void;
  close: () => void;
}

function Choose({ tasks, busy, preview, close }: ChooseProps) {
  const words = texts.bulk;
  const [act, setAct] = useState<BulkAct>('claim');
  const [reason, setReason] = useState('');
  const [person, setPerson] = useState<string | null>(null);
  const [team, setTeam] = useState<string | null>(null);
  const answers = useRef<FormHandle>(null);
  const teams = useQuery(teamsQuery);
  const submit = (event?: SyntheticEvent) => {
    event?.preventDefault();
    if (act === 'claim') preview({ act });
    if (act === 'decline' && reason.trim() !== '') preview({ act, reason: reason.trim() });
    if (act === 'offer' && reason.trim() !== '' && (person !== null || team !== null)) {
      preview({ act, reason: reason.trim(), ...(person === null ? { team: team ?? '' } : { person }) });
    }
    if (act === 'complete') {
      const variables = answers.current?.answers() ?? null;
      if (variables !== null) preview({ act, variables });
    }
  };
  const missing =
    ((act === 'decline' || act === 'offer') && reason.trim() === '') ||
    (act === 'offer' && person === null && team === null) ||
    (act === 'complete' && !oneKind(tasks));
  return (
    <div className={classes.choose}>
      <SegmentedControl
        data-autofocus
        aria-label={words.act}
        value={act}
        onChange={(value) => setAct(ACTS.find((each) => each === value) ?? 'claim')}
        data={ACTS.map((value) => ({ value, label: words.acts[value] }))}
      />
      {act === 'offer' && (
        <>
          <PersonSelect label={words.person} clearable value={person} onChange={(id) => { setPerson(id); if (id !== null) setTeam(null); }} />
          <Select
            label={words.team}
            clearable
            data={(teams.data ?? []).map(({ key, name }) => ({ value: key, label: name }))}
            value={team}
            onChange={(key) => { setTeam(key); if (key !== null) setPerson(null); }}
          />
        </>
      )}
      {(act === 'offer' || act === 'decline') && <Reason label={texts.acts.why} value={reason} onChange={setReason} />}
      {act === 'complete' && (oneKind(tasks) ? <SameForm tasks={tasks} answers={answers} submit={submit} /> : <p>{words.notOneKind}</p>)}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={close}>
          {texts.acts.cancel}
        </Button>
        <Button loading={busy} disabled={missing} onClick={() => submit()}>
          {words.see}
        </Button>
      </Group>
    </div>
  );
}

/** The form of the first of them, without its values: each keeps its own. */
function SameForm({ tasks, answers, submit }: { tasks: readonly Task[]; answers: RefObject<FormHandle | null>; submit: () => void }) {
  const first = useQuery(taskQuery(tasks[0]?.id ?? ''));
  if (first.error) return <Failure error={first.error} quiet />;
  if (first.data === undefined) return <LoadingRows rows={3} height={32} />;
  return <Answers ref={answers} schema={first.data.formSchema} values={EMPTY} readOnly={false} refusal={null} noForm={texts.task.noForm} onSubmit={submit} />;
}

const EMPTY = {};
