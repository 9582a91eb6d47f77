/**
 * A process being designed: drawn or as an outline, with its forms and decisions, checked by the server as one goes, and
 * published as a new version. Until then it is a draft in this browser.
 */
import { ActionIcon, Button, FileButton, Menu, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { ChevronRight, Download, FolderOpen, Plus, Redo2, Undo2 } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { filesQuery, processQuery } from '../api/queries';
import { save } from '../export/download';
import { useSession } from '../session/session';
import { texts } from '../texts';
import { LoadingRows } from '../ui/Loading';
import { Failure } from '../ui/Note';
import { usePageTitle } from '../ui/pageTitle';
import { Segments } from '../ui/Segments';
import { toast } from '../ui/toast';
import { Canvas } from './Canvas';
import classes from './Designer.module.css';
import { OutlineView } from './OutlineView';
import type { PlayAct } from './play/acts';
import { Problems } from './Problems';
import { dropDraft, formNames, isUnnamed, keepDraft, loadDraft, newForm, withFile, type SourceFile } from './project';
import { Properties } from './Properties';
import { templateOf } from './templates';
import { useChecked } from './useChecked';
import { usePublish } from './usePublish';

const TryIt = lazy(() => import('./play/TryIt').then((module) => ({ default: module.TryIt })));
const FormEditor = lazy(() => import('./FormEditor'));
const DecisionEditor = lazy(() => import('./DecisionEditor'));

const route = getRouteApi('/processes/$key/design');

export default function DesignerPage() {
  const { key } = route.useParams();
  const { template, view } = route.useSearch();
  const fresh = key === 'new';
  const process = useQuery({ ...processQuery(key), enabled: !fresh });
  const files = useQuery({ ...filesQuery(key, process.data?.version ?? 0), enabled: process.data !== undefined });
  usePageTitle(texts.designer.title(process.data?.name ?? texts.designer.newProcess));
  const error = process.error ?? files.error;
  const start = fresh ? templateOf(template) : files.data;
  if (error) return <Failure error={error} again={() => void (process.error ? process.refetch() : files.refetch())} />;
  if (!start) return <LoadingRows rows={8} height={36} gap={16} />;
  return <Designer key={`${key} ${template ?? ''}`} of={key} name={process.data?.name ?? texts.designer.newProcess} published={start} first={view === 'try' ? TRY : 'diagram'} />;
}

const TRY = 'try';

interface Props {
  of: string;
  name: string;
  published: SourceFile[];
  /** The view that is shown first. */
  first: string;
}

function Designer({ of, name, published, first }: Props) {
  const words = texts.designer;
  const { person } = useSession();
  const [draft] = useState(() => loadDraft(of, localStorage));
  const [files, setFiles] = useState(draft ?? published);
  const [changed, setChanged] = useState(draft !== null);
  const [place, setPlace] = useState<string>(first);
  const [acts, setActs] = useState<PlayAct[]>([]);
  const [round, setRound] = useState(0);
  const [selected, setSelected] = useState<Selected | null>(null);
  const navigate = useNavigate();
  const change = (file: string, body: string) => {
    const now = withFile(files, file, body);
    setFiles(now);
    setChanged(true);
    keepDraft(of, now, localStorage);
  };
  const replace = (now: SourceFile[]) => {
    setFiles(now);
    setChanged(true);
    keepDraft(of, now, localStorage);
    setRound((before) => before + 1);
  };
  /** A BPMN file takes the place of the drawing; a form or a decision joins it, or takes the place of its namesake. */
  const openFile = async (file: File) => {
    const drawn = /\.(bpmn|xml)$/.test(file.name);
    replace(withFile(files, drawn && bpmn ? bpmn.name : file.name, await file.text()));
    setPlace(drawn ? 'diagram' : file.name);
    toast(words.opened(file.name), undefined, () => {
      replace(files);
      setPlace('diagram');
    });
  };
  const startOver = () => {
    dropDraft(of, localStorage);
    setFiles(published);
    setChanged(false);
    setRound((before) => before + 1);
  };
  const checked = useChecked(files, person.admin);
  const publish = usePublish((key, version) => {
    dropDraft(of, localStorage);
    toast(words.published(version));
    void navigate({ to: '/processes/$key', params: { key } });
  });
  const bpmn = files.find((file) => file.name.endsWith('.bpmn'));
  const open = files.find((file) => file.name === place);
  const addForm = (id: string) => {
    change(`${id}.form`, newForm(id));
    setPlace(`${id}.form`);
  };
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <div className={classes.crumbs}>
          <Link to="/processes">{texts.processes.back}</Link>
          <ChevronRight size={13} aria-hidden="true" />
          {of === 'new' ? (
            <span>{words.newProcess}</span>
          ) : (
            <Link to="/processes/$key" params={{ key: of }}>
              {name}
            </Link>
          )}
          <ChevronRight size={13} aria-hidden="true" />
          <h1>{words.design}</h1>
          {changed && <span className={classes.draft}>{words.draft}</span>}
        </div>
        <div className={classes.acts}>
          {changed && (
            <Button variant="default" onClick={startOver}>
              {words.startOver}
            </Button>
          )}
          {person.admin && (
            <Button
              loading={publish.isPending}
              disabled={!changed || checked.problems === null || checked.problems.length > 0}
              onClick={() => publish.mutate(files)}
            >
              {words.publish}
            </Button>
          )}
        </div>
      </header>
      <Places files={files} place={place} go={setPlace} addForm={addForm} openFile={(file) => void openFile(file)} mayChange={person.admin} />
      {publish.error && <Failure error={publish.error} quiet />}
      {bpmn && (
        <Drawing
          key={round}
          file={bpmn}
          files={files}
          place={place}
          show={setPlace}
          mayChange={person.admin}
          fresh={of === 'new'}
          change={(body) => change(bpmn.name, body)}
          problems={checked}
          selected={selected}
        />
      )}
      {place === TRY && person.admin && (
        <Suspense fallback={<LoadingRows rows={8} height={36} gap={16} />}>
          <TryIt
            files={files}
            name={name}
            acts={acts}
            setActs={setActs}
            select={(element) => {
              setPlace('diagram');
              setSelected({ element });
            }}
          />
        </Suspense>
      )}
      {open && (
        <Suspense fallback={<LoadingRows rows={8} height={36} gap={16} />}>
          {open.name.endsWith('.form') ? (
            <FormEditor key={`${round} ${open.name}`} body={open.body} change={(body) => change(open.name, body)} />
          ) : (
            <DecisionEditor key={`${round} ${open.name}`} body={open.body} change={(body) => change(open.name, body)} />
          )}
        </Suspense>
      )}
    </div>
  );
}

