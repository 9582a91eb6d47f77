/** The case room: what is said and attached, who sees it, and what happened. Newest first; what happened where nobody has said anything. */
import { Button, Switch } from '@mantine/core';
import { useState } from 'react';
import { useLive } from '../api/live';
import { caseFilesQuery, commentsQuery } from '../api/queries';
import type { CaseDetail } from '../api/types';
import { Journal } from '../cases/Journal';
import page from '../cases/CasePage.module.css';
import { ExportMenu } from '../export/ExportMenu';
import { texts } from '../texts';
import { LoadingRows } from '../ui/Loading';
import { Failure } from '../ui/Note';
import { Segments } from '../ui/Segments';
import { Compose } from './Compose';
import { FileLine, Remark } from './Entries';
import { gathered, type View } from './gathered';
import classes from './CaseRoom.module.css';

const SHOWN = 20;

export function CaseRoom({ of: one }: { of: CaseDetail }) {
  const words = texts.room;
  const conversation = useLive(commentsQuery(one.key));
  const files = useLive(caseFilesQuery(one.key));
  const [chosen, setView] = useState<View | null>(null);
  const [outsideOnly, setOutsideOnly] = useState(false);
  const [shown, setShown] = useState(SHOWN);
  const failed = [conversation, files].find((query) => query.error && !query.data);
  const silent = conversation.data?.items.length === 0 && files.data?.items.length === 0;
  const view = chosen ?? (silent ? 'history' : 'conversation');
  const entries = gathered(conversation.data?.items ?? [], files.data?.items ?? [], view, outsideOnly);
  return (
    <section className={classes.room} aria-labelledby="case-room">
      <div className={classes.head}>
        <h2 id="case-room" className={page.sectionTitle}>
          {words.title}
        </h2>
        <Segments
          label={words.showing}
          name="room"
          value={view}
          onChange={setView}
          options={[
            { value: 'conversation', label: words.conversation, count: conversation.data?.items.length },
            { value: 'files', label: words.files, count: files.data?.items.length },
            { value: 'history', label: words.history },
          ]}
        />
      </div>
      {view === 'history' ? (
        <Journal caseKey={one.key} />
      ) : (
        <>
          <Compose of={one} parties={files.data?.parties ?? []} bytesMax={files.data?.bytesMax ?? 0} filesOnly={view === 'files'} />
          <div className={classes.narrow}>
            <Switch
              size="xs"
              label={words.outsideOnly}
              checked={outsideOnly}
              onChange={(event) => setOutsideOnly(event.currentTarget.checked)}
            />
            <ExportMenu
              list={view === 'files' ? 'files' : 'comments'}
              query={{ key: one.key }}
              what={view === 'files' ? words.files : words.conversation}
              small
            />
          </div>
          {(conversation.isPending || files.isPending) && <LoadingRows rows={4} height={32} gap={14} />}
          {failed && <Failure error={failed.error} again={() => void failed.refetch()} />}
          {conversation.data && files.data && entries.length === 0 && (
            <p className="dim">
              {outsideOnly ? words.emptyOutside : view === 'files' ? words.emptyFiles : words.emptyConversation}
            </p>
          )}
          <ol className={classes.entries}>
            {entries
              .slice(0, shown)
              .map((entry) =>
                'by' in entry ? <FileLine key={entry.id} caseKey={one.key} file={entry} /> : <Remark key={entry.id} of={entry} />,
              )}
          </ol>
          {entries.length > shown && (
            <Button variant="default" onClick={() => setShown(shown + SHOWN * 2)}>
              {words.earlier}
            </Button>
          )}
        </>
      )}
    </section>
  );
}
