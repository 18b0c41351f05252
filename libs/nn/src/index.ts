/** Layers, normalisations, initialisers and optimisers over named parameter trees. */
export {};
