/**
 * The decision packet below the form: what the decision rests on, by which rule, what was decided before and in similar
 * cases, and what follows from each answer. A task whose form asks nothing with listed answers has the first three.
 */
import { queryOptions } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowRight, Clock, Cog, FileText, Flag, HelpCircle, User } from 'lucide-react';
import type { ReactNode } from 'react';
import { get } from '../api/client';
import { useLive } from '../api/live';
import type { TaskDetail } from '../api/types';
import { texts } from '../texts';
import { packet as said } from '../texts/packet';
import { duration } from '../time/time';
import { Moment } from '../time/When';
import { LoadingRows } from '../ui/Loading';
import { Failure } from '../ui/Note';
import { tally } from './tally';
import type { Evidence, Next, Packet, PossibleAnswer, SimilarCase } from './types';
import classes from './PacketPanel.module.css';

/** By the task's id, which names its case: so the journal's news refresh it. */
const packetQuery = (task: string) =>
  queryOptions({
    queryKey: ['packet', task],
    queryFn: ({ signal }) => get<Packet>(`/tasks/${encodeURIComponent(task)}/packet`, signal),
  });

export function PacketPanel({ task }: { task: TaskDetail }) {
  const packet = useLive(packetQuery(task.id));
  if (packet.data === undefined) {
    return (
      <div className={classes.section}>
        {packet.error ? <Failure error={packet.error} again={() => void packet.refetch()} /> : <LoadingRows rows={6} height={18} />}
      </div>
    );
  }
  const { evidence, files, rule, before, similar, answers } = packet.data;
  return (
    <>
      {answers.length > 0 && <After answers={answers} />}
      {similar !== null && <Similar similar={similar} />}
      <RestsOn task={task} evidence={evidence} files={files} />
      <Rule rule={rule} />
      <Before before={before} />
    </>
  );
}

function Section({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <h2>{title}</h2>
      {lead !== undefined && <p className={classes.lead}>{lead}</p>}
      {children}
    </section>
  );
}

// What follows from each answer

