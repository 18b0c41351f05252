/** The training loop: phases, optimiser updates, EMA and exact resume. */
export {};
