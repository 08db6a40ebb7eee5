/** How Redis is installed, by system: said wherever this machine lacks it. */
export const installRedis = [
  'Debian, Ubuntu, WSL2: sudo apt install redis-server',
  'macOS: brew install redis',
] as const;
