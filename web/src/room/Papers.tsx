/** What a task asks to be opened and signed before it can be completed. A signature is a name, and a drawing if wanted. */
import { Button, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Check, FileText } from 'lucide-react';
import { useRef, useState, type PointerEvent } from 'react';
import { useAct } from '../api/act';
import { useLive } from '../api/live';
import { papersQuery } from '../api/queries';
import type { Paper, TaskDetail } from '../api/types';
import { useMe } from '../session/session';
import { room } from '../texts/room';
import { Failure } from '../ui/Note';
import { toast } from '../ui/toast';
import classes from './CaseRoom.module.css';

export function Papers({ task }: { task: TaskDetail }) {
  const papers = useLive(papersQuery(task.id));
  const client = useQueryClient();
  if (!papers.data || papers.data.length === 0) return null;
  const unread = papers.data.some((paper) => paper.toOpen && !paper.opened);
  const opened = () => setTimeout(() => void client.invalidateQueries({ queryKey: papersQuery(task.id).queryKey }), 1_000);
  return (
    <section className={classes.papers}>
      <h2>{room.papers}</h2>
      <ul>
        {papers.data.map((paper) => (
          <li key={paper.file} className={classes.paper}>
            <a
              className={classes.file}
              href={`/api/cases/${encodeURIComponent(task.caseKey)}/files/${paper.file}?step=${encodeURIComponent(task.id)}`}
              download={paper.name ?? ''}
              onClick={opened}
            >
              <FileText size={16} aria-hidden="true" />
              <span className={classes.fileName}>{paper.name}</span>
            </a>
            <span className={classes.fact}>{standing(paper)}</span>
            {paper.toSign && !paper.signed && task.mayComplete && !unread && <Sign task={task} paper={paper} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function standing(paper: Paper): string {
  const words = room;
  const facts = [];
  if (paper.toOpen) facts.push(paper.opened ? words.opened : words.toOpen);
  if (paper.toSign) facts.push(paper.signed ? words.signed : words.toSign);
  return facts.join(', ');
}

function Sign({ task, paper }: { task: TaskDetail; paper: Paper }) {
  const words = room;
  const me = useMe();
  const act = useAct();
  const [name, setName] = useState(me.name);
  const [drawn, setDrawn] = useState(false);
  const canvas = useRef<HTMLCanvasElement>(null);
  const sign = () => {
    const drawing = drawn ? (canvas.current?.toDataURL('image/png').split(',')[1] ?? null) : null;
    act.mutate(
      { method: 'POST', path: `/tasks/${encodeURIComponent(task.id)}/signature`, body: { file: paper.file, name: name.trim(), drawing } },
      { onSuccess: () => toast(words.signedNow(paper.name ?? '')) },
    );
  };
  const draw = (event: PointerEvent<HTMLCanvasElement>) => {
    const pen = canvas.current?.getContext('2d');
    if (!pen || !canvas.current || event.buttons !== 1) return;
    const box = canvas.current.getBoundingClientRect();
    const x = ((event.clientX - box.left) * canvas.current.width) / box.width;
    const y = ((event.clientY - box.top) * canvas.current.height) / box.height;
    if (event.type === 'pointerdown') {
      pen.beginPath();
      pen.moveTo(x, y);
    } else {
      pen.lineWidth = 2;
      pen.lineTo(x, y);
      pen.stroke();
      setDrawn(true);
    }
  };
  const clear = () => {
    canvas.current?.getContext('2d')?.clearRect(0, 0, canvas.current.width, canvas.current.height);
    setDrawn(false);
  };
  return (
    <div className={classes.sign}>
      <TextInput label={words.yourName} value={name} maxLength={200} onChange={(event) => setName(event.currentTarget.value)} />
      <p className={classes.fact}>{words.draw}</p>
      <canvas ref={canvas} width={480} height={140} className={classes.canvas} onPointerDown={draw} onPointerMove={draw} aria-label={words.draw} />
      <div className={classes.acts}>
        <Button disabled={name.trim() === ''} loading={act.isPending} onClick={sign} leftSection={<Check size={14} aria-hidden="true" />}>
          {words.sign(paper.name ?? '')}
        </Button>
        {drawn && (
          <Button variant="default" onClick={clear}>
            {words.clear}
          </Button>
        )}
      </div>
      {act.error && <Failure error={act.error} quiet />}
    </div>
  );
}
