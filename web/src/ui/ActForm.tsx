/** The dialog of one act: what will happen is said first, then the few fields, then one button that does it. */
import { Button, Group, Modal, Textarea } from '@mantine/core';
import type { ReactNode, SyntheticEvent } from 'react';
import { useAct, type Act } from '../api/act';
import { texts } from '../texts';
import { Failure } from './Note';

interface Props {
  title: string;
  lead: string;
  confirm: string;
  cancel?: string;
  /** For what cannot be undone. */
  grave?: boolean;
  /** Null while something is still missing. */
  request: Act | null;
  close: () => void;
  done: () => void;
  children: ReactNode;
}

export function ActForm({ title, lead, confirm, cancel = texts.acts.cancel, grave = false, request, close, done, children }: Props) {
  const doing = useAct();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (request === null) return;
    doing.mutate(request, {
      onSuccess: () => {
        close();
        done();
      },
    });
  };
  return (
    <Modal opened onClose={close} title={title} closeButtonProps={{ 'aria-label': texts.close }}>
      <form onSubmit={submit} style={{ display: 'grid', gap: '1rem' }}>
        <p className="dim">{lead}</p>
        {children}
        {doing.error && <Failure error={doing.error} quiet />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {cancel}
          </Button>
          <Button type="submit" {...(grave ? { color: 'red' } : {})} loading={doing.isPending} disabled={request === null}>
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
