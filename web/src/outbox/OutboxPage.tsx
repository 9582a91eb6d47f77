/** Every mail that would have gone, where there is no mail server: as its recipient would have seen it. */
import { Button, Drawer } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ExternalLink } from 'lucide-react';
import { useState } from 'react';
import { useAct } from '../api/act';
import { useLive, useLivePages } from '../api/live';
import { outboxMailQuery, outboxQuery } from '../api/queries';
import type { OutboxLine } from '../api/types';
import { ExportMenu } from '../export/ExportMenu';
import { texts } from '../texts';
import { Ago, Moment } from '../time/When';
import { LoadingRows } from '../ui/Loading';
import { Empty, Failure } from '../ui/Note';
import { PageHead } from '../ui/Page';
import { usePageTitle } from '../ui/pageTitle';
import { toastFailure } from '../ui/toast';
import classes from './OutboxPage.module.css';

export function OutboxPage() {
  const words = texts.outbox;
  const mails = useLivePages(outboxQuery);
  const [chosen, setChosen] = useState<OutboxLine | null>(null);
  const lines = mails.data?.pages.flatMap((page) => page.items) ?? [];
  usePageTitle(words.title);
  return (
    <div className={classes.page}>
      <PageHead title={words.title} actions={<ExportMenu list="outbox" query={{}} />}>
        <p className={classes.lead}>{words.lead}</p>
      </PageHead>
      <div className={classes.body}>
        {mails.isPending && <LoadingRows rows={8} height={40} gap={12} />}
        {mails.error && !mails.data && <Failure error={mails.error} again={() => void mails.refetch()} />}
        {mails.data && lines.length === 0 && <Empty title={words.emptyTitle}>{words.emptyHow}</Empty>}
        {lines.length > 0 && (
          <ul className={classes.list} aria-label={words.title}>
            {lines.map((line) => (
              <li key={line.id}>
                <button type="button" className={classes.line} onClick={() => setChosen(line)}>
                  <span className={classes.subject}>{line.subject}</span>
                  <span className={classes.to}>
                    {line.to.name} <span className={classes.address}>{line.address}</span>
                  </span>
                  <span className={classes.key}>{line.caseKey ?? ''}</span>
                  <span className={classes.at}>
                    <Ago at={line.at} />
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
        {mails.hasNextPage && (
          <Button variant="default" loading={mails.isFetchingNextPage} onClick={() => void mails.fetchNextPage()}>
            {words.more}
          </Button>
        )}
      </div>
      <Drawer
        opened={chosen !== null}
        onClose={() => setChosen(null)}
        title={chosen?.subject ?? ''}
        position="right"
        size="42rem"
        closeButtonProps={{ 'aria-label': texts.close }}
      >
        {chosen && <Mail line={chosen} />}
      </Drawer>
    </div>
  );
}

function Mail({ line }: { line: OutboxLine }) {
  const words = texts.outbox;
  const mail = useLive(outboxMailQuery(line.id));
  const follow = useAct<{ url: string }>();
  const open = () =>
    follow.mutate(
      { method: 'POST', path: `/outbox/${line.id}/link`, body: {} },
      { onError: toastFailure, onSuccess: ({ url }) => window.open(url, '_blank', 'noopener') },
    );
  return (
    <div className={classes.mail}>
      <dl className={classes.head}>
        <dt>{words.to}</dt>
        <dd>
          {line.to.name} <span className={classes.address}>{line.address}</span>
        </dd>
        <dt>{words.at}</dt>
        <dd>
          <Moment at={line.at} />
        </dd>
        {line.caseKey && (
          <>
            <dt>{words.about}</dt>
            <dd>
              <Link to="/cases/$key" params={{ key: line.caseKey }} className="link">
                {line.caseKey}
              </Link>
            </dd>
          </>
        )}
      </dl>
      <Button variant="default" leftSection={<ExternalLink size={14} />} loading={follow.isPending} onClick={open}>
        {words.follow}
      </Button>
      {mail.isPending && <LoadingRows rows={4} height={40} gap={12} />}
      {mail.error && <Failure error={mail.error} again={() => void mail.refetch()} />}
      {mail.data && <iframe sandbox="" title={line.subject} srcDoc={mail.data.html} className={classes.frame} />}
    </div>
  );
}
