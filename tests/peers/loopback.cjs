// Read by node before a peer begins: it listens here only, reaches nothing else than this machine,
// and ends with whoever started it.
"use strict";
const net = require("node:net");

const HERE = "127.0.0.1";
const NOBODY = 9; // the discard port: no one answers there
const isHere = host => !host || ["localhost", "::1", HERE].includes(host);

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (...given) {
  const done = given.find(each => typeof each === "function");
  const first = given[0];
  const told = first !== null && typeof first === "object" ? first : { port: Number(first) || 0 };
  return listen.call(this, { ...told, host: HERE }, ...(done ? [done] : []));
};

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...given) {
  const told = Array.isArray(given[0]) ? given[0][0] : given[0];
  const named = typeof told === "object" ? told.host : typeof given[1] === "string" && given[1];
  if (!isHere(named)) return connect.call(this, { host: HERE, port: NOBODY });
  return connect.apply(this, given);
};

const parent = process.ppid;
setInterval(() => process.ppid === parent || process.exit(0), 1000).unref();
