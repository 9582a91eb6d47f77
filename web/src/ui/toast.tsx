/** Short messages about what has just happened; the way on (a case, say) is a link inside them. */
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Link } from '@tanstack/react-router';
import { texts } from '../texts';
import { explain } from './explain';

const SHOWN_MS = 6_000;

/** `undo` takes back what was done; it is offered for as long as the message is shown. */
export function toast(message: string, caseKey?: string, undo?: () => void) {
  const id = notifications.show({
    message: (
      <>
        {message}{' '}
        {caseKey !== undefined && (
          <Link className="link" to="/cases/$key" params={{ key: caseKey }}>
            {texts.task.seeCase(caseKey)}
          </Link>
        )}
        {undo !== undefined && (
          <Button
            variant="default"
            size="compact-xs"
            onClick={() => {
              notifications.hide(id);
              undo();
            }}
          >
            {texts.undo}
          </Button>
        )}
      </>
    ),
    color: 'petrol',
    autoClose: SHOWN_MS,
    closeButtonProps: { 'aria-label': texts.close },
  });
}

export function toastFailure(error: unknown) {
  const { title, advice } = explain(error);
  notifications.show({
    title,
    message: advice,
    color: 'red',
    autoClose: SHOWN_MS * 2,
    closeButtonProps: { 'aria-label': texts.close },
  });
}
