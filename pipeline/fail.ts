/** Ends a verb that can do nothing, with the reason. */
export const fail = (message: string): never => {
  console.error(message);
  process.exit(1);
};
