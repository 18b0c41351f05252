/** The adversarial objectives and penalties, one file each. */
export {};
