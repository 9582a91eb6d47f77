/** Something of the company, seen and changed at the side of its list: fields above, one button that saves below. */
import { Button, Drawer } from '@mantine/core';
import type { ReactNode, SyntheticEvent } from 'react';
import { useAct, type Act } from '../api/act';
import { texts } from '../texts';
import classes from './EditDrawer.module.css';
import { Failure } from './Note';
import { toast } from './toast';

interface Props {
  title: string;
  close: () => void;
  /** Null while something is missing; undefined where the reader may only look. */
  request?: Act | null;
  saved: string;
  children: ReactNode;
  /** What belongs to it but is saved by itself. */
  more?: ReactNode;
}

export function EditDrawer({ title, close, request, saved, children, more }: Props) {
  const saving = useAct();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!request) return;
    saving.mutate(request, {
      onSuccess: () => {
        toast(saved);
        close();
      },
    });
  };
  return (
    <Drawer opened onClose={close} position="right" size="md" title={title} closeButtonProps={{ 'aria-label': texts.close }}>
      <form onSubmit={submit} className={classes.form}>
        {children}
        {saving.error && <Failure error={saving.error} quiet />}
        {request !== undefined && (
          <Button type="submit" size="sm" loading={saving.isPending} disabled={request === null} className={classes.save ?? ''}>
            {texts.save}
          </Button>
        )}
      </form>
      {more}
    </Drawer>
  );
}
