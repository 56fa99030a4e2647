// Talks with the phone's process: commands come as server-sent events, everything else is posted.

export function post(path, body) {
  return fetch(path, { method: 'POST', body: JSON.stringify(body), keepalive: true });
}

/** Tells the phone how the system is. */
export const report = (facts) => post('/system', facts);

/** The system's own entries in the application's log. */
export function log(object, action, value = null) {
  return post('/log', [{ page: 'system', object, action, value, time_ms: null }]);
}

/** Runs `commands[name](facts)` for each command, and answers with what it gives. */
export function listen(commands) {
  const source = new EventSource('/commands');
  source.onmessage = async (message) => {
    const { number, command, ...facts } = JSON.parse(message.data);
    const answer = await commands[command](facts);
    await post('/answer', { number, answer: answer ?? null });
  };
  return new Promise((resolve) => { source.onopen = resolve; });
}
