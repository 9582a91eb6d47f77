/** One thing in the case room: who, when, and above all who sees it. */
import { Eye, FileText, Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AudienceRef, CaseFile, Comment, PersonRef } from '../api/types';
import { room } from '../texts/room';
import { Moment } from '../time/When';
import { Avatar } from '../ui/Avatar';
import { size } from './gathered';
import classes from './CaseRoom.module.css';

export function Remark({ of: one }: { of: Comment }) {
  const words = room;
  return (
    <Entry by={one.author} byOutsider={one.byOutsider} at={one.at} about={one.stepName} outside={one.outside} audience={one.audience}>
      {one.asked && <p className={classes.asks}>{words.asks(one.asked.name)}</p>}
      <p className={one.erased ? classes.erased : classes.text}>{one.erased ? words.erasedComment : one.text}</p>
    </Entry>
  );
}

export function FileLine({ caseKey, file }: { caseKey: string; file: CaseFile }) {
  const words = room;
  const name = file.name ?? '';
  return (
    <Entry by={file.by} byOutsider={file.byOutsider} at={file.at} about={file.stepName} outside={file.outside} audience={file.audience}>
      {file.erased ? (
        <p className={classes.erased}>{words.erasedFile}</p>
      ) : (
        <a
          className={classes.file}
          href={`/api/cases/${encodeURIComponent(caseKey)}/files/${file.id}`}
          download={name}
          aria-label={words.download(name)}
        >
          <FileText size={16} aria-hidden="true" />
          <span className={classes.fileName}>{name}</span>
          <span className={classes.fact}>{size(file.size)}</span>
        </a>
      )}
      {file.opened.length > 0 && <p className={classes.fact}>{words.openedBy(names(file.opened))}</p>}
      {file.signed.length > 0 && <p className={classes.fact}>{words.signedBy(names(file.signed))}</p>}
    </Entry>
  );
}

function names(those: { person?: PersonRef | null }[]): string {
  return [...new Set(those.map((each) => each.person?.name ?? ''))].join(', ');
}

interface EntryProps {
  by: PersonRef | null | undefined;
  byOutsider: boolean;
  at: string;
  about: string | null | undefined;
  outside: boolean;
  audience: AudienceRef[];
  children: ReactNode;
}

function Entry({ by, byOutsider, at, about, outside, audience, children }: EntryProps) {
  const words = room;
  return (
    <li className={classes.entry} data-outside={outside || undefined}>
      <Avatar name={by?.name ?? ''} id={by?.id ?? ''} />
      <div className={classes.what}>
        <p className={classes.line}>
          <strong>{by?.name}</strong>
          {byOutsider && <span className={classes.badge}>{words.fromOutside}</span>}
          <span className={classes.fact}>
            <Moment at={at} />
            {about && ` · ${words.about(about)}`}
          </span>
        </p>
        {children}
        <p className={classes.audience}>
          {outside ? <Eye size={13} aria-hidden="true" /> : <Lock size={13} aria-hidden="true" />}
          {outside ? words.seenOutside : words.seenInside}
          {audience.length > 0 && `: ${words.seenBy(audience.map((each) => each.name).join(', '))}`}
        </p>
      </div>
    </li>
  );
}
