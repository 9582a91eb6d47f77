/** Short messages about what has just happened; the way on (a case, say) is a link inside them. */
import { notifications } from '@mantine/notifications';
import { Link } from '@tanstack/react-router';
import { texts } from '../texts';
import { explain } from './explain';

const SHOWN_MS = 6_000;

export function toast(message: string, caseKey?: string) {
  notifications.show({
    message: (
      <>
        {message}{' '}
        {caseKey !== undefined && (
          <Link className="link" to="/cases/$key" params={{ key: caseKey }}>
            {texts.task.seeCase(caseKey)}
          </Link>
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
