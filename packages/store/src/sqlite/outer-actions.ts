/**
 * A run's records outside loops: the action names are found from one to the next in the table's key, so that what loops have recorded is
 * jumped over.
 */
export const outerActions = `
  with recursive found(name) as (
    select min(action) from action_record where run_id = ?1
    union all
    select (select min(action) from action_record where run_id = ?1 and action > found.name) from found
    where found.name is not null
  )
  select action_record.* from found cross join action_record
  where run_id = ?1 and action = found.name and iteration = '' order by sequence`;
