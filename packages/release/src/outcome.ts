/** How an action ended. Only the first three end a job green (and `rolled-back`, for the action rollback). */
export type Outcome = 'changed' | 'unchanged' | 'planned' | 'rolled-back' | 'partial' | 'refused' | 'superseded' | 'broken'
