/** Lines at debug that one request for statistics has, on the servers of the benchmark: as many as a talkative library. */
export const debugLines = 50;
