export const ADMIN_TABS = ['health', 'channels', 'connections', 'tokens', 'audit', 'mails', 'brand'] as const;
export type AdminTab = (typeof ADMIN_TABS)[number];

/** What stands in the address; anything else is the first. */
export function readAdminTab(raw: string): AdminTab {
  return ADMIN_TABS.find((each) => each === raw) ?? 'health';
}

export type AdminSearch = Partial<Record<'person' | 'kind' | 'q' | 'from' | 'to', string>>;

/** The filters of the audit page stand in the address, so that what was found can be sent to somebody. */
export function readAdminSearch(raw: Record<string, unknown>): AdminSearch {
  const search: AdminSearch = {};
  for (const name of ['person', 'kind', 'q', 'from', 'to'] as const) {
    const value = raw[name];
    if (typeof value === 'string' && value !== '') search[name] = value;
  }
  return search;
}
