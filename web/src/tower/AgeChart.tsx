/** The scatter itself. ECharts is large, so it comes only when the chart is on the screen. */
import { useComputedColorScheme } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { ScatterChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { init, use as register } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import type { AgePoint, Ageing, Span } from '../api/tower';
import { texts } from '../texts';
import { duration } from '../time/time';
import classes from './Tower.module.css';

register([ScatterChart, GridComponent, MarkLineComponent, TooltipComponent, SVGRenderer]);

const DAY = 86_400_000;
const HEIGHT = 320;

export default function AgeChart({ ageing }: { ageing: Ageing }) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ReturnType<typeof init>>(null);
  const navigate = useNavigate();
  const scheme = useComputedColorScheme();
  const narrow = useMediaQuery('(max-width: 760px)', false, { getInitialValueInEffect: false });

  useEffect(() => {
    if (box.current === null) return undefined;
    const made = init(box.current, null, { renderer: 'svg', height: HEIGHT });
    chart.current = made;
    made.on('click', (event) => {
      const point = (event.data as { point?: AgePoint } | undefined)?.point;
      if (point) void navigate({ to: '/cases/$key', params: { key: point.caseKey } });
    });
    const resized = new ResizeObserver(() => made.resize());
    resized.observe(box.current);
    return () => {
      resized.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, [navigate]);

  useEffect(() => {
    chart.current?.setOption(optionOf(ageing, coloursOf(box.current, scheme), narrow), { notMerge: true });
  }, [ageing, scheme, narrow]);

  return <div ref={box} className={classes.chart} role="img" aria-label={texts.tower.ageing.chart(ageing.oldest.length)} />;
}

type Colours = Record<'text' | 'dim' | 'line' | 'accent' | 'red' | 'amber' | 'surface', string>;

/** The colours of the page, as they are now: a chart cannot use CSS variables. */
function coloursOf(element: Element | null, scheme: 'light' | 'dark'): Colours & { scheme: string } {
  const style = getComputedStyle(element ?? document.documentElement);
  const of = (name: string) => style.getPropertyValue(name).trim();
  return {
    scheme,
    text: of('--text'),
    dim: of('--text-3'),
    line: of('--line'),
    accent: of('--accent'),
    red: of('--red'),
    amber: of('--amber'),
    surface: of('--surface'),
  };
}

function optionOf(ageing: Ageing, colours: Colours, narrow: boolean) {
  const places = new Map(ageing.columns.map((column, at) => [column.key, at]));
  const now = Date.parse(ageing.at);
  const points = ageing.oldest.map((point) => {
    const age = Math.max(0, now - Date.parse(point.startedAt));
    return {
      value: [(places.get(point.column) ?? 0) + 0.5 + scattered(point.caseKey), age / DAY],
      point,
      itemStyle: { color: point.overdue ? colours.red : point.atRisk ? colours.amber : colours.accent },
    };
  });
  const lines = [
    { name: '50 %', span: ageing.p50 },
    { name: '85 %', span: ageing.p85 },
    { name: '95 %', span: ageing.p95 },
  ].filter((line): line is { name: string; span: Span } => line.span !== null);
  return {
    animation: false,
    textStyle: { fontFamily: "'Inter Variable', sans-serif", color: colours.text },
    grid: { left: 44, right: narrow ? 16 : 112, top: 30, bottom: narrow ? 16 : 44 },
    tooltip: {
      trigger: 'item',
      backgroundColor: colours.surface,
      borderColor: colours.line,
      textStyle: { color: colours.text, fontSize: 12 },
      formatter: (hit: { data?: { point?: AgePoint } }) => (hit.data?.point ? saidOf(hit.data.point, now) : ''),
    },
    xAxis: {
      type: 'value',
      min: 0,
      max: Math.max(1, ageing.columns.length),
      interval: 1,
      axisLine: { lineStyle: { color: colours.line } },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: colours.line, opacity: 0.6 } },
      axisLabel: { show: false },
    },
    yAxis: {
      type: 'value',
      min: 0,
      name: texts.tower.ageing.days,
      nameTextStyle: { color: colours.dim, fontSize: 11, align: 'right', padding: [0, 8, 0, 0] },
      axisLabel: { color: colours.dim, fontSize: 11 },
      splitLine: { show: false },
    },
    series: [
      {
        type: 'scatter',
        symbolSize: 8,
        itemStyle: { opacity: 0.72, borderColor: colours.surface, borderWidth: 1 },
        emphasis: { scale: 1.5, itemStyle: { opacity: 1 } },
        cursor: 'pointer',
        data: points,
        markLine: {
          silent: true,
          symbol: 'none',
          label: { position: narrow ? 'insideEndTop' : 'end', color: colours.dim, fontSize: 11, formatter: '{b}' },
          lineStyle: { color: colours.dim, type: 'dashed', opacity: 0.7, width: 1 },
          data: lines.map(({ name, span }) => ({ yAxis: span.seconds / 86_400, name: `${name} · ${duration(span.seconds * 1000)}` })),
        },
      },
      // The names of the columns, wrapped: an axis of values has none of its own.
      ...(narrow
        ? []
        : [
            {
              type: 'scatter',
              silent: true,
              symbolSize: 0.01,
              data: ageing.columns.map((column, at) => ({
                value: [at + 0.5, 0],
                label: {
                  show: true,
                  position: 'bottom',
                  distance: 10,
                  width: Math.max(48, Math.floor(980 / ageing.columns.length)),
                  overflow: 'break',
                  formatter: column.name,
                  color: colours.dim,
                  fontSize: ageing.columns.length > 10 ? 10 : 11,
                },
              })),
            },
          ]),
    ],
  };
}

/** Dots of one column stand side by side, each always at its own place. */
function scattered(key: string): number {
  let sum = 7;
  for (const letter of key) sum = (sum * 33 + (letter.codePointAt(0) ?? 0)) % 1009;
  return (sum / 1009 - 0.5) * 0.62;
}

/** ECharts shows this as HTML. */
function saidOf(point: AgePoint, now: number): string {
  const title = point.caseTitle === null ? '' : `<br>${escaped(point.caseTitle)}`;
  return `<b>${escaped(point.caseKey)}</b> · ${duration(now - Date.parse(point.startedAt))}${title}`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
