/** For who looks after this installation: whether it is well, what it is connected with, and who did what. */
import { getRouteApi, Link } from '@tanstack/react-router';
import company from '../company/Company.module.css';
import { useSession } from '../session/session';
import { admin } from '../texts/admin';
import { Empty } from '../ui/Note';
import { PageHead } from '../ui/Page';
import { usePageTitle } from '../ui/pageTitle';
import { useActiveInView } from '../ui/useActiveInView';
import { ADMIN_TABS, type AdminTab } from './adminTabs';
import { AuditPage } from './AuditPage';
import { BrandPage } from './BrandPage';
import { ChannelsPage } from './ChannelsPage';
import { ConnectionsPage } from './ConnectionsPage';
import { HealthPage } from './HealthPage';
import { KeptMailsPage } from './KeptMailsPage';
import { TokensPage } from './TokensPage';

const route = getRouteApi('/admin/$tab');

const PAGES: Record<AdminTab, () => React.JSX.Element> = {
  health: HealthPage,
  channels: ChannelsPage,
  connections: ConnectionsPage,
  tokens: TokensPage,
  audit: AuditPage,
  mails: KeptMailsPage,
  brand: BrandPage,
};

export default function AdminPage() {
  const { tab } = route.useParams();
  const { person } = useSession();
  const words = admin;
  const Page = PAGES[tab];
  const strip = useActiveInView(tab);
  usePageTitle(words.tabs[tab]);
  return (
    <>
      <PageHead title={words.title}>
        <nav ref={strip} className={company.tabs} aria-label={words.title}>
          {ADMIN_TABS.map((each) => (
            <Link key={each} to="/admin/$tab" params={{ tab: each }} className={company.tab} activeOptions={{ includeSearch: false }}>
              {words.tabs[each]}
            </Link>
          ))}
        </nav>
      </PageHead>
      <div className={company.body}>{person.admin ? <Page /> : <Empty title={words.forbidden}>{words.forbiddenHow}</Empty>}</div>
    </>
  );
}
