/** A decision of the process: DMN's tables and expressions. */
import 'dmn-js/dist/assets/diagram-js.css';
import 'dmn-js/dist/assets/dmn-js-shared.css';
import 'dmn-js/dist/assets/dmn-js-drd.css';
import 'dmn-js/dist/assets/dmn-js-decision-table.css';
import 'dmn-js/dist/assets/dmn-js-decision-table-controls.css';
import 'dmn-js/dist/assets/dmn-js-literal-expression.css';
import 'dmn-js/dist/assets/dmn-js-boxed-expression.css';
import 'dmn-js/dist/assets/dmn-js-boxed-expression-controls.css';
import 'dmn-js/dist/assets/dmn-font/css/dmn-embedded.css';
import Modeler from 'dmn-js/lib/Modeler';
import { useEffect, useRef, useState } from 'react';
import { design } from '../texts/design';
import { Empty } from '../ui/Note';
import classes from './Designer.module.css';

/** What is typed is kept this long after the last change. */
const KEEPING_MS = 400;

export default function DecisionEditor({ body, change }: { body: string; change: (body: string) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const [first] = useState(body);
  const [broken, setBroken] = useState(false);
  const changed = useRef(change);
  useEffect(() => {
    changed.current = change;
  });
  useEffect(() => {
    const container = box.current;
    if (container === null) return undefined;
    const modeler = new Modeler({ container });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const keep = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        modeler.saveXML({ format: true }).then(({ xml }) => xml !== first && changed.current(xml), () => undefined);
      }, KEEPING_MS);
    };
    modeler.importXML(first).then(
      () => {
        const table = modeler.getViews().find((view) => view.type === 'decisionTable');
        if (table) void modeler.open(table);
      },
      () => setBroken(true),
    );
    for (const event of ['keyup', 'mouseup', 'focusout']) container.addEventListener(event, keep);
    return () => {
      clearTimeout(timer);
      modeler.destroy();
    };
  }, [first]);
  if (broken) return <Empty title={design.decisionBroken}>{design.decisionBrokenHow}</Empty>;
  return <div ref={box} className={classes.editor} />;
}
