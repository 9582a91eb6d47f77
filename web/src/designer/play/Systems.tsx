/** What systems would do in a played case, done by hand: a job's result, a message that arrives, a step tried again. */
import { Button, Menu, TextInput } from '@mantine/core';
import { Cog, Mail, TriangleAlert } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Variables } from '../../api/types';
import { stopsWork } from '../../cases/standing';
import { VariableTree } from '../../cases/Variables';
import { readVariables } from '../../forms/readVariables';
import { VariablesInput } from '../../forms/VariablesInput';
import { inWords, texts } from '../../texts';
import { design } from '../../texts/design';
import { AskForm } from '../../ui/ActForm';
import { isAt, type Played, type PlayedJob } from './acts';
import { Refused } from './Refused';
import classes from './TryIt.module.css';
import type { Play } from './usePlay';

export function Job({ job, play }: { job: PlayedJob; play: Play }) {
  const words = design.play;
  const values = useValues();
  const [throwing, setThrowing] = useState(false);
  return (
    <Card icon={<Cog size={15} />} name={job.name} fact={words.job(job.type, job.retries)} of={`job ${job.step}`}>
      {Object.keys(job.variables).length > 0 && (
        <details>
          <summary>{words.given}</summary>
          <VariableTree variables={job.variables} />
        </details>
      )}
      <VariablesInput text={values.text} onChange={values.setText} error={values.error} />
      <Refused play={play} of={isAt(job.step)} />
      <footer className={classes.cardActs}>
        <Button loading={play.busy} onClick={() => values.read((variables) => play.give({ act: 'COMPLETE_JOB', step: job.step, variables }))}>
          {words.jobDone}
        </Button>
        <Menu position="bottom-start" shadow="md">
          <Menu.Target>
            <Button variant="default">{words.orElse}</Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => play.give({ act: 'FAIL_JOB', step: job.step, reason: words.failure })}>{words.jobFails}</Menu.Item>
            <Menu.Item onClick={() => setThrowing(true)}>{words.jobThrows}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </footer>
      {throwing && (
        <Throw
          close={() => setThrowing(false)}
          give={(code) => {
            setThrowing(false);
            play.give({ act: 'THROW_ERROR', step: job.step, code });
          }}
        />
      )}
    </Card>
  );
}

function Throw({ close, give }: { close: () => void; give: (code: string) => void }) {
  const words = design.play;
  const [code, setCode] = useState('');
  return (
    <AskForm title={words.jobThrows} lead={words.throwLead} confirm={words.throw} close={close} submit={code.trim() === '' ? null : () => give(code.trim())}>
      <TextInput data-autofocus label={words.code} value={code} onChange={(event) => setCode(event.currentTarget.value)} />
    </AskForm>
  );
}

export function Message({ wait, play }: { wait: Played['awaited'][number]; play: Play }) {
  const words = design.play;
  const values = useValues();
  return (
    <Card icon={<Mail size={15} />} name={wait.name} fact={words.message(wait.message, wait.key)} of={`message ${wait.step}`}>
      <VariablesInput text={values.text} onChange={values.setText} error={values.error} />
      <Refused play={play} of={isAt(wait.step)} />
      <footer className={classes.cardActs}>
        <Button loading={play.busy} onClick={() => values.read((variables) => play.give({ act: 'RECEIVE', step: wait.step, variables }))}>
          {words.arrives}
        </Button>
      </footer>
    </Card>
  );
}

export function Incident({ incident, play }: { incident: Played['incidents'][number]; play: Play }) {
  const words = design.play;
  const values = useValues();
  const [setting, setSetting] = useState(false);
  const set = () =>
    values.read((variables) => {
      setSetting(false);
      play.give({ act: 'SET_VARIABLES', variables });
    });
  return (
    <Card icon={<TriangleAlert size={15} />} name={incident.name} fact={inWords(incident.kind)} of={`incident ${incident.step}`} trouble={stopsWork(incident.kind)}>
      <p>{incident.message}</p>
      <Refused play={play} of={(act) => act.act === 'SET_VARIABLES' || (act.act === 'RETRY' && act.step === incident.step)} />
      <footer className={classes.cardActs}>
        <Button variant="default" disabled={play.busy} onClick={() => play.give({ act: 'RETRY', step: incident.step })}>
          {stopsWork(incident.kind) ? words.retry : texts.case.closeIncident}
        </Button>
        {stopsWork(incident.kind) && (
          <Button variant="default" disabled={play.busy} onClick={() => setSetting(true)}>
            {words.setVariables}
          </Button>
        )}
      </footer>
      {setting && (
        <AskForm title={words.setVariables} lead={words.setLead} confirm={texts.save} close={() => setSetting(false)} submit={set}>
          <VariablesInput text={values.text} onChange={values.setText} error={values.error} />
        </AskForm>
      )}
    </Card>
  );
}

interface CardProps {
  icon: ReactNode;
  name: string;
  fact: string;
  of: string;
  trouble?: boolean;
  children: ReactNode;
}

function Card({ icon, name, fact, of, trouble = false, children }: CardProps) {
  return (
    <article className={classes.card} data-trouble={trouble || undefined} data-play={of}>
      <header className={classes.cardHead}>
        <h2>
          <span aria-hidden="true">{icon}</span> {name}
        </h2>
        <p className={classes.facts}>{fact}</p>
      </header>
      {children}
    </article>
  );
}

function useValues() {
  const [text, setText] = useState('');
  const [error, setError] = useState<string | null>(null);
  return {
    text,
    setText,
    error,
    read(then: (variables: Variables) => void) {
      const read = readVariables(text);
      setError(read.error);
      if (read.variables !== null) then(read.variables);
    },
  };
}
