/** What the address of the designer says: the template that a new process starts from, and what is shown first. */
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
