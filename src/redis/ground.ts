import type { ProcessEnd } from '../kit/index.ts';

/** What starts a redis-server; a `Runtime` is one. */
export interface RedisGround {
  startTool(options: {
    file: string;
    args: readonly string[];
    cwd: string;
    environment: Readonly<Record<string, string>>;
  }): Promise<RedisProcess>;
  /** A port of 127.0.0.1 on which nobody listens. */
  drawPort(): Promise<number>;
}

/** A redis-server that runs; a `Tool` of the runtime is one. */
export interface RedisProcess {
  /** The last lines that it wrote. */
  output(): readonly string[];
  /** Undefined while it runs. */
  ended(): ProcessEnd | undefined;
  /** SIGSTOP. */
  suspend(): void;
  /** SIGCONT. */
  resume(): void;
  /** SIGKILL. */
  kill(): Promise<ProcessEnd>;
}
