import { expect, it } from 'vitest';
import { runTriggerRounds } from './trigger-rounds.ts';

it('makes one run of every event that was answered and of every item that was polled, however often it is killed', async () => {
  const report = await runTriggerRounds({ events: 600, kills: 2, polls: 4, progress: () => undefined });
  expect(report).toEqual({
    kills: 4,
    webhook: {
      sent: 600,
      answered: expect.any(Number),
      refused: expect.any(Number),
      subscriptions: 1,
      lost: [],
      repeated: [],
    },
    polling: { items: expect.any(Number), lost: [], repeated: [], seeded: [] },
  });
  expect(report.webhook.answered).toBeGreaterThanOrEqual(300);
  expect(report.polling.items).toBeGreaterThanOrEqual(240);
});
