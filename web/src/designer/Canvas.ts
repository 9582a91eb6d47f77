/** The drawing that is edited: bpmn-js's modeler behind the few things the designer asks of it. All changes can be undone. */
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn-embedded.css';
import Modeler from 'bpmn-js/lib/Modeler';
import { withAttribute, type Factory, type Moddle } from './batonElements';

export interface DrawnElement {
  id: string;
  type: string;
  businessObject: Moddle;
  x: number;
  y: number;
  width: number;
  height: number;
  parent?: DrawnElement;
  waypoints?: { x: number; y: number }[];
  outgoing?: DrawnElement[];
  target?: DrawnElement;
}

interface Modeling {
  updateProperties(element: DrawnElement, properties: object): void;
  updateModdleProperties(element: DrawnElement, of: Moddle, properties: object): void;
  createShape(shape: DrawnElement, at: { x: number; y: number }, parent: DrawnElement): DrawnElement;
  appendShape(source: DrawnElement, shape: { type: string }, at: { x: number; y: number }): DrawnElement;
  removeElements(elements: DrawnElement[]): void;
  createSpace(moving: DrawnElement[], resizing: DrawnElement[], by: { x: number; y: number }, direction: string, start: number): void;
}

interface Stack {
  undo(): void;
  redo(): void;
  canUndo(): boolean;
  canRedo(): boolean;
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface View {
  resized(): void;
  zoom(to: string, center: string): void;
  viewbox(): { inner: Box; outer: Box };
  viewbox(to: Box): void;
}

/** What the palette covers at the left, and air around the drawing, in pixels. */
const PALETTE = 70;
const AIR = 20;

/** Room for one more task between two. */
const ROOM = 150;

/** Between a way on and what is above it. */
const BELOW = 60;
const TASK = { width: 100, height: 80 };
const PROBLEM = 'baton-problem';

export class Canvas {
  readonly #modeler: Modeler;
  readonly #listeners = new Set<() => void>();
  readonly #container: HTMLElement;
  #version = 0;
  #fitted = true;
  #marked: string[] = [];

