/** The `kiln` command. */
export {};
