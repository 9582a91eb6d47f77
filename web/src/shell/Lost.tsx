/** Addresses that lead nowhere, and pages that broke. */
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { texts } from '../texts';
import { Empty } from '../ui/Note';
import { usePageTitle } from '../ui/pageTitle';

export function NoPage() {
  usePageTitle(texts.errors.noPageTitle);
  return (
    <>
      <h1 className="hidden">{texts.errors.noPageTitle}</h1>
      <Empty
        title={texts.errors.noPageTitle}
        action={
          <Link to="/inbox" className="link">
            {texts.errors.toInbox}
          </Link>
        }
      >
        {texts.errors.noPage}
      </Empty>
    </>
  );
}

export function PageBroken() {
  const { title, advice } = texts.errors.unexpected;
  return (
    <div role="alert">
      <Empty title={title} action={<Button onClick={() => globalThis.location.reload()}>{texts.errors.reload}</Button>}>
        {advice}
      </Empty>
    </div>
  );
}
