export { parseConntrack, type Flow } from './parse-conntrack.ts';
