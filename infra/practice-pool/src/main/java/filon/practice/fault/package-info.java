/** Owns: what can go wrong, when, and how that is typed. Does not own: doing it, which is the wire's and the pool's. */
package filon.practice.fault;
