import { describe, expect, it } from 'vitest';
import { readLedgerSearch, toLedgerQuery } from './ledgerSearch';

const morning = (day: string) => new Date(`${day}T00:00:00`).toISOString();

describe('the address of the ledger', () => {
  it('keeps what is a filter, and writes nothing that is usual', () => {
    expect(readLedgerSearch({ by: 'person', days: '30', party: 'legal', holder: ' ', what: 'x' })).toEqual({ party: 'legal' });
    expect(readLedgerSearch({ by: 'process', days: '92' })).toEqual({ by: 'process', days: '92' });
    expect(readLedgerSearch({ from: 'yesterday', to: '2026-11-30', days: '7' })).toEqual({ to: '2026-11-30' });
  });

  it('is asked for whole days', () => {
    const today = new Date('2026-11-25T15:04:05');
    expect(toLedgerQuery({}, today)).toEqual({ from: morning('2026-10-26') });
    expect(toLedgerQuery({ days: '7', party: '-' }, today)).toEqual({ from: morning('2026-11-18'), party: '-' });
    expect(toLedgerQuery({ from: '2026-11-01', to: '2026-11-30' }, today)).toEqual({ from: morning('2026-11-01'), to: morning('2026-12-01') });
  });
});
