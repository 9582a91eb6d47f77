/** What a person can do with a task: claim it, put it back, take an offer back, complete it. */
import { useAct } from '../api/act';
import type { Task, Variables } from '../api/types';
import { texts } from '../texts';
import { toast, toastFailure } from '../ui/toast';
import { useUndo } from '../ui/useUndo';

interface After {
  claimed?: (() => void) | undefined;
  released?: (() => void) | undefined;
  completed?: (() => void) | undefined;
}

export function useTaskActs(task: Pick<Task, 'id' | 'name' | 'caseKey'> & { undoable?: boolean }, after: After) {
  const claiming = useAct();
  const releasing = useAct();
  const withdrawing = useAct();
  const completing = useAct();
  const undo = useUndo();
  const path = `/tasks/${encodeURIComponent(task.id)}`;
  return {
    busy: claiming.isPending || releasing.isPending || withdrawing.isPending || completing.isPending,
    completing,
    claim: () =>
      claiming.mutate(
        { method: 'POST', path: `${path}/claim`, body: {} },
        {
          onError: toastFailure,
          onSuccess: () => {
            toast(texts.task.claimed(task.name), undefined, undo({ method: 'DELETE', path: `${path}/claim` }));
            after.claimed?.();
          },
        },
      ),
    release: () =>
      releasing.mutate(
        { method: 'DELETE', path: `${path}/claim` },
        {
          onError: toastFailure,
          onSuccess: () => {
            toast(texts.task.putBackDone(task.name), undefined, undo({ method: 'POST', path: `${path}/claim`, body: {} }));
            after.released?.();
          },
        },
      ),
    withdraw: () =>
      withdrawing.mutate(
        { method: 'DELETE', path: `${path}/offer` },
        { onError: toastFailure, onSuccess: () => toast(texts.acts.withdrawn(task.name)) },
      ),
    /** A refusal is shown at the form, by `completing.error`. */
    complete: (variables: Variables) =>
      completing.mutate(
        { method: 'POST', path: `${path}/completion`, body: { variables } },
        {
          onSuccess: () => {
            toast(texts.task.completed(task.name), task.caseKey, task.undoable ? undo({ method: 'DELETE', path: `${path}/completion` }) : undefined);
            after.completed?.();
          },
        },
      ),
  };
}
