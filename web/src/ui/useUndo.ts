/** What is offered beside the word that an act is done: the act that takes it back. The journal has both. */
import { useAct, type Act } from '../api/act';
import { texts } from '../texts';
import { toast, toastFailure } from './toast';

/** The dialog that did it may be closed by then. */
export function useUndo(): (act: Act) => () => void {
  const undoing = useAct();
  return (act) => () => void undoing.mutateAsync(act).then(() => toast(texts.undone), toastFailure);
}
