/** A form of the process, put together from fields. */
import '@bpmn-io/form-js-editor/dist/assets/form-js-editor.css';
import '@bpmn-io/form-js-editor/dist/assets/properties-panel.css';
import '@bpmn-io/form-js-editor/dist/assets/dragula.css';
import '@bpmn-io/form-js-viewer/dist/assets/form-js.css';
import { FormEditor as Editor } from '@bpmn-io/form-js-editor';
import { useEffect, useRef, useState } from 'react';
import { texts } from '../texts';
import { Empty } from '../ui/Note';
import classes from './Designer.module.css';

export default function FormEditor({ body, change }: { body: string; change: (body: string) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const [first] = useState(body);
  const [broken, setBroken] = useState(false);
  const changed = useRef(change);
  useEffect(() => {
    changed.current = change;
  });
  useEffect(() => {
    if (box.current === null) return undefined;
    const editor = new Editor({ container: box.current });
    let ready = false;
    Promise.resolve()
      .then(() => editor.importSchema(JSON.parse(first) as object))
      .then(
        () => (ready = true),
        () => setBroken(true),
      );
    editor.on('changed', () => {
      if (ready) changed.current(JSON.stringify(editor.saveSchema(), null, 2));
    });
    return () => editor.destroy();
  }, [first]);
  if (broken) return <Empty title={texts.task.formBroken}>{texts.task.formBrokenHow}</Empty>;
  return <div ref={box} className={classes.editor} />;
}
