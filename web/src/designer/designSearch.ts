/** What the address of the designer says: the template that a new process starts from, and what is shown first. */
/** What a new process can start from. */
export const TEMPLATES = ['blank', 'approval', 'outside', 'teams'] as const;

export interface DesignSearch {
  template?: string;
  view?: 'try';
}

export function readDesignSearch(raw: Record<string, unknown>): DesignSearch {
  return {
    ...(typeof raw['template'] === 'string' ? { template: raw['template'] } : {}),
    ...(raw['view'] === 'try' ? { view: 'try' } : {}),
  };
}
