/** How a played case begins: by which event, when, and with what. */
import { Button, Select } from '@mantine/core';
import { useRef, useState } from 'react';
import { Answers } from '../../forms/Answers';
import type { FormHandle } from '../../forms/Form';
import { design } from '../../texts/design';
import { DateTime } from '../../ui/DateTime';
import type { Beginning, Played } from './acts';
import { Refused } from './Refused';
import classes from './TryIt.module.css';
import type { Play } from './usePlay';

const NOTHING = {};

export function Begin({ play, played }: { play: Play; played: Played }) {
  const words = design.play;
  const answers = useRef<FormHandle>(null);
  const [chosen, setChosen] = useState('0');
  const [dated, setDated] = useState(false);
  const [at, setAt] = useState<string | null>(null);
  const beginning = played.beginnings[Number(chosen)] ?? played.beginnings[0];
  const start = () => {
    const variables = answers.current?.answers() ?? null;
    if (variables === null || beginning === undefined) return;
    play.give({
      act: 'START',
      process: beginning.process,
      variables,
      ...(beginning.event === null ? {} : { step: beginning.event }),
      ...(at === null ? {} : { at }),
    });
  };
  if (beginning === undefined) return <p className="dim">{words.noStart}</p>;
  return (
    <article className={classes.card}>
      <h2>{words.begin}</h2>
      {played.beginnings.length > 1 && (
        <Select
          label={words.by}
          allowDeselect={false}
          value={chosen}
          onChange={(value) => setChosen(value ?? '0')}
          data={played.beginnings.map((each, place) => ({ value: String(place), label: nameOf(each) }))}
        />
      )}
      <Answers
        key={chosen}
        ref={answers}
        schema={beginning.formSchema}
        values={NOTHING}
        readOnly={false}
        refusal={null}
        noForm={words.noStartForm}
        onSubmit={start}
      />
      {dated && <DateTime label={words.startsAt} value={at} onChange={setAt} />}
      <Refused play={play} of={({ act }) => act === 'START'} />
      <footer className={classes.cardActs}>
        <Button loading={play.busy} onClick={start}>
          {words.start}
        </Button>
        {!dated && (
          <Button variant="default" onClick={() => setDated(true)}>
            {words.atAnotherTime}
          </Button>
        )}
      </footer>
    </article>
  );
}

function nameOf(beginning: Beginning): string {
  return design.play.beginnings[beginning.kind](beginning.name);
}
