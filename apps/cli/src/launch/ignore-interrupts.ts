/** Loaded into workers: Ctrl-C reaches every process of the terminal, but it is the launcher that has the run stopped in order. */
process.on('SIGINT', () => {});
