/** The title of a list that is one of several on its page, and the list as a file. */
import type { ExportedList } from './download';
import { ExportMenu } from './ExportMenu';
import classes from './TitledList.module.css';

interface Props {
  title: string;
  list: ExportedList;
  query?: Record<string, string | undefined>;
  id?: string;
  className?: string | undefined;
}

const ALL_OF_IT = {};

export function TitledList({ title, list, query = ALL_OF_IT, id, className }: Props) {
  return (
    <div className={classes.titled}>
      <h2 className={className} id={id}>
        {title}
      </h2>
      <ExportMenu list={list} query={query} what={title} small />
    </div>
  );
}
