/** Answers a request line of support/requests.ts with one of the commands, as a line. */
export async function answer(line, commands) {
  const { id, command, ...parameters } = JSON.parse(line);
  try {
    return JSON.stringify({ id, result: (await commands[command](parameters)) ?? null });
  } catch (error) {
    return JSON.stringify({ id, error: String(error) });
  }
}
