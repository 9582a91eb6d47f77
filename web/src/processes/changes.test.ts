import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { changesOf, isNode, proposed } from './changes';

const xml = readFileSync('../processes/vendor-payment/vendor-payment.bpmn', 'utf8');

describe('changes between versions', () => {
  it('are none between the same files', async () => {
    const files = [{ name: 'a.form', body: '{}' }];
    expect(await changesOf(xml, xml, files, files)).toEqual({ added: [], removed: [], changed: [], moved: [], files: [] });
  });

  it('tell what is said otherwise, with the value before and after', async () => {
    const after = xml.replace('name="Approve the invoice"', 'name="Approve it"');
    expect(after).not.toBe(xml);
    const { changed, added, removed } = await changesOf(xml, after, [], []);
    expect(changed).toEqual([
      { id: 'approve-invoice', type: 'bpmn:UserTask', name: 'Approve it', differences: [{ what: 'name', before: 'Approve the invoice', after: 'Approve it' }] },
    ]);
    expect([added, removed]).toEqual([[], []]);
  });

  it("tell what Baton's own attributes say otherwise", async () => {
    const after = xml.replace('<baton:task ', '<baton:task accept-by="PT9H" ');
    const { changed } = await changesOf(xml, after, [], []);
    expect(changed.flatMap((each) => each.differences)).toContainEqual({ what: 'task accept-by', before: null, after: 'PT9H' });
  });

  it('tell an element of another id as removed and added, and propose one for the other', async () => {
    const after = xml.replaceAll('"approve-invoice"', '"approve-it"').replaceAll('>approve-invoice<', '>approve-it<');
    const { added, removed } = await changesOf(xml, after, [], []);
    const gone = removed.filter(isNode);
    expect(gone.map((each) => each.id)).toContain('approve-invoice');
    expect(gone.map((each) => proposed(each, added.filter(isNode)))).toContain('approve-it');
  });

  it('tell of forms and decisions', async () => {
    const { files } = await changesOf(xml, xml, [{ name: 'a.form', body: '1' }, { name: 'b.form', body: '1' }], [{ name: 'a.form', body: '2' }, { name: 'c.dmn', body: '1' }]);
    expect(files).toEqual([
      { name: 'a.form', change: 'changed' },
      { name: 'b.form', change: 'removed' },
      { name: 'c.dmn', change: 'added' },
    ]);
  });
});
