/** How an action can end. Only the first three end a job green (and `rolled-back`, for the action rollback). */
export const outcomes = ['changed', 'unchanged', 'planned', 'rolled-back', 'partial', 'refused', 'superseded', 'broken'] as const

/** How an action ended. */
export type Outcome = (typeof outcomes)[number]
