/** An error the Web API answers with: `{ ok: false, error, response_metadata: { messages } }`. */
export class SlackError extends Error {
  readonly code: string;
  readonly messages: string[];

  constructor(code: string, messages: string[] = []) {
    super(messages.length === 0 ? code : `${code}: ${messages.join('; ')}`);
    this.name = 'SlackError';
    this.code = code;
    this.messages = messages;
  }
}
