/** One per device: builds the recipe, compiles the step, trains and reports. */
export {};
