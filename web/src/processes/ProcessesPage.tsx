/** The processes of the organisation, each with the way to start a case of it. */
import { Button, FileButton, Menu } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useLive } from '../api/live';
import { processesQuery } from '../api/queries';
import type { Process } from '../api/types';
import { TEMPLATES } from '../designer/designSearch';
import { keepDraft, loadDraft } from '../designer/project';
import { ExportMenu } from '../export/ExportMenu';
import { useSession } from '../session/session';
import { texts } from '../texts';
import { Day } from '../time/When';
import { LoadingRows } from '../ui/Loading';
import { Empty, Failure } from '../ui/Note';
import { PageHead } from '../ui/Page';
import { usePageTitle } from '../ui/pageTitle';
import { toast } from '../ui/toast';
import { StartCase } from './StartCase';
import classes from './Processes.module.css';

export function ProcessesPage() {
  const words = texts.processes;
  const processes = useLive(processesQuery);
  const { person } = useSession();
  const [starting, setStarting] = useState<Process | null>(null);
  usePageTitle(words.title);
  return (
    <>
      <PageHead title={words.title} actions={
          <>
            <ExportMenu list="processes" query={{}} />
            {person.admin && <NewProcess />}
          </>
        } />
      <div className={classes.body}>
        {processes.isPending && <LoadingRows rows={5} height={34} gap={16} />}
        {processes.error && !processes.data && <Failure error={processes.error} again={() => void processes.refetch()} />}
        {processes.data?.length === 0 && <Empty title={words.emptyTitle}>{words.emptyHow}</Empty>}
        {processes.data && processes.data.length > 0 && (
          <ProcessTable processes={processes.data} start={setStarting} />
        )}
      </div>
      <StartCase process={starting} close={() => setStarting(null)} />
    </>
  );
}

function NewProcess() {
  const words = texts.designer;
  const navigate = useNavigate();
  const openFile = async (file: File) => {
    const before = loadDraft('new', localStorage);
    const kept = keepDraft('new', [{ name: 'process.bpmn', body: await file.text() }], localStorage);
    if (!kept) return toast(words.tooLarge);
    await navigate({ to: '/processes/$key/design', params: { key: 'new' } });
    if (before === null) return undefined;
    return toast(words.opened(file.name), undefined, () => {
      keepDraft('new', before, localStorage);
      void navigate({ to: '/processes/$key/design', params: { key: 'new' }, search: { template: 'blank' } }); // shown anew
    });
  };
  return (
    <Menu position="bottom-end" width={250} shadow="md">
      <Menu.Target>
        <Button leftSection={<Plus size={14} />}>{words.newProcess}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {TEMPLATES.map((template) => (
          <Menu.Item key={template} onClick={() => void navigate({ to: '/processes/$key/design', params: { key: 'new' }, search: { template } })}>
            {words.templates[template]}
          </Menu.Item>
        ))}
        <FileButton accept=".bpmn,.xml" onChange={(file) => file !== null && void openFile(file)}>
          {(props) => <Menu.Item {...props}>{words.fromFile}</Menu.Item>}
        </FileButton>
      </Menu.Dropdown>
    </Menu>
  );
}

function ProcessTable({ processes, start }: { processes: readonly Process[]; start: (process: Process) => void }) {
  const words = texts.processes;
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{words.columns.name}</th>
          <th scope="col">{words.columns.key}</th>
          <th scope="col">{words.columns.version}</th>
          <th scope="col" className={classes.number}>
            {words.columns.open}
          </th>
          <th scope="col">{words.columns.deployed}</th>
          <th scope="col">
            <span className="hidden">{words.start}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {processes.map((process) => (
          <tr key={process.key}>
            <td className={classes.name}>
              <Link to="/processes/$key" params={{ key: process.key }}>
                {process.name}
              </Link>
            </td>
            <td className={classes.id}>{process.key}</td>
            <td className={classes.version}>{words.version(process.version)}</td>
            <td className={classes.number}>
              <Link to="/cases" search={{ process: process.key }} aria-label={words.openCases(process.openCases)}>
                {process.openCases}
                <span className={classes.unit}> {words.columns.open.toLowerCase()}</span>
              </Link>
            </td>
            <td className={classes.deployed}>
              <Day at={process.deployedAt} />
            </td>
            <td className={classes.start}>
              {process.manualStart && process.mayStart ? (
                <Button
                  variant="default"
                  leftSection={<Plus size={14} />}
                  aria-label={words.startOf(process.name)}
                  onClick={() => start(process)}
                >
                  {words.start}
                </Button>
              ) : (
                <span className="dim">{process.manualStart ? words.startedByOthers : words.startedByItself}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
