// @ts-check

/**
 * Posts to the client API.
 * @param {string} path below `/sandbox/`
 * @param {object} body
 * @returns {Promise<any>}
 */
export async function post(path, body) {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`/sandbox/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return readAnswer(answer);
}

/**
 * Uploads a file that was chosen.
 * @param {string} as @param {File} file
 * @returns {Promise<{ id: string, name: string, size: number }>}
 */
export async function upload(as, file) {
  const query = new URLSearchParams({ as, name: file.name });
  const headers = { 'content-type': 'application/octet-stream' };
  const answer = await fetch(`/sandbox/file?${query}`, { method: 'POST', headers, body: file });
  return (await readAnswer(answer)).file;
}

/**
 * Reads from the client API.
 * @param {string} path below `/sandbox/`
 * @returns {Promise<any>}
 */
export async function get(path) {
  return readAnswer(await fetch(`/sandbox/${path}`));
}

/** @param {Response} answer */
async function readAnswer(answer) {
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.message ?? body.error ?? `HTTP ${answer.status}`);
  return body;
}
