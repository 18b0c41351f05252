/** The catalog of systems: networks, players, data, schedule and what to show. */
export {};
