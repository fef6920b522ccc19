/** How long before its time a sleeping run may be claimed: clocks differ. */
export const earlyWakeMs = 1_000;
