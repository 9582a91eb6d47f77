/** A task of this case, worked on without leaving the case. */
import { Drawer } from '@mantine/core';
import { useState } from 'react';
import { TaskWork } from '../inbox/TaskWork';
import { texts } from '../texts';

export function TaskDrawer({ id, close }: { id: string | null; close: () => void }) {
  // What was shown last stays while the drawer slides out.
  const [shown, setShown] = useState(id);
  if (id !== null && id !== shown) setShown(id);
  return (
    <Drawer
      opened={id !== null}
      onClose={close}
      position="right"
      size="lg"
      title={texts.task.one}
      closeButtonProps={{ 'aria-label': texts.close }}
      styles={{ content: { display: 'flex', flexDirection: 'column' }, body: { flex: 1, minHeight: 0, padding: 0 } }}
    >
      {shown !== null && <TaskWork id={shown} onCompleted={close} onReleased={close} />}
    </Drawer>
  );
}
