/**
 * Stands in for what examples import and only Node has: `gradfold/data/node`, and what runs an example.
 */
export const mnist = undefined

export const whenRun = (): Promise<void> => Promise.resolve()