function After({ answers }: { answers: PossibleAnswer[] }) {
  const words = said;
  return (
    <Section title={words.after} lead={words.asThingsStand}>
      <ul className={classes.answers}>
        {answers.map((answer) => (
          <li key={String(answer.value)} className={classes.answer}>
            <h3>{answer.label}</h3>
            <Follows answer={answer} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Follows({ answer }: { answer: PossibleAnswer }) {
  const words = said;
  if (answer.notPossible !== null) {
    return (
      <p className={classes.fact}>
        {words.notPossible} {answer.notPossible}
      </p>
    );
  }
  return (
    <div className={classes.follows}>
      {answer.next.map((next, at) => (
        <Opens key={`${next.node} ${String(at)}`} next={next} />
      ))}
      {answer.caseState === 'completed' && (
        <p className={classes.next}>
          <Flag size={15} aria-hidden="true" />
          <span>{words.ends}</span>
        </p>
      )}
      {answer.caseState === 'open' && answer.next.length === 0 && answer.unknown.length === 0 && <p className={classes.fact}>{words.onlyGoing}</p>}
      {answer.unknown.map((each) => (
        <p key={each} className={classes.unknown}>
          <HelpCircle size={15} aria-hidden="true" />
          <span>{each}</span>
        </p>
      ))}
      {answer.going.length > 0 && (
        <p className={classes.fact}>{words.stillOpen([...new Set(answer.going.map(({ name }) => name))].join(', '))}</p>
      )}
      {answer.effectiveAt !== null && (
        <p className={classes.fact}>
          {words.takeBackUntil} <Moment at={answer.effectiveAt} />.
        </p>
      )}
    </div>
  );
}

const ICONS = { TASK: User, JOB: Cog, WAIT: Clock };

function Opens({ next }: { next: Next }) {
  const Icon = ICONS[next.kind];
  return (
    <p className={classes.next}>
      <Icon size={15} aria-hidden="true" />
      <span>
        <b>{next.name}</b>
        <span className={classes.who}>
          {next.text}
          {next.due !== null && (
            <>
              , {said.due} <Moment at={next.due} />
            </>
          )}
        </span>
      </span>
    </p>
  );
}

// Similar decisions

function Similar({ similar }: { similar: NonNullable<Packet['similar']> }) {
  const words = said;
  if (similar.items.length === 0) {
    return (
      <Section title={words.similar}>
        <p className="dim">{similar.by.length === 0 ? words.nothingToCompare : words.noSimilar}</p>
      </Section>
    );
  }
  return (
    <Section title={words.similar} lead={words.of(similar.compared, list(similar.by))}>
      <p className={classes.tally}>
        {tally(similar.items.map(({ answerLabel }) => answerLabel)).map(({ label, count }) => (
          <span key={label}>
            <b>{count}</b> {label}
          </span>
        ))}
      </p>
      <ul className={classes.cases}>
        {similar.items.map((each) => (
          <Past key={`${each.caseKey} ${each.decidedAt}`} past={each} />
        ))}
      </ul>
    </Section>
  );
}

function Past({ past }: { past: SimilarCase }) {
  const words = said;
  const facts = [
    past.person?.name,
    words.took(duration(past.took.seconds * 1000)),
    past.onTime ? undefined : words.late,
    words.caseEnded[past.caseState](duration(past.caseTook.seconds * 1000)),
  ];
  return (
    <li className={classes.past}>
      <p className={classes.pastHead}>
        <span className={classes.given}>{past.answerLabel}</span>
        <Link to="/cases/$key" params={{ key: past.caseKey }} className={classes.pastCase}>
          <span className="key">{past.caseKey}</span> {past.caseTitle}
        </Link>
      </p>
      <p>{past.why}</p>
      <p className={classes.fact}>{facts.filter((each) => each !== undefined).join(' · ')}</p>
    </li>
  );
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')}${texts.and}${names.at(-1) ?? ''}`;
}

// What it rests on, by which rule, and what was decided before

function RestsOn({ task, evidence, files }: { task: TaskDetail } & Pick<Packet, 'evidence' | 'files'>) {
  const words = said;
  return (
    <Section title={words.evidence}>
      {evidence.length + files.length === 0 && <p className="dim">{words.noEvidence}</p>}
      {evidence.length > 0 && (
        <dl className={classes.evidence}>
          {evidence.map((each) => (
            <Fact key={each.name} fact={each} />
          ))}
        </dl>
      )}
      {files.length > 0 && (
        <ul className={classes.files}>
          {files.map((file) => (
            <li key={file.id}>
              <a
                className={classes.file}
                download={file.name}
                href={`/api/cases/${encodeURIComponent(task.caseKey)}/files/${file.id}?step=${encodeURIComponent(task.id)}`}
              >
                <FileText size={15} aria-hidden="true" />
                <span>{file.name}</span>
              </a>
              <span className={classes.fact}>
                {file.by?.name} <Moment at={file.at} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Fact({ fact }: { fact: Evidence }) {
  return (
    <div>
      <dt>{fact.label}</dt>
      <dd>{typeof fact.value === 'object' ? JSON.stringify(fact.value) : String(fact.value)}</dd>
      <dd className={classes.fact}>
        {said.from(fact.setBy?.name.replace(/^worker:/, ''), fact.setIn)}
        {fact.setAt !== null && (
          <>
            , <Moment at={fact.setAt} />
          </>
        )}
      </dd>
    </div>
  );
}

function Rule({ rule }: Pick<Packet, 'rule'>) {
  const words = said;
  return (
    <Section title={words.rule}>
      {rule.sentences.length === 0 && rule.policy === null && <p className="dim">{words.noRule}</p>}
      {rule.sentences.length > 0 && (
        <ul className={classes.rules}>
          {rule.sentences.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      )}
      {rule.policy !== null && (
        <Link to="/company/$tab" params={{ tab: 'policies' }} className={classes.policy}>
          {words.policy(rule.policy.key, rule.policy.version)} <ArrowRight size={14} aria-hidden="true" />
        </Link>
      )}
    </Section>
  );
}

function Before({ before }: Pick<Packet, 'before'>) {
  const words = said;
  return (
    <Section title={words.before}>
      {before.length === 0 && <p className="dim">{words.nothingBefore}</p>}
      <ol className={classes.before}>
        {before.map((each) => (
          <li key={each.step}>
            <span className={classes.fact}>
              <Moment at={each.at} />
            </span>
            <span>
              {each.name}
              {each.answer !== '' && (
                <>
                  : <b>{each.answer}</b>
                </>
              )}
              {each.person && <span className={classes.who}>{each.person.name}</span>}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
