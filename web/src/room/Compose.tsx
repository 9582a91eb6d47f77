/** Saying something, or attaching files. Who sees it is chosen before: members only, unless outsiders are named. */
import { Button, Checkbox, FileButton, MultiSelect, Progress, Textarea } from '@mantine/core';
import { Paperclip, X } from 'lucide-react';
import { useState } from 'react';
import { useAct } from '../api/act';
import type { AudienceRef, CaseDetail } from '../api/types';
import { room } from '../texts/room';
import { Failure } from '../ui/Note';
import { Segments } from '../ui/Segments';
import { toast } from '../ui/toast';
import { useUploads } from './useUploads';
import classes from './CaseRoom.module.css';

interface Props {
  of: CaseDetail;
  parties: AudienceRef[];
  bytesMax: number;
  filesOnly: boolean;
}

const TEXT_MAX = 10_000;

export function Compose({ of: one, parties, bytesMax, filesOnly }: Props) {
  const words = room;
  const [text, setText] = useState('');
  const [shared, setShared] = useState(false);
  const [audience, setAudience] = useState<string[]>([]);
  const [question, setQuestion] = useState(false);
  const act = useAct();
  const seers = shared ? audience : [];
  const uploads = useUploads(one.key, seers, bytesMax);
  const undecided = shared && audience.length === 0;
  const names = parties.filter((party) => seers.includes(party.party)).map((party) => party.name);

  const post = () =>
    act.mutate(
      { method: 'POST', path: `/cases/${encodeURIComponent(one.key)}/comments`, body: { text: text.trim(), audience: seers, question } },
      {
        onSuccess: () => {
          setText('');
          setQuestion(false);
          toast(words.posted);
        },
      },
    );

  return (
    <div className={classes.compose} data-outside={shared || undefined}>
      {!filesOnly && (
        <Textarea
          aria-label={words.write}
          placeholder={words.writePlaceholder}
          autosize
          minRows={2}
          maxRows={10}
          maxLength={TEXT_MAX}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      <div className={classes.choices}>
        <Segments
          label={words.who}
          name="audience"
          value={shared ? 'shared' : 'internal'}
          onChange={(value) => setShared(value === 'shared')}
          options={[
            { value: 'internal', label: words.internal },
            { value: 'shared', label: words.shared },
          ]}
        />
        {shared &&
          (parties.length === 0 ? (
            <span className="dim">{words.noParties}</span>
          ) : (
            <MultiSelect
              className={classes.parties ?? ''}
              size="xs"
              aria-label={words.sharedWith}
              placeholder={audience.length === 0 ? words.chooseParties : ''}
              data={parties.map((party) => ({ value: party.party, label: party.name }))}
              value={audience}
              onChange={setAudience}
            />
          ))}
        {!filesOnly && one.owner && (
          <Checkbox
            size="xs"
            label={words.question(one.owner.name)}
            checked={question}
            onChange={(event) => setQuestion(event.currentTarget.checked)}
          />
        )}
      </div>
      <div className={classes.acts}>
        {!filesOnly && (
          <Button loading={act.isPending} disabled={text.trim() === '' || undecided} onClick={post}>
            {names.length > 0 ? words.sendShared(names.join(', ')) : words.send}
          </Button>
        )}
        <FileButton multiple onChange={uploads.add}>
          {(props) => (
            <Button {...props} variant="default" disabled={undecided} leftSection={<Paperclip size={14} aria-hidden="true" />}>
              {words.attach}
            </Button>
          )}
        </FileButton>
      </div>
      {act.error && <Failure error={act.error} quiet />}
      {uploads.all.map((each) => (
        <div key={each.id} className={classes.upload}>
          <span className={classes.fileName}>{each.error === null ? words.uploading(each.name, each.percent) : each.name}</span>
          {each.error === null ? (
            <Progress value={each.percent} aria-label={each.name} className={classes.progress ?? ''} />
          ) : (
            <span className={classes.progress} />
          )}
          <button type="button" className={classes.stop} aria-label={words.stopUpload(each.name)} onClick={each.stop}>
            <X size={14} aria-hidden="true" />
          </button>
          {each.error !== null && <Failure error={each.error} quiet />}
        </div>
      ))}
    </div>
  );
}
