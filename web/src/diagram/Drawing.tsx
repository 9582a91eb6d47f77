/**
 * The bpmn-js viewer. Its frame is as high as the drawing at full width needs, within limits. A wheel over it scrolls the page (with Ctrl it zooms), because a diagram must not catch the reader
 * on the way down. With a finger, the drawing is laid out at a readable size and scrolls natively instead.
 */
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import { ActionIcon, Tooltip } from '@mantine/core';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { Maximize, Minus, Plus } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { texts } from '../texts';
import type { Marks } from './marks';
import classes from './Diagram.module.css';

const READABLE_SCALE = 0.62;
const AIR = 20;
const STRIP = 36;
const ZOOM_STEP = 1.25;
const ZOOM_MIN = 0.2;
const ZOOM_MAX = 3;

export default function Drawing({ xml, name, marks }: { xml: string; name: string; marks: Marks }) {
  const box = useRef<HTMLDivElement>(null);
  const [canvas, setCanvas] = useState<Sheet | null>(null);
  const [failure, setFailure] = useState<unknown>(null);

  useEffect(() => {
    const container = box.current;
    if (container === null) return undefined;
    let gone = false;
    const sheet = new Sheet(container);
    sheet.draw(xml).then(
      () => gone || setCanvas(sheet),
      (error: unknown) => gone || setFailure(error),
    );
    return () => {
      gone = true;
      setCanvas(null);
      sheet.destroy();
    };
  }, [xml]);

  // The marks of every refresh are new objects; only a real change may touch the drawing.
  const drawn = JSON.stringify(marks);
  useEffect(() => canvas?.mark(JSON.parse(drawn) as Marks), [canvas, drawn]);
  const ready = canvas !== null;
  useEffect(() => {
    if (ready) canvas?.show();
  }, [canvas, ready]);

  if (failure !== null) throw failure;
  const words = texts.diagram;
  const here = marks.tokens.map((token) => token.title).join('; ');
  return (
    <>
      <div
        className={classes.scroller}
        role="group"
        tabIndex={-1}
        aria-label={words.label(name, marks.said ?? (here === '' ? words.nowhere : words.here(here)))}
      >
        <div ref={box} className={classes.sheet} />
      </div>
      <div className={classes.zoom}>
        <ZoomButton label={words.zoomOut} Icon={Minus} act={() => canvas?.zoom(1 / ZOOM_STEP)} />
        <ZoomButton label={words.fit} Icon={Maximize} act={() => canvas?.fit()} />
        <ZoomButton label={words.zoomIn} Icon={Plus} act={() => canvas?.zoom(ZOOM_STEP)} />
      </div>
    </>
  );
}

function ZoomButton({ label, Icon, act }: { label: string; Icon: typeof Plus; act: () => void }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" size="sm" aria-label={label} onClick={act}>
        <Icon size={13} />
      </ActionIcon>
    </Tooltip>
  );
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Canvas {
  zoom(to?: number | 'fit-viewport', center?: 'auto'): number;
  viewbox(): { scale: number; inner: Box };
  viewbox(to: Box): void;
  resized(): void;
  addMarker(element: string, marker: string): void;
  removeMarker(element: string, marker: string): void;
}

interface Overlays {
  add(element: string, type: string, overlay: { position: Record<string, number>; html: HTMLElement; scale: boolean }): string;
  remove(filter: { type: string }): void;
}

interface Elements {
  get(id: string): ({ waypoints?: { x: number; y: number }[] } & Box) | undefined;
}

/** At the upper right of a node; in the middle of a flow. */
function placeOf(element: ReturnType<Elements['get']>): Record<string, number> {
  const points = element?.waypoints;
  if (points === undefined || points.length < 2) return { top: -12, right: 12 };
  const left = Math.min(...points.map(({ x }) => x));
  const top = Math.min(...points.map(({ y }) => y));
  const before = points[Math.ceil(points.length / 2) - 1] ?? { x: left, y: top };
  const after = points[Math.ceil(points.length / 2)] ?? before;
  return { left: (before.x + after.x) / 2 - left - 12, top: (before.y + after.y) / 2 - top - 12 };
}

function calm(event: WheelEvent) {
  if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
}

/** One drawing in one container. */
class Sheet {
  readonly #container: HTMLElement;
  readonly #viewer: NavigatedViewer;
  readonly #touch = matchMedia('(max-width: 760px), (pointer: coarse)');
  readonly #listeners = new AbortController();
  readonly #resized: ResizeObserver;
  #marked: [element: string, marker: string][] = [];
  #tokens: string[] = [];

