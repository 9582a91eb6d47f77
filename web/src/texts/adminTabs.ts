/** What the parts of the administration are called, also where they are gone to from elsewhere. */
export const adminTabs = { health: 'Health', channels: 'Channels', connections: 'Connections', tokens: 'Tokens', audit: 'Audit', mails: 'Kept mails', brand: 'Brand' } as const;
