export const COMPANY_TABS = ['people', 'teams', 'policies', 'calendars'] as const;
export type CompanyTab = (typeof COMPANY_TABS)[number];

/** What stands in the address; anything else is the first. */
export function readCompanyTab(raw: string): CompanyTab {
  return COMPANY_TABS.find((each) => each === raw) ?? 'people';
}
