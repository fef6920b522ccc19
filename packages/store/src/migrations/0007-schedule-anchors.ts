import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../database.ts';

/** Where a recurrence counts from, what it fires by, and that it may rest while its flow is stopped. */
export const addScheduleAnchors: Migration = {
  async up(database: Kysely<Database>) {
    const { schema } = database;
    await schema.alterTable('schedule').addColumn('anchor_ms', 'bigint').execute();
    await schema.alterTable('schedule').addColumn('digest', 'text').execute();
    await schema
      .alterTable('schedule')
      .addColumn('is_stopped', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
    await schema.createIndex('schedule_due').on('schedule').columns(['is_stopped', 'next_fire_ms']).execute();
  },
};
