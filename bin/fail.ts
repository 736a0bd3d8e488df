/** Ends the process with one message. */
export const fail = (message: string): never => {
  console.error(`Error: ${message}`);
  process.exit(1);
};
