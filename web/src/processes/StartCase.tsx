/** Starting a case by hand: the start form, or JSON where the process has none. */
import { Button, Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useAct } from '../api/act';
import { formQuery } from '../api/queries';
import type { CaseSummary, Process } from '../api/types';
import { Answers } from '../forms/Answers';
import type { FormHandle } from '../forms/Form';
import { texts } from '../texts';
import { LoadingRows } from '../ui/Loading';
import { Failure } from '../ui/Note';
import { toast } from '../ui/toast';
import classes from './Processes.module.css';

type Startable = Pick<Process, 'key' | 'name' | 'startForm'>;

export function StartCase({ process, close }: { process: Startable | null; close: () => void }) {
  // What was shown last stays while the drawer slides out.
  const [shown, setShown] = useState(process);
  if (process !== null && process !== shown) setShown(process);
  return (
    <Drawer
      opened={process !== null}
      onClose={close}
      position="right"
      size="md"
      title={shown ? texts.processes.startTitle(shown.name) : ''}
      closeButtonProps={{ 'aria-label': texts.close }}
    >
      {shown && <Start key={shown.key} process={shown} close={close} />}
    </Drawer>
  );
}

const NOTHING = {};

function Start({ process, close }: { process: Startable; close: () => void }) {
  const words = texts.processes;
  const form = useQuery({ ...formQuery(process.key, process.startForm ?? ''), enabled: Boolean(process.startForm) });
  const answers = useRef<FormHandle>(null);
  const act = useAct<CaseSummary>();
  const navigate = useNavigate();
  const start = () => {
    const variables = answers.current?.answers() ?? null;
    if (variables === null || act.isPending) return;
    act.mutate(
      { method: 'POST', path: '/cases', body: { process: process.key, variables } },
      {
        onSuccess: (made) => {
          toast(words.started(made.key));
          close();
          void navigate({ to: '/cases/$key', params: { key: made.key } });
        },
      },
    );
  };
  if (process.startForm && form.isPending) return <LoadingRows rows={5} height={34} gap={16} />;
  if (process.startForm && form.error) return <Failure error={form.error} again={() => void form.refetch()} />;
  return (
    <div className={classes.starting}>
      <Answers
        ref={answers}
        schema={form.data ?? null}
        values={NOTHING}
        readOnly={false}
        refusal={act.error}
        noForm={words.noForm}
        onSubmit={start}
      />
      <Button size="sm" loading={act.isPending} onClick={start}>
        {words.startConfirm}
      </Button>
    </div>
  );
}
