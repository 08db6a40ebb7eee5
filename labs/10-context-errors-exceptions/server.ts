import './starter/server.ts';
