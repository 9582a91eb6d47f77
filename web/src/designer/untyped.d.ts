/** Libraries that bring no types along: only what the designer uses of them. */
declare module 'dmn-js/lib/Modeler' {
  export default class Modeler {
    constructor(options: { container: HTMLElement });
    importXML(xml: string): Promise<unknown>;
    saveXML(options: { format: boolean }): Promise<{ xml: string }>;
    getViews(): { type: string }[];
    open(view: { type: string }): Promise<unknown>;
    destroy(): void;
  }
}

declare module 'bpmn-moddle' {
  export class BpmnModdle {
    fromXML(xml: string): Promise<{ rootElement: unknown }>;
    toXML(element: unknown, options: { format: boolean }): Promise<{ xml: string }>;
  }
}

declare module 'bpmn-js-differ' {
  export function diff(before: unknown, after: unknown): Record<'_added' | '_removed' | '_changed' | '_layoutChanged', Record<string, unknown>>;
}
