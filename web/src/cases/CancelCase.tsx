/** Cancelling a case: a reason is required, and what will happen is said before. */
import { Button, Group, Modal, Textarea } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { useAct } from '../api/act';
import { texts } from '../texts';
import { Failure } from '../ui/Note';
import { toast } from '../ui/toast';

export function CancelCase({ caseKey, opened, close }: { caseKey: string; opened: boolean; close: () => void }) {
  const words = texts.case;
  const [reason, setReason] = useState('');
  const act = useAct();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    act.mutate(
      { method: 'POST', path: `/cases/${encodeURIComponent(caseKey)}/cancellation`, body: { reason: reason.trim() } },
      {
        onSuccess: () => {
          toast(words.cancelled(caseKey));
          close();
        },
      },
    );
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={words.cancelTitle(caseKey)}
      closeButtonProps={{ 'aria-label': texts.close }}
    >
      <form onSubmit={submit} style={{ display: 'grid', gap: '1rem' }}>
        <p className="dim">{words.cancelLead}</p>
        <Textarea
          data-autofocus
          label={words.cancelReason}
          description={words.cancelReasonHint}
          required
          withAsterisk={false}
          autosize
          minRows={2}
          maxRows={8}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {act.error && <Failure error={act.error} quiet />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {words.keepOpen}
          </Button>
          <Button type="submit" color="red" loading={act.isPending} disabled={reason.trim() === ''}>
            {words.cancelConfirm}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
