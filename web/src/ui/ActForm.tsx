/** The dialog of one act: what will happen is said first, then the few fields, then one button that does it. */
import { Button, Group, Modal, Textarea } from '@mantine/core';
import type { ReactNode, SyntheticEvent } from 'react';
import { useAct, type Act } from '../api/act';
import { texts } from '../texts';
import { Failure } from './Note';

interface Asked {
  title: string;
  lead: string;
  confirm: string;
  cancel?: string;
  /** For what cannot be undone. */
  grave?: boolean;
  close: () => void;
  children: ReactNode;
}

interface Props extends Asked {
  /** Null while something is still missing. */
  request: Act | null;
  done: () => void;
}

export function ActForm({ request, done, ...asked }: Props) {
  const doing = useAct();
  const submit = () => {
    if (request === null) return;
    doing.mutate(request, {
      onSuccess: () => {
        asked.close();
        done();
      },
    });
  };
  return <AskForm {...asked} submit={request === null ? null : submit} busy={doing.isPending} error={doing.error} />;
}

interface AskProps extends Asked {
  /** Null while something is still missing. */
  submit: (() => void) | null;
  busy?: boolean;
  error?: unknown;
}

/** The dialog alone: what comes of it is the caller's. */
export function AskForm({ title, lead, confirm, cancel = texts.acts.cancel, grave = false, submit, busy = false, error = null, close, children }: AskProps) {
  const ask = (event: SyntheticEvent) => {
    event.preventDefault();
    submit?.();
  };
  return (
    <Modal opened onClose={close} title={title} closeButtonProps={{ 'aria-label': texts.close }}>
      <form onSubmit={ask} style={{ display: 'grid', gap: '1rem' }}>
        <p className="dim">{lead}</p>
        {children}
        {Boolean(error) && <Failure error={error} quiet />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {cancel}
          </Button>
          <Button type="submit" {...(grave ? { color: 'red' } : {})} loading={busy} disabled={submit === null}>
            {confirm}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

interface ReasonProps {
  label: string;
  hint?: string;
  value: string;
  onChange: (value: string) => void;
  first?: boolean;
}

export function Reason({ label, hint, value, onChange, first = false }: ReasonProps) {
  return (
    <Textarea
      {...(first ? { 'data-autofocus': true } : {})}
      label={label}
      {...(hint === undefined ? {} : { description: hint })}
      autosize
      minRows={2}
      maxRows={8}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
