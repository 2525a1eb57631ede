/** Owns: what happens to messages between a conversation and a miner. Does not own: sockets, what is said. */
package filon.practice.wire;
