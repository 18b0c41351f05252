/** One per run: membership, generations, checkpoint commit and the run record. */
export {};
