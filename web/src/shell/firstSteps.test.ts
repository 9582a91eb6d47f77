import { describe, expect, it } from 'vitest';
import { after, read, TOURS, write, type Progress } from './firstSteps';

const begun: Progress = { tour: 'demo', done: [], dismissed: false };

describe('the first five minutes', () => {
  it('go on by what is done, in whatever order, and once', () => {
    const opened = after(begun, { went: '/cases/PAY-1042' });
    expect(opened.done).toEqual(['case']);
    expect(after(opened, { went: '/cases/PAY-1043' })).toBe(opened);
    expect(after(opened, { did: 'POST /tasks/1042.3/completion' }).done).toEqual(['case', 'task']);
    expect(after(opened, { went: '/cases?risk=overdue' }).done).toEqual(['case', 'number']);
  });

  it('are not moved by what is something else', () => {
    for (const happening of [{ went: '/cases' }, { went: '/inbox' }, { did: 'POST /tasks/1042.3/claim' }, { did: 'DELETE /session/acting-as' }])
      expect(after(begun, happening)).toBe(begun);
  });

  it('are remembered, and strange memories are forgotten', () => {
    write({ tour: 'empty', done: ['person'], dismissed: true });
    expect(read()).toEqual({ tour: 'empty', done: ['person'], dismissed: true });
    localStorage.setItem('baton.first-steps', '{"tour":"moon"}');
    expect(read()).toBeNull();
    localStorage.setItem('baton.first-steps', 'no json');
    expect(read()).toBeNull();
  });

  it('name each step once', () => {
    for (const steps of Object.values(TOURS)) expect(new Set(steps.map((step) => step.id)).size).toBe(steps.length);
  });
});
