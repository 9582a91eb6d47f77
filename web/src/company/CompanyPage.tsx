/** Who there is and by which rules they work: people, teams, policies, calendars. Members look, administrators change. */
import { getRouteApi, Link } from '@tanstack/react-router';
import { texts } from '../texts';
import { PageHead } from '../ui/Page';
import { usePageTitle } from '../ui/pageTitle';
import { useActiveInView } from '../ui/useActiveInView';
import { Calendars } from './Calendars';
import classes from './Company.module.css';
import { COMPANY_TABS, type CompanyTab } from './companyTabs';
import { People } from './People';
import { Policies } from './Policies';
import { Teams } from './Teams';

const route = getRouteApi('/company/$tab');

const PAGES: Record<CompanyTab, () => React.JSX.Element> = { people: People, teams: Teams, policies: Policies, calendars: Calendars };

export default function CompanyPage() {
  const { tab } = route.useParams();
  const Page = PAGES[tab];
  const strip = useActiveInView(tab);
  usePageTitle(texts.company.tabs[tab]);
  return (
    <>
      <PageHead title={texts.company.title}>
        <nav ref={strip} className={classes.tabs} aria-label={texts.company.title}>
          {COMPANY_TABS.map((each) => (
            <Link key={each} to="/company/$tab" params={{ tab: each }} className={classes.tab}>
              {texts.company.tabs[each]}
            </Link>
          ))}
        </nav>
      </PageHead>
      <div className={classes.body}>
        <Page />
      </div>
    </>
  );
}