  constructor(container: HTMLElement) {
    this.#container = container;
    this.#modeler = new Modeler({
      container,
      keyboard: { bind: true },
      textRenderer: { defaultStyle: { fontFamily: "'Inter Variable', sans-serif", fontSize: 12 } },
    });
    for (const event of ['commandStack.changed', 'selection.changed', 'import.done']) {
      this.#modeler.on(event, () => {
        this.#version++;
        for (const listener of this.#listeners) listener();
      });
    }
  }

  /** For React: changes whenever the model or the selection does. */
  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  version = () => this.#version;

  #get<T>(name: string): T {
    return this.#modeler.get<T>(name);
  }

  get #modeling(): Modeling {
    return this.#get<Modeling>('modeling');
  }

  async open(xml: string) {
    await this.#modeler.importXML(xml);
    this.fit();
  }

  async xml(): Promise<string> {
    const { xml } = await this.#modeler.saveXML({ format: true });
    if (xml === undefined) throw new Error('the modeler gave no file');
    return xml;
  }

  /** All of it, beside the palette. What is hidden has no size yet: it is fitted when it is shown. */
  fit() {
    this.#fitted = this.#container.clientWidth > 0;
    if (!this.#fitted) return;
    const canvas = this.#get<View>('canvas');
    canvas.resized();
    canvas.zoom('fit-viewport', 'auto');
    const { inner, outer } = canvas.viewbox();
    const scale = Math.min((outer.width - PALETTE - 2 * AIR) / inner.width, (outer.height - 2 * AIR) / inner.height, 1);
    if (scale <= 0) return;
    canvas.viewbox({
      x: inner.x - (PALETTE + AIR) / scale,
      y: inner.y + inner.height / 2 - outer.height / scale / 2,
      width: outer.width / scale,
      height: outer.height / scale,
    });
  }

  /** It can be seen now. */
  shown() {
    if (!this.#fitted) this.fit();
  }

  get stack(): Stack {
    return this.#get<Stack>('commandStack');
  }

  selected(): DrawnElement | null {
    const chosen = this.#get<{ get(): DrawnElement[] }>('selection').get();
    return chosen.length === 1 ? (chosen[0] ?? null) : null;
  }

  select(id: string) {
    const element = this.element(id);
    if (element === undefined) return;
    this.#get<{ select(element: DrawnElement): void }>('selection').select(element);
    this.#get<{ scrollToElement(element: DrawnElement, padding: number): void }>('canvas').scrollToElement(element, 80);
  }

  element(id: string): DrawnElement | undefined {
    return this.#get<{ get(id: string): DrawnElement | undefined }>('elementRegistry').get(id);
  }

  /** The executable process that is drawn: of the chosen pool, else the first. */
  process(): Moddle | null {
    const root = this.#get<{ getRootElement(): DrawnElement }>('canvas').getRootElement();
    const bo = root.businessObject;
    if (bo.$type === 'bpmn:Process') return bo;
    const pools = (bo['participants'] as Moddle[] | undefined) ?? [];
    return (pools.map((pool) => pool['processRef'] as Moddle | undefined).find(Boolean) as Moddle | undefined) ?? null;
  }

  #root(): DrawnElement {
    return this.#get<{ getRootElement(): DrawnElement }>('canvas').getRootElement();
  }

  rename(id: string, name: string) {
    const element = this.element(id);
    if (element) this.#modeling.updateProperties(element, { name });
  }

  setAttribute(of: Moddle, element: DrawnElement | undefined, kind: string, name: string, value: string) {
    const extensionElements = withAttribute(of, kind, name, value.trim(), this.#get<Factory>('moddle'));
    this.#modeling.updateModdleProperties(element ?? this.#root(), of, { extensionElements });
  }

  /** An expression in a property of the model: `conditionExpression`, or `timeDuration` of an event definition. */
  setExpression(element: DrawnElement, of: Moddle, property: string, body: string) {
    const factory = this.#get<Factory>('moddle');
    const expression = body.trim() === '' ? undefined : factory.create('bpmn:FormalExpression', { body: body.trim() });
    if (expression) expression.$parent = of;
    this.#modeling.updateModdleProperties(element, of, { [property]: expression });
  }

  set(element: DrawnElement | undefined, of: Moddle, properties: object) {
    this.#modeling.updateModdleProperties(element ?? this.#root(), of, properties);
  }

  /** A new step behind that one: on its only flow, with room made for it, else appended. */
  addAfter(id: string, type: 'bpmn:UserTask' | 'bpmn:ExclusiveGateway' = 'bpmn:UserTask'): string | null {
    const source = this.element(id);
    if (source === undefined) return null;
    const flows = (source.outgoing ?? []).filter((each) => each.type === 'bpmn:SequenceFlow');
    const flow = flows.length === 1 ? flows[0] : undefined;
    if (flow?.target === undefined) {
      const right = Math.max(...[source, ...flows.map((each) => each.target ?? source)].map((each) => each.x + each.width));
      return this.#modeling.appendShape(source, { type }, { x: right + ROOM - 50, y: source.y + source.height / 2 }).id;
    }
    if (flow.target.x > source.x) this.#makeRoom(source.x + source.width + 10);
    const shape = this.#get<{ createShape(of: { type: string }): DrawnElement }>('elementFactory').createShape({ type });
    const at = { x: source.x + source.width + 100, y: source.y + source.height / 2 };
    return this.#modeling.createShape(shape, at, flow).id;
  }

  /** A choice behind that step: what came after it is the usual way, and a new one ends with a step of its own. */
  addChoiceAfter(id: string): string | null {
    const choice = this.addAfter(id, 'bpmn:ExclusiveGateway');
    const gateway = choice === null ? undefined : this.element(choice);
    if (choice === null || gateway === undefined) return null;
    const usual = (gateway.outgoing ?? [])[0];
    if (usual !== undefined) this.#modeling.updateProperties(gateway, { default: usual.businessObject });
    this.addBranch(choice);
    return choice;
  }

  /** One more way on from a choice: a step and an end, below all that is drawn there. */
  addBranch(id: string): string | null {
    const gateway = this.element(id);
    if (gateway === undefined) return null;
    const x = gateway.x + gateway.width + ROOM - 50;
    const end = x + ROOM + TASK.width;
    const beside = this.#get<{ filter(fn: (each: DrawnElement) => boolean): DrawnElement[] }>('elementRegistry').filter(
      (each) => each.waypoints === undefined && /(Task|Gateway|Event|SubProcess|CallActivity)$/.test(each.type) && each.x < end && each.x + each.width > gateway.x,
    );
    const y = Math.max(...beside.map((each) => each.y + each.height)) + BELOW + TASK.height / 2;
    const task = this.#modeling.appendShape(gateway, { type: 'bpmn:UserTask' }, { x, y });
    this.#modeling.appendShape(task, { type: 'bpmn:EndEvent' }, { x: x + ROOM, y });
    return task.id;
  }

  /** What was before it goes on with what comes after. */
  remove(id: string) {
    const element = this.element(id);
    if (element !== undefined) this.#modeling.removeElements([element]);
  }

  /** Shows on the drawing where something is wrong, and says what. */
  mark(problems: readonly { element: string | null; reason: string }[]) {
    const canvas = this.#get<{ addMarker(id: string, marker: string): void; removeMarker(id: string, marker: string): void }>('canvas');
    const overlays = this.#get<{ add(id: string, type: string, overlay: object): string; remove(of: { type: string }): void }>('overlays');
    for (const id of this.#marked) if (this.element(id)) canvas.removeMarker(id, PROBLEM);
    overlays.remove({ type: PROBLEM });
    const reasons = new Map<string, string[]>();
    for (const { element, reason } of problems) {
      if (element !== null && this.element(element) !== undefined) reasons.set(element, [...(reasons.get(element) ?? []), reason]);
    }
    this.#marked = [...reasons.keys()];
    for (const [id, all] of reasons) {
      canvas.addMarker(id, PROBLEM);
      const badge = document.createElement('span');
      badge.className = PROBLEM;
      badge.textContent = '!';
      badge.title = all.join('\n');
      if (this.element(id)?.waypoints === undefined) overlays.add(id, PROBLEM, { position: { top: -10, left: -10 }, html: badge });
    }
  }

  #makeRoom(start: number) {
    const all = this.#get<{ filter(fn: (each: DrawnElement) => boolean): DrawnElement[] }>('elementRegistry').filter(
      (each) => each !== this.#root() && !each.id.endsWith('_label'),
    );
    const tool = this.#get<{
      calculateAdjustments(
        of: DrawnElement[],
        axis: string,
        delta: number,
        start: number,
      ): { movingShapes: DrawnElement[]; resizingShapes: DrawnElement[] };
    }>('spaceTool');
    const { movingShapes, resizingShapes } = tool.calculateAdjustments(all, 'x', ROOM, start);
    this.#modeling.createSpace(movingShapes, resizingShapes, { x: ROOM, y: 0 }, 'e', start);
  }

  destroy() {
    this.#modeler.destroy();
  }
}
