// Loaded into the program: throws where nobody catches when it is sent SIGUSR2, as a bug in a listener would.
process.on('SIGUSR2', () => {
  setImmediate(() => {
    throw new TypeError('thrown by the test');
  });
});