interface PlacesProps {
  files: readonly SourceFile[];
  place: string;
  go: (place: string) => void;
  addForm: (id: string) => void;
  openFile: (file: File) => void;
  mayChange: boolean;
}

function Places({ files, place, go, addForm, openFile, mayChange }: PlacesProps) {
  const words = texts.designer;
  const parts = files.filter((file) => !file.name.endsWith('.bpmn'));
  const views = [
    { value: 'diagram', label: words.diagram },
    { value: 'outline', label: words.outline.label },
    ...(mayChange ? [{ value: TRY, label: words.tryIt }] : []),
  ];
  const shown = views.some((view) => view.value === place) ? place : '';
  const unused = (number: number): string => (files.some((file) => file.name === `form-${number}.form`) ? unused(number + 1) : `form-${number}`);
  return (
    <div className={classes.places}>
      <Segments label={words.views} name="view" value={shown} onChange={go} options={views} />
      <Menu position="bottom-start" shadow="md" width={260}>
        <Menu.Target>
          <Button variant={shown === '' ? 'light' : 'default'}>{shown === '' ? place : words.parts(parts.length)}</Button>
        </Menu.Target>
        <Menu.Dropdown mah={360} style={{ overflow: 'auto' }}>
          {parts.map((file) => (
            <Menu.Item key={file.name} onClick={() => go(file.name)}>
              {file.name}
            </Menu.Item>
          ))}
          {mayChange && (
            <Menu.Item leftSection={<Plus size={14} />} onClick={() => addForm(unused(1))}>
              {words.addForm}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {mayChange && (
        <FileButton accept=".bpmn,.xml,.form,.dmn" onChange={(file) => file !== null && openFile(file)}>
          {(props) => (
            <Button variant="default" leftSection={<FolderOpen size={14} />} {...props}>
              {words.openFile}
            </Button>
          )}
        </FileButton>
      )}
    </div>
  );
}

/** What another view asks to be shown; a new object each time, for the same element may be asked for twice. */
interface Selected {
  element: string;
}

interface DrawingProps {
  file: SourceFile;
  files: readonly SourceFile[];
  place: string;
  show: (place: string) => void;
  mayChange: boolean;
  fresh: boolean;
  change: (body: string) => void;
  problems: ReturnType<typeof useChecked>;
  selected: Selected | null;
}

/** The model lives in the canvas, whichever view shows it. */
function Drawing({ file, files, place, show, mayChange, fresh, change, problems, selected }: DrawingProps) {
  const words = texts.designer;
  const box = useRef<HTMLDivElement>(null);
  const [first] = useState(file.body);
  const [canvas, setCanvas] = useState<Canvas | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const changed = useRef(change);
  useEffect(() => {
    changed.current = change;
  });
  useEffect(() => {
    if (box.current === null) return undefined;
    const made = new Canvas(box.current);
    let gone = false;
    const open = made.open(first);
    open.then(
      () => gone || setCanvas(made),
      (error: unknown) => gone || setFailure(error),
    );
    return () => {
      gone = true;
      // Not in the middle of opening: the modeler would go on with what is gone.
      void open.catch(() => undefined).then(() => made.destroy());
    };
  }, [first]);
  const version = useSyncExternalStore(canvas?.subscribe ?? never, canvas?.version ?? zero);
  const saved = useRef(0);
  useEffect(() => {
    if (canvas === null || !canvas.stack.canUndo() || version === saved.current) return;
    saved.current = version;
    void canvas.xml().then((xml) => changed.current(xml));
  }, [canvas, version]);
  const seen = place === 'diagram';
  useEffect(() => {
    if (seen) canvas?.shown();
  }, [canvas, seen]);
  useEffect(() => {
    if (selected !== null) canvas?.select(selected.element);
  }, [canvas, selected]);
  const found = problems.problems;
  useEffect(() => {
    canvas?.mark(found ?? []);
  }, [canvas, found]);
  if (failure !== null) return <Failure error={failure} />;
  const select = (id: string) => {
    show('diagram');
    canvas?.select(id);
  };
  const hidden = place !== 'diagram' && place !== 'outline';
  return (
    <div className={classes.work} hidden={hidden}>
      <div className={classes.views}>
        <div className={classes.stage} data-off={place !== 'diagram' || undefined}>
          <div ref={box} className={classes.canvas} />
          {canvas && (
            <div className={classes.tools}>
              <Tool label={words.undo} Icon={Undo2} disabled={!canvas.stack.canUndo()} act={() => canvas.stack.undo()} />
              <Tool label={words.redo} Icon={Redo2} disabled={!canvas.stack.canRedo()} act={() => canvas.stack.redo()} />
              <Tool label={words.download} Icon={Download} disabled={false} act={() => void canvas.xml().then((xml) => save(new Blob([xml], { type: 'application/xml' }), file.name))} />
            </div>
          )}
        </div>
        {canvas && place === 'outline' && (
          <div className={classes.list}>
            <OutlineView canvas={canvas} mayChange={mayChange} show={select} />
          </div>
        )}
      </div>
      <aside className={classes.side} aria-label={words.properties}>
        {canvas && place === 'diagram' && <Properties canvas={canvas} element={canvas.selected()} forms={formNames(files)} mayChange={mayChange} fresh={fresh} />}
        {canvas && fresh && isUnnamed(canvas.process()) && <p className={classes.hint}>{words.nameIt}</p>}
        {mayChange && <Problems checked={problems} select={select} />}
      </aside>
    </div>
  );
}

const never = () => () => undefined;
const zero = () => 0;

function Tool({ label, Icon, disabled, act }: { label: string; Icon: typeof Undo2; disabled: boolean; act: () => void }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" aria-label={label} disabled={disabled} onClick={act}>
        <Icon size={15} />
      </ActionIcon>
    </Tooltip>
  );
}
