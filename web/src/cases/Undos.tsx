/** What the reader has done in this case and can still take back, each with its button. */
import { Button } from '@mantine/core';
import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useAct } from '../api/act';
import type { CaseDetail, Undoable } from '../api/types';
import { texts } from '../texts';
import { Moment, useNow } from '../time/When';
import { toast, toastFailure } from '../ui/toast';
import classes from './CasePage.module.css';

export function Undos({ of }: { of: CaseDetail }) {
  const now = useNow();
  const [since] = useState(now);
  // The browser's clock may be wrong: only what ran out while it was shown goes by it.
  const open = of.undos.filter(({ until }) => until === null || Date.parse(until) > now || Date.parse(until) < since);
  if (open.length === 0) return null;
  return (
    <section aria-label={texts.undos.title} className={classes.undos}>
      {open.map((each) => (
        <One key={`${each.task} ${each.what}`} of={each} />
      ))}
    </section>
  );
}

function One({ of }: { of: Undoable }) {
  const words = texts.undos;
  const act = useAct();
  const takeBack = () =>
    act.mutate(
      { method: 'DELETE', path: `/tasks/${encodeURIComponent(of.task)}/${of.undo}` },
      { onError: toastFailure, onSuccess: () => toast(texts.undone) },
    );
  return (
    <div className={classes.undo}>
      <Undo2 size={15} aria-hidden="true" />
      <p>
        {words.did[of.what](of.name)}{' '}
        <span className="dim">
          {of.until === null ? (
            words.open[of.what]
          ) : (
            <>
              {words.until} <Moment at={of.until} />
              {of.what !== 'ANSWERED' && words.unless}.
            </>
          )}
        </span>
      </p>
      <Button variant="default" loading={act.isPending} onClick={takeBack} aria-label={words.label(of.name)}>
        {texts.undo}
      </Button>
    </div>
  );
}
