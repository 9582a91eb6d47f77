/** The clock of a play, to push; and the way back. */
import { ActionIcon, Button, Kbd, Modal, Tooltip } from '@mantine/core';
import { CalendarClock, Clock, ClipboardCopy, RotateCcw, Undo2, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { texts } from '../../texts';
import { design } from '../../texts/design';
import { clock } from '../../time/time';
import { DateTime } from '../../ui/DateTime';
import { useKeys } from '../../ui/keys';
import { toast } from '../../ui/toast';
import type { Played } from './acts';
import { Refused } from './Refused';
import classes from './TryIt.module.css';
import type { Play } from './usePlay';

export function ClockBar({ play, played }: { play: Play; played: Played }) {
  const words = design.play;
  const [choosing, setChoosing] = useState(false);
  const running = played.detail !== null && !play.busy;
  const { next } = played;
  const wait = (duration?: string) => play.give({ act: 'WAIT', ...(duration === undefined ? {} : { duration }) });
  const undo = () => play.acts.length > 0 && play.undo();
  useKeys({
    n: () => running && next !== null && wait(),
    h: () => running && wait('PT1H'),
    t: () => running && wait('P1D'),
    u: undo,
  });
  const copy = () => void navigator.clipboard.writeText(played.transcript).then(() => toast(words.copied));
  return (
    <div className={classes.clock} role="toolbar" aria-label={words.clock}>
      <p className={classes.time}>
        <Clock size={15} aria-hidden="true" />
        <time dateTime={played.now}>{`${clock.longDay(played.now)}, ${clock.time(played.now)}`}</time>
      </p>
      <div className={classes.pushes}>
        <Button variant="default" disabled={!running || next === null} onClick={() => wait()} rightSection={<Kbd className={classes.key ?? ''}>n</Kbd>} title={next?.text}>
          {words.next}
          {next && <span className={classes.soon}>{clock.relative(next.at, Date.parse(played.now), true)}</span>}
        </Button>
        <Button variant="default" disabled={!running} onClick={() => wait('PT1H')} rightSection={<Kbd className={classes.key ?? ''}>h</Kbd>}>
          {words.hour}
        </Button>
        <Button variant="default" disabled={!running} onClick={() => wait('P1D')} rightSection={<Kbd className={classes.key ?? ''}>t</Kbd>}>
          {words.day}
        </Button>
        <Button variant="default" disabled={!running} onClick={() => setChoosing(true)} leftSection={<CalendarClock size={14} />}>
          {words.toDate}
        </Button>
      </div>
      <div className={classes.back}>
        <Tool label={words.undo} Icon={Undo2} disabled={play.acts.length === 0} act={undo} />
        <Tool label={words.startOver} Icon={RotateCcw} disabled={play.acts.length === 0} act={play.startOver} />
        <Tool label={words.copy} Icon={ClipboardCopy} disabled={played.transcript === ''} act={copy} />
      </div>
      {played.detail !== null && next !== null && <p className={classes.nextText}>{words.nextIs(next.text, clock.moment(next.at, Date.parse(played.now)))}</p>}
      <Refused play={play} of={({ act }) => act === 'WAIT'} />
      {choosing && (
        <WaitUntil
          close={() => setChoosing(false)}
          wait={(until) => {
            setChoosing(false);
            play.give({ act: 'WAIT', until });
          }}
        />
      )}
    </div>
  );
}

function WaitUntil({ close, wait }: { close: () => void; wait: (until: string) => void }) {
  const [until, setUntil] = useState<string | null>(null);
  const words = design.play;
  return (
    <Modal opened onClose={close} title={words.toDate} closeButtonProps={{ 'aria-label': texts.close }}>
      <div className={classes.until}>
        <DateTime label={texts.acts.when} value={until} onChange={setUntil} first />
        <Button disabled={until === null} onClick={() => until !== null && wait(until)}>
          {words.wait}
        </Button>
      </div>
    </Modal>
  );
}

function Tool({ label, Icon, disabled, act }: { label: string; Icon: LucideIcon; disabled: boolean; act: () => void }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" aria-label={label} disabled={disabled} onClick={act}>
        <Icon size={15} />
      </ActionIcon>
    </Tooltip>
  );
}