  constructor(container: HTMLElement) {
    this.#container = container;
    this.#viewer = new NavigatedViewer({
      container,
      bpmnRenderer: {
        defaultFillColor: 'var(--diagram-fill)',
        defaultStrokeColor: 'var(--diagram-stroke)',
        defaultLabelColor: 'var(--diagram-label)',
      },
      textRenderer: { defaultStyle: { fontFamily: "'Inter Variable', sans-serif", fontSize: 12 } },
    });
    container.addEventListener('wheel', calm, { capture: true, signal: this.#listeners.signal });
    this.#touch.addEventListener('change', () => this.#drawn && this.show(), { signal: this.#listeners.signal });
    let width = 0;
    this.#resized = new ResizeObserver(([entry]) => {
      const now = entry?.contentRect.width ?? 0;
      if (this.#drawn && !this.#touch.matches && now !== width && now > 0) this.fit();
      width = now;
    });
    this.#resized.observe(container);
  }

  #drawn = false;

  get #canvas(): Canvas {
    return this.#viewer.get<Canvas>('canvas');
  }

  async draw(xml: string) {
    await this.#viewer.importXML(xml);
    this.#drawn = true;
  }

  /** The first view: all of it; with a finger at a readable size, moved to the first token. */
  show() {
    const { style } = this.#container;
    if (!this.#touch.matches) {
      style.width = style.height = '';
      return this.fit();
    }
    const { inner } = this.#canvas.viewbox();
    const height = Math.ceil((inner.height + 2 * AIR) * READABLE_SCALE);
    this.#frame(height + AIR);
    style.width = `${Math.ceil((inner.width + 2 * AIR) * READABLE_SCALE)}px`;
    style.height = `${height}px`;
    this.#fill();
    const token = this.#tokens.map((id) => this.#viewer.get<Elements>('elementRegistry').get(id)).find(Boolean);
    const scroller = this.#container.parentElement;
    if (token === undefined || scroller === null) return;
    scroller.scrollLeft = (token.x + token.width / 2 - inner.x) * READABLE_SCALE - scroller.clientWidth / 2;
    scroller.scrollTop = (token.y + token.height / 2 - inner.y) * READABLE_SCALE - scroller.clientHeight / 2;
  }

  /** All of it, as large as the width allows. */
  fit() {
    const { inner } = this.#canvas.viewbox();
    const scale = Math.min(1, this.#container.clientWidth / (inner.width + 2 * AIR));
    this.#frame(Math.ceil((inner.height + 2 * AIR) * scale) + STRIP);
    this.#fill(STRIP);
  }

  /** How high the frame would have to be; the style sheet has the limits. */
  #frame(height: number) {
    this.#container.closest<HTMLElement>(`.${classes.frame}`)?.style.setProperty('--drawn', `${height}px`);
  }

  /** With a little air around, never larger than drawn; the strip below is left to the buttons and the watermark. */
  #fill(strip = 0) {
    const canvas = this.#canvas;
    canvas.resized();
    canvas.zoom('fit-viewport', 'auto');
    const { inner } = canvas.viewbox();
    const scale = Math.min(
      this.#container.clientWidth / (inner.width + 2 * AIR),
      (this.#container.clientHeight - strip) / (inner.height + 2 * AIR),
      1,
    );
    const width = this.#container.clientWidth / scale;
    const height = this.#container.clientHeight / scale;
    canvas.viewbox({
      x: inner.x + inner.width / 2 - width / 2,
      y: inner.y + inner.height / 2 - (height - strip / scale) / 2,
      width,
      height,
    });
  }

  zoom(factor: number) {
    const scale = this.#canvas.viewbox().scale * factor;
    this.#canvas.zoom(Math.min(ZOOM_MAX, Math.max(ZOOM_MIN, scale)));
  }

  mark(marks: Marks) {
    const overlays = this.#viewer.get<Overlays>('overlays');
    const known = this.#viewer.get<Elements>('elementRegistry');
    for (const [element, marker] of this.#marked) this.#canvas.removeMarker(element, marker);
    overlays.remove({ type: 'token' });
    this.#marked = [
      ...marks.travelled.map((id): [string, string] => [id, 'travelled']),
      ...marks.visited.map((id): [string, string] => [id, 'visited']),
      ...(marks.changes ?? []).map(({ node, change }): [string, string] => [node, `is-${change}`]),
      ...marks.tokens.map(({ node, trouble, heat }): [string, string] => [node, heat ? `heat-${heat}` : trouble ? 'troubled' : 'active']),
    ].filter(([id]) => known.get(id) !== undefined);
    for (const [element, marker] of this.#marked) this.#canvas.addMarker(element, marker);
    const tokens = marks.tokens.filter(({ node }) => known.get(node) !== undefined);
    for (const token of tokens) {
      const html = document.createElement('div');
      html.className = classes.token ?? '';
      html.title = token.title;
      html.textContent = token.badge;
      if (token.trouble) html.dataset['trouble'] = 'true';
      if (token.heat) html.dataset['heat'] = String(token.heat);
      overlays.add(token.node, 'token', { position: placeOf(known.get(token.node)), html, scale: true });
    }
    this.#tokens = tokens.map(({ node }) => node);
  }

  destroy() {
    this.#listeners.abort();
    this.#resized.disconnect();
    this.#viewer.destroy();
  }
}
