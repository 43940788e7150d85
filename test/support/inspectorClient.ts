// A debugger of few words for tests: speaks Chrome's protocol to the cells' thread of a kernel whose port is open.

type Params = Record<string, unknown>;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Params;
  readonly result?: Params;
  readonly error?: unknown;
}

export interface InspectorClient {
  /** Asks; rejects on errors of the protocol. */
  ask(method: string, params?: object): Promise<Params>;
  /** The next event of this kind; those that came before count, each once. */
  next(method: string): Promise<Params>;
  /** Resolves when the kernel shows the debugger out. */
  readonly closed: Promise<void>;
  leave(): void;
}

export async function connectInspector(port: number): Promise<InspectorClient> {
  const [target] = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as {
    webSocketDebuggerUrl: string;
  }[];
  const socket = new WebSocket(target?.webSocketDebuggerUrl ?? "");
  const heard = (event: "open" | "close") =>
    new Promise<void>((resolve) => {
      socket.addEventListener(event, () => resolve());
    });
  const closed = heard("close");
  await heard("open");
  const answers = new Map<number, (message: Message) => void>();
  const past: Message[] = [];
  const waiting: { readonly method: string; readonly resolve: (params: Params) => void }[] = [];
  let newest = 0;
  socket.addEventListener("message", ({ data }) => {
    const message = JSON.parse(String(data)) as Message;
    if (message.id !== undefined) return answers.get(message.id)?.(message);
    const index = waiting.findIndex(({ method }) => method === message.method);
    if (index < 0) past.push(message);
    else waiting.splice(index, 1)[0]?.resolve(message.params ?? {});
  });
  return {
    ask(method, params = {}) {
      const id = ++newest;
      socket.send(JSON.stringify({ id, method, params }));
      return new Promise((resolve, reject) => {
        answers.set(id, ({ result = {}, error }) =>
          error === undefined ? resolve(result) : reject(new Error(JSON.stringify(error))),
        );
      });
    },
    next(method) {
      const index = past.findIndex((message) => message.method === method);
      if (index >= 0) return Promise.resolve(past.splice(index, 1)[0]?.params ?? {});
      return new Promise((resolve) => waiting.push({ method, resolve }));
    },
    closed,
    leave: () => socket.close(),
  };
}
